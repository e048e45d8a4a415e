"""The lines of a page, each with what it is to the blocks and comments around it."""

from collections.abc import Iterator
from typing import NamedTuple

from questions.readers.blocks import Blocks


class PageLine(NamedTuple):
    """`number` is counted from 1, `start` is the place of its first character in the page.

    `level` is that of a heading, else 0. `before` and `after` are what would end the fence or the
    comment that is open before the line and after it.
    """

    number: int
    start: int
    text: str
    level: int
    before: str
    after: str

    @property
    def is_opener(self) -> bool:
        return not self.before and self.after != ""

    @property
    def is_inside(self) -> bool:
        return self.before != "" and self.after != ""

    @property
    def is_closer(self) -> bool:
        return self.before != "" and not self.after

    @property
    def is_comment(self) -> bool:
        return self.before == "-->" or self.text.startswith("<!--")

    @property
    def is_prose(self) -> bool:
        """A heading is."""
        return not (self.before or self.after or self.is_comment)


def page_lines(text: str) -> Iterator[PageLine]:
    state = Blocks()
    start = 0
    for number, line in enumerate(text.split("\n"), 1):
        before = state.closer
        level = state.level(line)
        yield PageLine(number, start, line, level, before, state.closer)
        start += len(line) + 1
