"""What an item may not exceed: every reader sends every item through here before it leaves."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from . import normal
from .items import (
    APPLIES_TO_LIMIT,
    ID_LIMIT,
    LIST_LIMIT,
    NAME_LIMIT,
    QUESTION_LIMIT,
    TAG_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    URL_LIMIT,
    Item,
    Link,
    OtherAnswer,
    ReadError,
    SetItem,
    SourceRef,
)

_ID = re.compile(r"[-A-Za-z0-9_]*")
# What escapes in JSON and YAML can spell, and no database or file can hold.
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.I)


class Measured(NamedTuple):
    """A text of an item, under the name that an error gives it."""

    name: str
    text: str
    limit: int


def valid_item(item: Item, file: str) -> Item:
    """The item in its normal form.

    ReadError at its line for a missing title, a text over its limit, and an id or an address that
    is none.
    """
    item = normal.item(item)
    if not item.title:
        raise ReadError(file, item.line, "the question has no title.")
    _check_id(item.id, file, item.line)
    _check_texts(_item_texts(item), file, item.line)
    _check_counts(item, file)
    for url in _addresses(item):
        _check_address(url, file, item.line)
    return item


def valid_set(found: SetItem, file: str) -> SetItem:
    """The set in its normal form.

    ReadError at its line where it has no title or no questions, where a text is over its limit,
    and where an id is none.
    """
    found = normal.question_set(found)
    if not found.title:
        raise ReadError(file, found.line, "the question set has no title.")
    if not found.questions:
        raise ReadError(file, found.line, "the question set lists no questions.")
    _check_texts(_set_texts(found), file, found.line)
    for value in (found.id, *found.questions):
        _check_id(value, file, found.line)
    return found


def check_text(name: str, value: str, limit: int, file: str, line: int) -> None:
    if len(value) > limit:
        raise ReadError(file, line, f"the {name} is longer than {limit:,} characters.")
    if _UNSTORABLE.search(value):
        why = rf"the {name} holds \u0000 or half of a character, which no text may."
        raise ReadError(file, line, why)


def _check_id(value: str, file: str, line: int) -> None:
    if len(value) > ID_LIMIT or not _ID.fullmatch(value):
        allowed = f"at most {ID_LIMIT} letters a-z, digits, hyphens and underscores"
        raise ReadError(file, line, f"{value[:60]!a} is no id: one has {allowed}.")


def _check_address(url: str, file: str, line: int) -> None:
    if not _WEB_ADDRESS.fullmatch(url):
        rule = "one begins with https:// or http:// and has no spaces"
        raise ReadError(file, line, f'"{url[:60]}" is not a web address: {rule}.')


def _check_texts(texts: Iterable[Measured], file: str, line: int) -> None:
    size = 0
    for each in texts:
        size += len(each.text)
        check_text(each.name, each.text, each.limit, file, line)
    if size > QUESTION_LIMIT:
        why = f"the question has more than {QUESTION_LIMIT:,} characters in all."
        raise ReadError(file, line, why)


def _check_counts(item: Item, file: str) -> None:
    for name, count in _counts(item).items():
        if count > LIST_LIMIT:
            raise ReadError(file, item.line, f"the question has more than {LIST_LIMIT:,} {name}.")


def _counts(item: Item) -> dict[str, int]:
    return {
        "other wordings": len(item.wordings),
        "key points": len(item.key_points),
        "tags": len(item.tags),
        "links": len(item.links),
        "sources": len(item.sources),
        "other answers": len(item.answers),
    }


def _sources(item: Item) -> list[SourceRef]:
    return [*item.sources, *(other.source for other in item.answers if other.source)]


def _addresses(item: Item) -> Iterator[str]:
    yield from (link.url for link in item.links)
    yield from (source.url for source in _sources(item) if source.url)


def _set_texts(found: SetItem) -> Iterator[Measured]:
    yield Measured("title", found.title, NAME_LIMIT)
    yield Measured("description", found.description, TEXT_LIMIT)


def _item_texts(item: Item) -> Iterator[Measured]:
    """Everything that an item holds."""
    yield Measured("title", item.title, TITLE_LIMIT)
    yield Measured("body", item.body, TEXT_LIMIT)
    yield Measured("short answer", item.short, TEXT_LIMIT)
    yield Measured("answer", item.answer, TEXT_LIMIT)
    yield Measured("text on common mistakes", item.mistakes, TEXT_LIMIT)
    yield Measured("text of follow-ups", item.follow_ups, TEXT_LIMIT)
    yield Measured("value of applies to", item.applies_to, APPLIES_TO_LIMIT)
    yield from _line_texts("tag", item.tags, TAG_LIMIT)
    yield from _line_texts("other wording", item.wordings, TITLE_LIMIT)
    yield from _line_texts("key point", item.key_points, TITLE_LIMIT)
    yield from _link_texts(item.links)
    yield from _source_texts(_sources(item))
    yield from _answer_texts(item.answers)


def _line_texts(name: str, values: Iterable[str], limit: int) -> Iterator[Measured]:
    return (Measured(name, value, limit) for value in values)


def _link_texts(links: Iterable[Link]) -> Iterator[Measured]:
    for link in links:
        yield Measured("title of a link", link.title, TITLE_LIMIT)
        yield Measured("address of a link", link.url, URL_LIMIT)


def _source_texts(sources: Iterable[SourceRef]) -> Iterator[Measured]:
    for source in sources:
        yield Measured("title of a source", source.title, NAME_LIMIT)
        yield Measured("file of a source", source.file, NAME_LIMIT)
        yield Measured("address of a source", source.url, URL_LIMIT)


def _answer_texts(answers: Iterable[OtherAnswer]) -> Iterator[Measured]:
    for other in answers:
        yield Measured("short answer of another source", other.short, TEXT_LIMIT)
        yield Measured("answer of another source", other.answer, TEXT_LIMIT)
