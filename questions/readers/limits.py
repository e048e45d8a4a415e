"""What an item may not exceed: checked by every reader on every item before it leaves."""

import re
from collections.abc import Iterator

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
    ReadError,
    SetItem,
    SourceRef,
)

_ID = re.compile(r"[-A-Za-z0-9_]*")
# What escapes in JSON and YAML can spell, and no database or file can hold.
_UNSTORABLE = re.compile(r"[\0\ud800-\udfff]")
_WEB_ADDRESS = re.compile(r"https?://[^\s/]\S*", re.I)


def checked(item: Item, file: str) -> Item:
    """The item. ReadError at its line for a missing title, a text over its limit, an id or an address that is none."""
    if not item.title:
        raise ReadError(file, item.line, "the question has no title.")
    _check_id(item.id, file, item.line)
    _check_texts(_measured(item), file, item.line)
    _check_counts(item, file)
    sources = _sources(item)
    for url in [link.url for link in item.links] + [source.url for source in sources if source.url]:
        if not _WEB_ADDRESS.fullmatch(url):
            why = f'"{url[:60]}" is not a web address: one begins with https:// or http:// and has no spaces.'
            raise ReadError(file, item.line, why)
    return item


def checked_set(found: SetItem, file: str) -> SetItem:
    """The set. ReadError at its line where it has no title or no questions, or a text is over its limit."""
    if not found.title:
        raise ReadError(file, found.line, "the question set has no title.")
    if not found.questions:
        raise ReadError(file, found.line, "the question set lists no questions.")
    measured = [("title", found.title, NAME_LIMIT), ("description", found.description, TEXT_LIMIT)]
    _check_texts(iter(measured), file, found.line)
    for each in (found.id, *found.questions):
        _check_id(each, file, found.line)
    return found


def check_text(name: str, value: str, limit: int, file: str, line: int) -> None:
    if len(value) > limit:
        raise ReadError(file, line, f"the {name} is longer than {limit:,} characters.")
    if _UNSTORABLE.search(value):
        raise ReadError(file, line, rf"the {name} holds \u0000 or half of a character, which no text may.")


def _check_id(value: str, file: str, line: int) -> None:
    if len(value) > ID_LIMIT or not _ID.fullmatch(value):
        why = f"{value[:60]!a} is no id: one has at most {ID_LIMIT} letters a-z, digits, hyphens and underscores."
        raise ReadError(file, line, why)


def _check_texts(measured: Iterator[tuple[str, str, int]], file: str, line: int) -> None:
    size = 0
    for name, value, limit in measured:
        size += len(value)
        check_text(name, value, limit, file, line)
    if size > QUESTION_LIMIT:
        raise ReadError(file, line, f"the question has more than {QUESTION_LIMIT:,} characters in all.")


def _check_counts(item: Item, file: str) -> None:
    for name, values in (
        ("other wordings", item.wordings),
        ("key points", item.key_points),
        ("tags", item.tags),
        ("links", item.links),
        ("sources", item.sources),
        ("other answers", item.answers),
    ):
        if len(values) > LIST_LIMIT:
            raise ReadError(file, item.line, f"the question has more than {LIST_LIMIT:,} {name}.")


def _sources(item: Item) -> list[SourceRef]:
    return [*item.sources, *(other.source for other in item.answers if other.source)]


def _measured(item: Item) -> Iterator[tuple[str, str, int]]:
    """Name, text and limit of everything an item holds."""
    yield "title", item.title, TITLE_LIMIT
    yield "body", item.body, TEXT_LIMIT
    yield "short answer", item.short, TEXT_LIMIT
    yield "answer", item.answer, TEXT_LIMIT
    yield "text on common mistakes", item.mistakes, TEXT_LIMIT
    yield "text of follow-ups", item.follow_ups, TEXT_LIMIT
    yield "value of applies to", item.applies_to, APPLIES_TO_LIMIT
    yield from (("tag", tag, TAG_LIMIT) for tag in item.tags)
    yield from (("other wording", wording, TITLE_LIMIT) for wording in item.wordings)
    yield from (("key point", point, TITLE_LIMIT) for point in item.key_points)
    for link in item.links:
        yield "title of a link", link.title, TITLE_LIMIT
        yield "address of a link", link.url, URL_LIMIT
    for source in _sources(item):
        yield "title of a source", source.title, NAME_LIMIT
        yield "file of a source", source.file, NAME_LIMIT
        yield "address of a source", source.url, URL_LIMIT
    for other in item.answers:
        yield "short answer of another source", other.short, TEXT_LIMIT
        yield "answer of another source", other.answer, TEXT_LIMIT
