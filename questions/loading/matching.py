"""Which item of a document is which question already loaded. Pure."""

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from django.utils.text import slugify
from rapidfuzz import fuzz, process

from questions.readers.items import Item, ReadError

KEY_LENGTH = 180
SLUG_LENGTH = 100
# Titles at least this alike (0 to 100) may be the same question asked in other words, ...
REPEAT_LIKENESS = 86
# ... and with the same number in the same document, much less is needed to be the same item renamed.
NUMBERED_LIKENESS = 55
RENAMED_LIKENESS = 80
# Comparing everything with everything is bounded to what takes about a second.
PAIR_LIMIT = 4_000_000


class Numbered(Protocol):
    title: str
    number: int | None


def normalised(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


class Keys:
    """Gives each item of one document its key: its id, else its normalised title, told apart by what it says where titles repeat."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[str, int] = {}
        self.texts: set[str] = set()

    def key(self, item: Item) -> str | None:
        """None for an item that stands in the document already, word for word."""
        key = item.id or normalised(item.title)[:KEY_LENGTH] or digest(item.title)[:16]
        if key in self.lines and item.id:
            raise ReadError(self.file, item.line, f"the id {item.id!r} is already used in line {self.lines[key]}.")
        text = digest(item.title, item.body, item.short, item.answer)
        if text in self.texts and not item.id:
            return None
        self.texts.add(text)
        if key in self.lines:
            key = f"{key[: KEY_LENGTH - 17]} {text[:16]}"
        self.lines[key] = item.line
        return key


def question_key(item: Item, source: str, taken: set[str]) -> str:
    """A question's id: the item's own, else from its title; where that is taken, with a digest of source and title."""
    slug = (item.id or slugify(item.title)[:SLUG_LENGTH].strip("-")) or "question"
    if slug in taken:
        slug = f"{slug}-{digest(source, item.title, item.answer)[:6]}"
    number = 2
    while slug in taken:
        slug = f"{slug.removesuffix(f'-{number - 1}')}-{number}"
        number += 1
    return slug


def renamed(items: Sequence[Item], origins: Sequence[Numbered]) -> Iterator[tuple[int, int]]:
    """Pairs what is left over on both sides, as positions: first by number and likeness, then by likeness alone."""
    free = dict(enumerate(origins))
    by_number = {origin.number: place for place, origin in free.items() if origin.number is not None}
    rest = []
    for at, item in enumerate(items):
        place = by_number.get(item.number, -1)
        if place in free and fuzz.token_sort_ratio(item.title, free[place].title) >= NUMBERED_LIKENESS:
            del free[place]
            yield at, place
        else:
            rest.append(at)
    if len(rest) * len(free) > PAIR_LIMIT:
        return
    for at in rest:
        titles = {place: origin.title for place, origin in free.items()}
        best = process.extractOne(items[at].title, titles, scorer=fuzz.token_sort_ratio, score_cutoff=RENAMED_LIKENESS)
        if best:
            del free[best[2]]
            yield at, best[2]


class Repeats:
    """Finds a question that is asked already, in about the same words."""

    def __init__(self, titles: Iterable[tuple[int, str]]) -> None:
        """`titles`: pairs of a question's number and one of its wordings."""
        self.wordings: dict[str, int] = {}
        for pk, title in titles:
            self.wordings.setdefault(normalised(title), pk)
        self.left = PAIR_LIMIT

    def find(self, item: Item) -> int | None:
        wanted = [normalised(wording) for wording in (item.title, *item.wordings)]
        exact = next((self.wordings[wording] for wording in wanted if wording in self.wordings), None)
        self.left -= len(self.wordings)
        if exact is not None or self.left < 0:
            return exact
        best = process.extractOne(
            wanted[0], self.wordings.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=REPEAT_LIKENESS
        )
        return self.wordings[best[0]] if best else None
