"""The JSON exchange format: {"questions": [...]}, and {"sets": [...]} for question sets."""

import re
from collections.abc import Iterator
from typing import BinaryIO

from ..contract import Confidence, Format, Head
from ..items import Document, Item, SetItem
from ..text import read_pieces
from .stream import Cursor
from .values import read_question, read_set, read_title, unknown_name

ENDINGS = (".json",)
# An object or a list of objects, not a link or a template.
BEGINNING = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')
EXAMPLE = '{"questions": [{"title": "What is a queue?", "answer": "..."}]}'


def recognize(head: Head) -> Confidence:
    if head.ending in ENDINGS or BEGINNING.match("\n".join(head.lines)):
        return Confidence.CERTAIN
    return Confidence.NONE


def read(stream: BinaryIO, file: str) -> Document:
    """The title of the document is known once its first item is read."""
    cursor = Cursor(read_pieces(stream, file), file)
    document = Document(file=file, format=JSON.name, items=iter(()))
    document.items = _items(cursor, document)
    return document


def _items(cursor: Cursor, document: Document) -> Iterator[Item | SetItem]:
    if cursor.next_mark() == "[":
        yield from _questions(cursor, document.file)
    else:
        yield from _object_items(cursor, document)
    if cursor.next_mark():
        raise cursor.error("it is not JSON: there is more text after its end")


def _object_items(cursor: Cursor, document: Document) -> Iterator[Item | SetItem]:
    for line, name in cursor.members():
        yield from _member_items(name, line, cursor, document)


def _member_items(
    name: str,
    line: int,
    cursor: Cursor,
    document: Document,
) -> Iterator[Item | SetItem]:
    """The items of a member of the document. Other members are taken in passing."""
    match name:
        case "questions":
            yield from _questions(cursor, document.file)
        case "sets":
            yield from _sets(cursor, document.file)
        case "source" | "title":
            document.title = read_title(cursor.value(), line, document.file)
        case _:
            cursor.value()
            document.note(line, unknown_name(name))


def _questions(cursor: Cursor, file: str) -> Iterator[Item]:
    for number, line in enumerate(cursor.elements(), 1):
        yield read_question(cursor.value(), number, line, file)


def _sets(cursor: Cursor, file: str) -> Iterator[SetItem]:
    for line in cursor.elements():
        yield read_set(cursor.value(), line, file)


JSON = Format(
    name="json",
    label="JSON",
    endings=ENDINGS,
    example=f"Questions look like this: {EXAMPLE}",
    recognize=recognize,
    read=read,
)
