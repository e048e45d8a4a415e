"""Items -> the text of a JSON document, which reads back as the same items."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from .. import normal
from ..items import Item, Link, OtherAnswer, SetItem, SourceRef


def write(items: Iterable[Item | SetItem], *, title: str = "") -> Iterator[str]:
    """The text in pieces, one a question; sets come last. `title` is not part of the format."""
    sets: list[SetItem] = []
    yield '{\n "questions": '
    yield from _written_list(_questions_only(items, sets))
    if sets:
        yield f',\n "sets": {_indented(list(map(_set, sets)), 1)}'
    yield "\n}\n"


def _questions_only(items: Iterable[Item | SetItem], sets: list[SetItem]) -> Iterator[Item]:
    """The questions among the items; the sets among them are put aside."""
    for item in items:
        if isinstance(item, SetItem):
            sets.append(item)
        else:
            yield item


def _written_list(items: Iterable[Item]) -> Iterator[str]:
    separator = "["
    for item in items:
        yield f"{separator}\n  {_indented(_question(normal.item(item)), 2)}"
        separator = ","
    yield "[]" if separator == "[" else "\n ]"


def _indented(value: object, depth: int) -> str:
    # A text in JSON holds no line end, so each one is the layout's.
    return json.dumps(value, ensure_ascii=False, indent=1).replace("\n", "\n" + " " * depth)


def _question(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "title": item.title,
        "body": item.body,
        "wordings": item.wordings,
        "short": item.short,
        "answer": item.answer,
        "answers": list(map(_other_answer, item.answers)),
        "key_points": item.key_points,
        "follow_ups": item.follow_ups,
        "mistakes": item.mistakes,
        "tags": item.tags,
        "difficulty": item.difficulty or None,
        "status": item.status or None,
        "applies_to": item.applies_to,
        "verified_on": _day(item.verified_on),
        "links": list(map(_link, item.links)),
        "sources": list(map(_source, item.sources)),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _link(link: Link) -> dict[str, Any]:
    return {"title": link.title, "url": link.url}


def _source(source: SourceRef) -> dict[str, Any]:
    return {
        "title": source.title,
        "file": source.file,
        "number": source.number,
        "url": source.url,
    }


def _other_answer(other: OtherAnswer) -> dict[str, Any]:
    return {
        "short": other.short,
        "answer": other.answer,
        "source": _source(other.source) if other.source else None,
    }


def _set(set_item: SetItem) -> dict[str, Any]:
    set_item = normal.question_set(set_item)
    return {
        "id": set_item.id,
        "title": set_item.title,
        "description": set_item.description,
        "questions": set_item.questions,
    }
