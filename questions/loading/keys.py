"""What tells items and questions apart: keys of origins, ids of questions."""

import hashlib
import json
import re
from collections.abc import Callable, Container, Iterable, Sequence
from itertools import chain, count

from django.utils.text import slugify

from questions.readers.items import Item, ReadError, SourceRef

from .records import record

KEY_LENGTH = 180
SLUG_LENGTH = 100
# Items that agree in these are one item, word for word.
CONTENT = (
    "title",
    "body",
    "short",
    "answer",
    "wordings",
    "key_points",
    "mistakes",
    "follow_ups",
    "answers",
)


def normalized(title: str) -> str:
    """Its words in lower case, without marks."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def digest(*texts: str) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


class Keys:
    """Gives each item of one document its key.

    That is its id, else its title, with what it says where titles repeat.
    """

    def __init__(self, file: str) -> None:
        self.file = file
        self.ids: dict[str, int] = {}
        self.keys: set[str] = set()
        self.contents: set[str] = set()

    def key_of(self, item: Item) -> str | None:
        """None for an item that stands in the document already, word for word."""
        if item.id:
            self.use_id(item)
            return item.id
        content = content_digest(item)
        if content in self.contents:
            return None
        self.contents.add(content)
        key = title_key(item)
        if key in self.keys:
            return exact_key(item)
        self.keys.add(key)
        return key

    def use_id(self, item: Item) -> None:
        if item.id in self.ids:
            why = f"the id {item.id!r} is already used in line {self.ids[item.id]}."
            raise ReadError(self.file, item.line, why)
        self.ids[item.id] = item.line


def title_key(item: Item) -> str:
    """A title's words. The mark before them keeps titles and ids apart."""
    return f"= {normalized(item.title)[:KEY_LENGTH] or digest(item.title)[:16]}"


def exact_key(item: Item) -> str:
    """A key that tells items with the same title apart by what they say."""
    return f"={title_key(item)[: KEY_LENGTH - 16]} {content_digest(item)[:16]}"


def content_digest(item: Item) -> str:
    values = record(item)
    return digest(json.dumps([values[name] for name in CONTENT]))


def named_key(question: int, ref: SourceRef) -> str:
    """The key of an origin of a source that an item only names: no item has such a key."""
    number = "" if ref.number is None else ref.number
    mark = digest(ref.file, ref.url)[:16] if ref.file or ref.url else ""
    return f"# {question} {number} {mark}".rstrip()


def question_keys(
    items: Sequence[tuple[Item, str]],
    find_taken: Callable[[set[str]], set[str]],
) -> list[str]:
    """Free ids for new questions, given as pairs of an item and its source's title.

    An item's own comes first, then those made of titles. `find_taken` says which of some ids are
    not free.
    """
    taken: set[str] = set()
    while True:
        keys = keys_beside(taken, items)
        clash = find_taken(set(keys)) - taken
        if not clash:
            return keys
        taken |= clash


def keys_beside(taken: set[str], items: Sequence[tuple[Item, str]]) -> list[str]:
    """Ids that differ from those taken and from one another."""
    used = set(taken)
    keys: dict[int, str] = {}
    for at in sorted(range(len(items)), key=lambda at: not items[at][0].id):
        item, source = items[at]
        keys[at] = question_key(item, source, used)
        used.add(keys[at])
    return [keys[at] for at in range(len(items))]


def question_key(item: Item, source: str, used: Container[str]) -> str:
    """The item's own id, else one of its title; where that is used, with a digest of its source."""
    slug = item.id or slugify(item.title)[:SLUG_LENGTH].strip("-") or "question"
    stem = f"{slug[:SLUG_LENGTH]}-{digest(source, item.title, item.answer)[:6]}"
    return first_free(chain([slug, stem], (f"{stem}-{number}" for number in count(2))), used)


def first_free(keys: Iterable[str], used: Container[str]) -> str:
    return next(key for key in keys if key not in used)
