"""A question as it stands in a Markdown file: the lines below its heading, and its sections."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..blocks import heading_text
from ..items import Notice
from ..normal import one_line
from ..text import Line, texts_of


@dataclass(slots=True)
class Section:
    """Its heading, and the lines below."""

    heading: Line
    lines: list[Line] = field(default_factory=list)

    @property
    def title(self) -> str:
        return heading_text(self.heading.text)

    @property
    def line(self) -> int:
        return self.heading.number

    @property
    def text(self) -> str:
        return joined_lines(self.lines)


@dataclass(slots=True)
class RawQuestion:
    """`intro` are the lines before its sections.

    `last_lines` are those to which the next line belongs. `size` is that of all, in characters.
    """

    heading: Line
    intro: list[Line] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    size: int = 0
    last_lines: list[Line] = field(init=False)

    def __post_init__(self) -> None:
        self.last_lines = self.intro

    @property
    def title(self) -> str:
        return one_line(heading_text(self.heading.text))

    @property
    def line(self) -> int:
        return self.heading.number

    @property
    def lines(self) -> list[Line]:
        """All below its heading, the headings of sections included."""
        lines = [*self.intro]
        for section in self.sections:
            lines += [section.heading, *section.lines]
        return lines

    def add_section(self, heading: Line) -> None:
        self.sections.append(Section(heading))
        self.last_lines = self.sections[-1].lines


def joined_lines(lines: Sequence[Line]) -> str:
    return "\n".join(texts_of(lines))
