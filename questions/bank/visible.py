"""What a learner sees of a question's answers: the lines of prose and of code, without checks."""

from collections.abc import Iterator
from typing import NamedTuple

from questions.readers.blocks import heading_text

from .lines import PageLine, page_lines
from .quotes import PlainText


class VisibleLine(NamedTuple):
    """`start` is the place of its first character in the page."""

    number: int
    start: int
    text: str
    section: str
    is_code: bool


def visible_lines(text: str) -> Iterator[VisibleLine]:
    """Those of the sections, without headings, and without what opens and ends a block."""
    section = ""
    for line in page_lines(text):
        if line.level == 3:
            section = heading_text(line.text)
        if section and _is_visible(line):
            yield VisibleLine(line.number, line.start, line.text, section, line.is_inside)


def _is_visible(line: PageLine) -> bool:
    if line.level or line.is_comment:
        return False
    return line.is_inside or line.is_prose


def visible_text(text: str) -> PlainText:
    return PlainText((line.start, line.text) for line in visible_lines(text))
