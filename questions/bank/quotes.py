"""Finds quoted words in a text, however either is set."""

import re
from collections.abc import Iterable

# Marks of code and of bold text, the escape of a cell's bar, and white space.
_MARK = re.compile(r"`+|\*\*|\\(?=\|)")
_SPACE = re.compile(r"\s+")


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
        characters: list[str] = []
        self.places: list[int] = []
        for place, piece in pieces:
            for at, character in _plain_characters(f"{piece} "):
                if character == " " and characters[-1:] in ([], [" "]):
                    continue
                characters.append(character)
                self.places.append(place + at)
        self.text = "".join(characters)

    def quotes(self, words: str) -> list[range]:
        """Where the words stand in the source."""
        found = []
        for match in _pattern(words).finditer(self.text):
            if match[0]:
                first, last = self.places[match.start()], self.places[match.end() - 1]
                found.append(range(first, last + 1))
        return found


def _plain_characters(text: str) -> list[tuple[int, str]]:
    marks = set[int]()
    for mark in _MARK.finditer(text):
        marks.update(range(*mark.span()))
    kept = [(at, character) for at, character in enumerate(text) if at not in marks]
    return [(at, " " if character.isspace() else character) for at, character in kept]
