"""What tells the items of a document apart, and questions everywhere: keys of origins, ids of questions."""

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from itertools import chain, count

from django.utils.text import slugify

from questions.readers.items import Item, ReadError

from .records import record

KEY_LENGTH = 180
SLUG_LENGTH = 100
# Items that agree in these are one item, word for word.
CONTENT = ("title", "body", "short", "answer", "wordings", "key_points", "mistakes", "follow_ups", "answers")


def normalised(title: str) -> str:
    return " ".join(re.findall(r"\w+", title.casefold()))


def digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


class Keys:
    """Gives each item of one document its key: its id, else its title, with what it says where titles repeat."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.ids: dict[str, int] = {}
        self.keys: set[str] = set()
        self.texts: set[str] = set()

    def key(self, item: Item) -> str | None:
        """None for an item that stands in the document already, word for word."""
        if item.id:
            if item.id in self.ids:
                raise ReadError(
                    self.file, item.line, f"the id {item.id!r} is already used in line {self.ids[item.id]}."
                )
            self.ids[item.id] = item.line
            return item.id
        text = digest_of(item)
        if text in self.texts:
            return None
        self.texts.add(text)
        key = title_key(item)
        if key in self.keys:
            return exact_key(item)
        self.keys.add(key)
        return key


def title_key(item: Item) -> str:
    """A title's words. The mark before them keeps titles and ids apart."""
    return f"= {normalised(item.title)[:KEY_LENGTH] or digest(item.title)[:16]}"


def exact_key(item: Item) -> str:
    """A key that tells items with the same title apart by what they say."""
    return f"={title_key(item)[: KEY_LENGTH - 16]} {digest_of(item)[:16]}"


def digest_of(item: Item) -> str:
    texts = record(item)
    return digest(json.dumps([texts[name] for name in CONTENT]))


def named_key(question: int, number: int | None) -> str:
    """The key of an origin of a source that an item only names, of its question's number: no item has such a key."""
    return f"# {question} {'' if number is None else number}".strip()


def question_keys(items: Sequence[tuple[Item, str]], taken: Callable[[set[str]], set[str]]) -> list[str]:
    """Free ids for new questions, given as pairs of an item and its source's title: an item's own first, then those
    made of titles. `taken` says which of some ids are not free."""
    gone: set[str] = set()
    while True:
        keys = _question_keys(items, gone)
        clash = taken(set(keys.values())) - gone
        if not clash:
            return [keys[at] for at in range(len(items))]
        gone |= clash


def _question_keys(items: Sequence[tuple[Item, str]], gone: set[str]) -> dict[int, str]:
    used = set(gone)
    keys: dict[int, str] = {}
    for at in sorted(range(len(items)), key=lambda at: not items[at][0].id):
        item, source = items[at]
        keys[at] = question_key(item, source, used)
        used.add(keys[at])
    return keys


def question_key(item: Item, source: str, taken: set[str]) -> str:
    """A question's id: the item's own, else from its title; where that is taken, with a digest of source and title."""
    slug = (item.id or slugify(item.title)[:SLUG_LENGTH].strip("-")) or "question"
    if slug not in taken:
        return slug
    told = f"{slug[:SLUG_LENGTH]}-{digest(source, item.title, item.answer)[:6]}"
    numbered = (f"{told}-{number}" for number in count(2))
    return next(key for key in chain([told], numbered) if key not in taken)
