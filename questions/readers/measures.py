"""What the limits look at: every text of an item, with its name and its own limit."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .items import (
    APPLIES_TO_LIMIT,
    NAME_LIMIT,
    TAG_LIMIT,
    TEXT_LIMIT,
    TITLE_LIMIT,
    URL_LIMIT,
    Item,
    Link,
    OtherAnswer,
    SetItem,
    SourceRef,
)


class Measured(NamedTuple):
    """A text of an item, under the name that an error gives it."""

    name: str
    text: str
    limit: int


def set_texts(set_item: SetItem) -> Iterator[Measured]:
    yield Measured("title", set_item.title, NAME_LIMIT)
    yield Measured("description", set_item.description, TEXT_LIMIT)


def item_texts(item: Item) -> Iterator[Measured]:
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


def list_lengths(item: Item) -> dict[str, int]:
    return {
        "other wordings": len(item.wordings),
        "key points": len(item.key_points),
        "tags": len(item.tags),
        "links": len(item.links),
        "sources": len(item.sources),
        "other answers": len(item.answers),
    }


def addresses(item: Item) -> list[str]:
    """Of every link, and of the sources that have one."""
    of_sources = [source.url for source in _sources(item)]
    return [link.url for link in item.links] + list(filter(None, of_sources))


def _sources(item: Item) -> list[SourceRef]:
    return [*item.sources, *(other.source for other in item.answers if other.source)]


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
