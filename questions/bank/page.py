"""A file of the bank that holds one question, and the lines where its parts stand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from questions.readers.blocks import heading_text
from questions.readers.items import Item

from .lines import page_lines

# Lines and what is wrong there.
Found = Iterator[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """`today` is the day of the check."""

    path: Path
    text: str
    item: Item
    today: date

    def numbered_lines(self) -> Iterator[tuple[int, str]]:
        return enumerate(self.text.split("\n"), 1)

    def sections(self) -> dict[str, int]:
        """The line of each section, by its title; of two with one title, the last."""
        headings = [line for line in page_lines(self.text) if line.level == 3]
        return {heading_text(line.text): line.number for line in headings}

    def line_of(self, part: str) -> int:
        return self.sections().get(part, self.item.line)

    def data_line(self, name: str) -> int:
        for number, line in self.numbered_lines():
            if line.startswith(f"- {name}:"):
                return number
        return self.item.line
