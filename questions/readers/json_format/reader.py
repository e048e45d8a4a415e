"""The JSON exchange format: {"questions": [...]}, and {"sets": [...]} for question sets."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO

from ..contract import Confidence, Format, Head
from ..items import Document, Item, SetItem
from ..text import read_pieces
from .stream import Cursor
from .values import read_question, read_set, read_title, unknown_name

Items = Iterator[Item | SetItem]

ENDINGS = (".json",)
# An object or a list of objects, not a link or a template.
BEGINNING = re.compile(r'\s*(?:\{\s*["}]|\[\s*[{\]])')
EXAMPLE = '{"questions": [{"title": "What is a queue?", "answer": "..."}]}'


def recognize(head: Head) -> Confidence:
    is_json = head.ending in ENDINGS or _begins_as_json(head.lines)
    return Confidence.CERTAIN if is_json else Confidence.NONE


def read(stream: BinaryIO, file: str) -> Document:
    """The title of the document is known once its first item is read."""
    cursor = Cursor(read_pieces(stream, file), file)
    document = Document(file=file, format=JSON.name, items=iter(()))
    document.items = _items(cursor, document)
    return document


def _begins_as_json(lines: Sequence[str]) -> bool:
    return BEGINNING.match("\n".join(lines)) is not None


def _items(cursor: Cursor, document: Document) -> Items:
    if cursor.next_mark() == "[":
        yield from _questions(cursor, document)
    else:
        yield from _object_items(cursor, document)
    if cursor.next_mark():
        raise cursor.error("it is not JSON: there is more text after its end")


def _object_items(cursor: Cursor, document: Document) -> Items:
    for line, name in cursor.members():
        read_member = MEMBERS.get(name)
        if read_member:
            yield from read_member(cursor, document)
        else:
            cursor.value()
            document.note(line, unknown_name(name))


def _questions(cursor: Cursor, document: Document) -> Items:
    for number, line in enumerate(cursor.elements(), 1):
        yield read_question(cursor.value(), number, line, document.file)


def _sets(cursor: Cursor, document: Document) -> Items:
    for line in cursor.elements():
        yield read_set(cursor.value(), line, document.file)


def _take_title(cursor: Cursor, document: Document) -> Items:
    """Takes the title of the document, which is no item."""
    document.title = read_title(cursor.value(), cursor.line, document.file)
    return iter(())


MEMBERS: dict[str, Callable[[Cursor, Document], Items]] = {
    "questions": _questions,
    "sets": _sets,
    "source": _take_title,
    "title": _take_title,
}
JSON = Format(
    name="json",
    label="JSON",
    endings=ENDINGS,
    example=f"Questions look like this: {EXAMPLE}",
    recognize=recognize,
    read=read,
)
