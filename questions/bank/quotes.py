"""Finds quoted words in a text, however either is set."""

import re
from collections.abc import Iterable
from functools import cached_property

# Marks of code and of bold text, the escape of a cell's bar, and white space.
_MARK = re.compile(r"`+|\*\*|\\(?=\|)")
_SPACE = re.compile(r"\s+")
_PART = re.compile(rf"(?P<mark>{_MARK.pattern})|\s+|\S")


def plain(text: str) -> str:
    """The text without marks, and with one blank between words."""
    return _SPACE.sub(" ", _MARK.sub("", text)).strip()


def count_quotes(plain_text: str, words: str) -> int:
    """How often the words stand in a text that is plain already, not within longer words."""
    return len(_pattern(words).findall(plain_text))


def _pattern(words: str) -> re.Pattern[str]:
    quoted = re.escape(plain(words))
    begin = r"(?<!\w)" if re.match(r"\w", quoted) else ""
    end = r"(?!\w)" if re.search(r"\w\Z", quoted) else ""
    return re.compile(f"{begin}{quoted}{end}")


class PlainText:
    """A plain text of pieces that knows where each of its characters stands in the source."""

    def __init__(self, pieces: Iterable[tuple[int, str]]) -> None:
        """Each piece comes with its place in the source; between two stands a blank."""
        self.characters: list[str] = []
        self.places: list[int] = []
        for place, piece in pieces:
            for part in _PART.finditer(f"{piece} "):
                if not part["mark"]:
                    self._add(part[0], place + part.start())

    def _add(self, part: str, place: int) -> None:
        character = " " if part.isspace() else part
        if character == " " and self.characters[-1:] in ([], [" "]):
            return
        self.characters.append(character)
        self.places.append(place)

    @cached_property
    def text(self) -> str:
        return "".join(self.characters)

    def quotes(self, words: str) -> list[range]:
        """Where the words stand in the source."""
        if not plain(words):
            return []
        spans = [match.span() for match in _pattern(words).finditer(self.text)]
        return [range(self.places[start], self.places[end - 1] + 1) for start, end in spans]
