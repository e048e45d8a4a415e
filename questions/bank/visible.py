"""What a learner sees of a question's answers: the lines of prose and of code, without checks."""

from collections.abc import Iterator
from typing import NamedTuple

from questions.readers.blocks import Blocks, heading_text

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
    state = Blocks()
    section = ""
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        closer = state.closer
        level = state.level(line)
        if level == 3:
            section = heading_text(line)
        if section and not level and not _is_hidden(line, closer, state.closer):
            yield VisibleLine(number, start, line, section, bool(closer))
        start += len(line) + 1


def _is_hidden(line: str, before: str, after: str) -> bool:
    """Given what ends the block around the line, before it and after it."""
    is_edge = before != after
    return is_edge or before == "-->" or line.startswith("<!--")


def visible_text(text: str) -> PlainText:
    return PlainText((line.start, line.text) for line in visible_lines(text))
