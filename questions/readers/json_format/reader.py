"""The JSON exchange format: {"questions": [...]}, and {"sets": [...]} where there are question sets."""

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

from .. import normal, text
from ..contract import Confidence, Format, Head
from ..items import Document, Item, OtherAnswer, SetItem, SourceRef
from . import fields
from .stream import Cursor

ENDINGS = (".json",)


def recognize(head: Head) -> Confidence:
    if head.ending in ENDINGS or looks_like(head.lines):
        return Confidence.CERTAIN
    return Confidence.NONE


def read(stream: BinaryIO, file: str) -> Document:
    """The title of the document is known once its first item is read."""
    cursor = Cursor(text.chunks(stream, file), file)
    document = Document(file=file, format="json", items=iter(()))
    document.items = _items(cursor, document)
    return document


def looks_like(sample: Sequence[str]) -> bool:
    """Whether the first lines begin as a JSON object or list of objects does, not as a link or a template."""
    start = "".join("".join(sample).split())[:2]
    return start in ('{"', "{}", "[{", "[]")


def write(items: Iterable[Item | SetItem], *, title: str = "") -> Iterator[str]:
    """The text in pieces, one a question; sets come last. `title` is not part of the format."""
    sets: list[SetItem] = []
    start = "["
    yield '{\n "questions": '
    for item in items:
        if isinstance(item, SetItem):
            sets.append(normal.question_set(item))
            continue
        yield f"{start}\n  {_indented(_question(normal.item(item)), 2)}"
        start = ","
    yield "[]" if start == "[" else "\n ]"
    if sets:
        yield f',\n "sets": {_indented([_set(each) for each in sets], 1)}'
    yield "\n}\n"


def _items(cursor: Cursor, document: Document) -> Iterator[Item | SetItem]:
    if cursor.next_mark() == "[":
        yield from _questions(cursor, document.file)
    else:
        for line, name in cursor.members():
            if name == "questions":
                yield from _questions(cursor, document.file)
            elif name == "sets":
                yield from _sets(cursor, document.file)
            elif name in ("source", "title"):
                document.title = fields.document_title(cursor.value(), line, document.file)
            else:
                cursor.value()
                document.note(line, fields.unknown(name))
    if cursor.next_mark():
        raise cursor.error("it is not JSON: there is more text after its end")


def _questions(cursor: Cursor, file: str) -> Iterator[Item]:
    for number, line in enumerate(cursor.elements(), 1):
        yield fields.read_question(cursor.value(), number, line, file)


def _sets(cursor: Cursor, file: str) -> Iterator[SetItem]:
    for line in cursor.elements():
        yield fields.read_set(cursor.value(), line, file)


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
        "answers": [_other_answer(other) for other in item.answers],
        "key_points": item.key_points,
        "follow_ups": item.follow_ups,
        "mistakes": item.mistakes,
        "tags": item.tags,
        "difficulty": item.difficulty or None,
        "status": item.status or None,
        "applies_to": item.applies_to,
        "verified_on": item.verified_on and item.verified_on.isoformat(),
        "links": [{"title": link.title, "url": link.url} for link in item.links],
        "sources": [_source(source) for source in item.sources],
    }


def _other_answer(other: OtherAnswer) -> dict[str, Any]:
    return {"short": other.short, "answer": other.answer, "source": other.source and _source(other.source)}


def _source(source: SourceRef) -> dict[str, Any]:
    return {"title": source.title, "file": source.file, "number": source.number, "url": source.url}


def _set(found: SetItem) -> dict[str, Any]:
    return {"id": found.id, "title": found.title, "description": found.description, "questions": found.questions}


JSON = Format(
    name="json",
    label="JSON",
    endings=ENDINGS,
    example='Questions look like this: {"questions": [{"title": "What is a queue?", "answer": "..."}]}',
    recognize=recognize,
    read=read,
)
