"""A JSON text that arrives in pieces, taken value by value: only the value at hand is in memory."""

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from ..items import QUESTION_LIMIT, ReadError
from .buffer import Buffer

# Six characters spell one where everything is escaped.
VALUE_LIMIT = 6 * QUESTION_LIMIT

_DECODER = json.JSONDecoder()
_MARK = re.compile(r"[^ \t\n]")


class Decoded(NamedTuple):
    """A value, and the place in the text where it ends."""

    value: Any
    end: int


class Cursor:
    """A place in the text."""

    def __init__(self, pieces: Iterator[str], file: str) -> None:
        self.buffer = Buffer(pieces)
        self.file = file

    @property
    def line(self) -> int:
        return self.buffer.line

    def next_mark(self) -> str:
        """The next character that is not blank, left where it is; empty at the end of the text."""
        mark = self._mark_at_hand()
        while not mark and not self.buffer.is_end:
            self.buffer.fill()
            mark = self._mark_at_hand()
        return mark

    def take(self, *marks: str) -> str:
        """The next mark, which has to be one of these."""
        mark = self.next_mark()
        if mark not in marks:
            name = mark or "the end of the file"
            raise self.error(f"{' or '.join(marks)} is expected here, not {name}")
        self.buffer.go_to(self.buffer.at + 1)
        return mark

    def elements(self) -> Iterator[int]:
        """The line of each element of a list, with the cursor before it.

        Its value has to be taken before the next one is asked for.
        """
        for _ in self._parts("[", "]"):
            self.next_mark()
            yield self.line

    def members(self) -> Iterator[tuple[int, str]]:
        """Line and name of each member of an object, with the cursor before its value.

        The value has to be taken before the next member is asked for.
        """
        for _ in self._parts("{", "}"):
            self.next_mark()
            line = self.line
            name = self._name()
            self.take(":")
            yield line, name

    def value(self) -> Any:
        """The next value, whole."""
        self.next_mark()
        decoded = self._decoded()
        while not decoded:
            self.buffer.fill()
            decoded = self._decoded()
        self.buffer.go_to(decoded.end)
        return decoded.value

    def error(self, why: str) -> ReadError:
        return ReadError(self.file, self.line, f"{why}.")

    def _name(self) -> str:
        line = self.line
        name = self.value()
        if not isinstance(name, str):
            why = "it is not JSON: the name of a member is a text in double quotes."
            raise ReadError(self.file, line, why)
        return name

    def _parts(self, opening: str, closing: str) -> Iterator[None]:
        """Stops before each part of a list or an object, and takes the marks around them."""
        self.take(opening)
        if self.next_mark() == closing:
            self.take(closing)
            return
        yield
        while self.take(",", closing) == ",":
            yield

    def _mark_at_hand(self) -> str:
        """The next mark in the text at hand, with the cursor before it or at the end."""
        match = _MARK.search(self.buffer.text, self.buffer.at)
        self.buffer.go_to(match.start() if match else len(self.buffer.text))
        return match[0] if match else ""

    def _decoded(self) -> Decoded | None:
        """The value at the cursor; None where it may go on in the next piece."""
        try:
            value, end = _DECODER.raw_decode(self.buffer.text, self.buffer.at)
        except json.JSONDecodeError as error:
            self._check_goes_on(error)
            return None
        except (ValueError, RecursionError):
            why = "a number in it is too long or its lists are nested too deeply"
            raise self.error(why) from None
        # A number may go on.
        is_whole = end < len(self.buffer.text) or self.buffer.is_end
        return Decoded(value, end) if is_whole else None

    def _check_goes_on(self, error: json.JSONDecodeError) -> None:
        """ReadError where what is wrong with a value cannot be that it goes on."""
        if self.buffer.is_end or self.buffer.rest > VALUE_LIMIT:
            raise self._not_json(error) from None

    def _not_json(self, error: json.JSONDecodeError) -> ReadError:
        if not self.buffer.is_end:
            why = f"what begins here is too large or not JSON: {error.msg}."
            return ReadError(self.file, self.line, why)
        line = self.buffer.line_of(error.pos)
        return ReadError(self.file, line, f"it is not JSON: {error.msg}.")
