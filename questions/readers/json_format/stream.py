"""A JSON text that arrives in pieces, taken value by value: only the value at hand is in memory."""

import json
import re
from collections.abc import Iterator
from typing import Any

from ..items import QUESTION_LIMIT, ReadError

PIECE = 64 * 1024
# Six characters spell one where everything is escaped.
VALUE_LIMIT = 6 * QUESTION_LIMIT

_DECODER = json.JSONDecoder()
_MARK = re.compile(r"[^ \t\n]")


class Cursor:
    """A place in the text. `line` is the line it is in, counted from 1."""

    def __init__(self, pieces: Iterator[str], file: str) -> None:
        self.pieces, self.file, self.line = pieces, file, 1
        self._text, self._at, self._ended = "", 0, False

    def next_mark(self) -> str:
        """The next character that is not blank, left where it is; empty at the end of the text."""
        while True:
            mark = _MARK.search(self._text, self._at)
            self._go_to(mark.start() if mark else len(self._text))
            if mark:
                return mark[0]
            if self._ended:
                return ""
            self._fill()

    def take(self, *marks: str) -> str:
        """The next mark, which has to be one of these."""
        mark = self.next_mark()
        if mark not in marks or not mark:
            raise self.error(f"{' or '.join(marks)} is expected here, not {mark or 'the end of the file'}")
        self._go_to(self._at + 1)
        return mark

    def elements(self) -> Iterator[int]:
        """The line of each element of a list, with the cursor before it: its value has to be taken then."""
        self.take("[")
        if self.next_mark() == "]":
            self.take("]")
            return
        while True:
            self.next_mark()
            yield self.line
            if self.take(",", "]") == "]":
                return

    def members(self) -> Iterator[tuple[int, str]]:
        """Line and name of each member of an object, with the cursor before its value, which has to be taken then."""
        self.take("{")
        if self.next_mark() == "}":
            self.take("}")
            return
        while True:
            self.next_mark()
            line, name = self.line, self.value()
            if not isinstance(name, str):
                raise ReadError(self.file, line, "it is not JSON: the name of a member is a text in double quotes.")
            self.take(":")
            yield line, name
            if self.take(",", "}") == "}":
                return

    def value(self) -> Any:
        """The next value, whole."""
        self.next_mark()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended or len(self._text) - self._at > VALUE_LIMIT:
                    raise self._not_json(error) from None
            except (ValueError, RecursionError):
                raise self.error("a number in it is too long or its lists are nested too deeply") from None
            else:
                # A number may go on in the next piece.
                if end < len(self._text) or self._ended:
                    self._go_to(end)
                    return value
            self._fill()

    def error(self, why: str) -> ReadError:
        return ReadError(self.file, self.line, f"{why}.")

    def _not_json(self, error: json.JSONDecodeError) -> ReadError:
        if not self._ended:
            return ReadError(self.file, self.line, f"what begins here is too large or not JSON: {error.msg}.")
        line = self.line + self._text.count("\n", self._at, error.pos)
        return ReadError(self.file, line, f"it is not JSON: {error.msg}.")

    def _go_to(self, at: int) -> None:
        self.line += self._text.count("\n", self._at, at)
        self._at = at

    def _fill(self) -> None:
        """Adds at least as much as is left, so that a long value is tried only a few times."""
        left = self._text[self._at :]
        pieces, size, wanted = [left], 0, max(PIECE, len(left))
        while size < wanted and not self._ended:
            piece = next(self.pieces, None)
            self._ended = piece is None
            pieces.append(piece or "")
            size += len(piece or "")
        self._text, self._at = "".join(pieces), 0
