"""The part of a text in pieces that is in memory, with a place in it."""

from collections.abc import Iterator

PIECE = 64 * 1024


class Buffer:
    """`at` is the place, `line` the line it is in, counted from 1.

    `is_end`: there is nothing more behind the text.
    """

    def __init__(self, pieces: Iterator[str]) -> None:
        self.pieces = pieces
        self.text = ""
        self.at = 0
        self.line = 1
        self.is_end = False

    @property
    def rest(self) -> int:
        """How many characters are behind the place."""
        return len(self.text) - self.at

    def go_to(self, at: int) -> None:
        self.line = self.line_of(at)
        self.at = at

    def line_of(self, at: int) -> int:
        """The line of a place further on."""
        return self.line + self.text.count("\n", self.at, at)

    def fill(self) -> None:
        """Adds at least as much as is left, so that a long value is tried only a few times."""
        rest = self.text[self.at :]
        self.text = rest + self._next_pieces(max(PIECE, len(rest)))
        self.at = 0

    def _next_pieces(self, size: int) -> str:
        """At least as many characters, or what there is."""
        pieces: list[str] = []
        for piece in self.pieces:
            pieces.append(piece)
            size -= len(piece)
            if size <= 0:
                break
        else:
            self.is_end = True
        return "".join(pieces)
