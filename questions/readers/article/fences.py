"""The lines of an answer in chunks: runs without a blank line, and fenced blocks."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from ..text import Line
from .frame import NOISE

FENCE = re.compile(r"[ \t]*(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)\Z")
BETWEEN = 0


def chunks(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """An open fence ends with the answer."""
    numbers = ChunkNumbers()
    for number, group in groupby(lines, key=numbers.number_of):
        if number != BETWEEN:
            yield list(group)


def closes_fence(text: str, mark: str) -> bool:
    return text.strip().startswith(mark) and not text.strip(" \t" + mark[0])


class ChunkNumbers:
    """Follows the lines of an answer. `mark` is that of the fence they are in, else empty."""

    def __init__(self) -> None:
        self.mark = ""
        self.number = 1

    def number_of(self, line: Line) -> int:
        """The number of the chunk to which the next line belongs, BETWEEN for one of none."""
        if self.mark:
            return self._number_in_fence(line.text)
        fence = FENCE.match(line.text)
        if fence:
            self._begin_fence(fence["mark"])
        return BETWEEN if _is_noise(line.text) else self.number

    def _begin_fence(self, mark: str) -> None:
        self.mark = mark
        self.number += 1

    def _number_in_fence(self, text: str) -> int:
        number = self.number
        if closes_fence(text, self.mark):
            self.mark = ""
            self.number += 1
        return number


def _is_noise(text: str) -> bool:
    return not text or bool(NOISE.match(text))
