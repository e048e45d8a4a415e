"""The lines of an article, with the next few in sight."""

from collections import deque
from collections.abc import Iterator
from itertools import islice

from ..text import Line

# In sight beyond the current line: the rest of a broken title, the question's own code, the
# answer's label.
AHEAD = 40
# Blank lines in a row that are kept; more say nothing.
BLANKS = 2
CONTROLS = (*range(32), *range(127, 161), 0x2028, 0x2029)
INVISIBLE = (0x200B, 0xFEFF)
CLEANING = dict.fromkeys(CONTROLS, " ") | {9: "\t"} | dict.fromkeys(INVISIBLE)


class Window:
    """Iterating takes the lines away, those that somebody else takes meanwhile left out."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.ahead = deque(islice(lines, AHEAD))

    def __iter__(self) -> Iterator[Line]:
        while self.ahead:
            yield self.take()

    def take(self) -> Line:
        self.ahead.extend(islice(self.lines, 1))
        return self.ahead.popleft()

    def skip(self, count: int) -> None:
        for _ in range(count):
            self.take()

    def texts(self) -> Iterator[str]:
        """Those in sight, left where they are."""
        return (line.text for line in self.ahead)

    @property
    def is_blank(self) -> bool:
        """Whether the next line is blank, or there is none."""
        return not self.ahead or not self.ahead[0].text


def clean_lines(lines: Iterator[Line]) -> Iterator[Line]:
    """Lines without trailing space, invisible characters and long runs of blank lines."""
    blanks = 0
    for number, line in lines:
        text = _clean(line)
        blanks = 0 if text else blanks + 1
        if blanks <= BLANKS:
            yield Line(number, text)


def _clean(line: str) -> str:
    if line.isascii() and line.isprintable():
        return line.rstrip()
    return line.translate(CLEANING).rstrip()
