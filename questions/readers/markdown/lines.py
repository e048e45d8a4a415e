"""A line of a Markdown file as its readers pass it on."""

from typing import NamedTuple


class MarkdownLine(NamedTuple):
    """`number` is counted from 1; `level` is that of a heading, 0 for every other line."""

    number: int
    level: int
    text: str

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()
