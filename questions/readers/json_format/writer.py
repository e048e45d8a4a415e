"""Items -> the text of a JSON document, which reads back as the same items."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from .. import normal
from ..items import Item, Link, OtherAnswer, SetItem, SourceRef


def write(items: Iterable[Item | SetItem], *, title: str = "") -> Iterator[str]:
    """The text in pieces, one a question; sets come last. `title` is not part of the format."""
    sets: list[SetItem] = []
    yield '{\n "questions": '
    yield from _written_questions(items, sets)
    if sets:
        yield f',\n "sets": {_indented([_set(each) for each in sets], 1)}'
    yield "\n}\n"


def _written_questions(items: Iterable[Item | SetItem], sets: list[SetItem]) -> Iterator[str]:
    """The list of the questions among the items; the sets among them are put aside."""
    between = "["
    for item in items:
        if isinstance(item, SetItem):
            sets.append(item)
            continue
        yield f"{between}\n  {_indented(_question(normal.item(item)), 2)}"
        between = ","
    yield "[]" if between == "[" else "\n ]"


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
        "verified_on": item.verified_on.isoformat() if item.verified_on else None,
        "links": list(map(_link, item.links)),
        "sources": list(map(_source, item.sources)),
    }


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


def _set(found: SetItem) -> dict[str, Any]:
    found = normal.question_set(found)
    return {
        "id": found.id,
        "title": found.title,
        "description": found.description,
        "questions": found.questions,
    }
