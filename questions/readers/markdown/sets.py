"""Question sets as Markdown files: front matter with `kind: set`, a description, a list of ids."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import NamedTuple

from .. import normal
from ..blocks import LIST_ITEM, Blocks, heading_text
from ..items import QUESTION_LIMIT, Document, ReadError, SetItem
from ..limits import valid_set
from ..text import Line
from .front import FrontMatter, are_texts, write_front
from .raw_question import joined_lines

FRONT_NAMES = ("kind", "id", "title", "description", "questions")
LIST_TITLE = "Questions"

_ITEM_OR_BLANK = re.compile(rf"\s*|{LIST_ITEM.pattern}")


class Parts(NamedTuple):
    """The lines of the description, and those of the list of ids that have text."""

    description: Sequence[Line]
    id_lines: Sequence[Line]


def read_set(front: FrontMatter, lines: Iterator[Line], document: Document) -> Iterator[SetItem]:
    """The set of a file.

    Its ids are those of the front matter, then those of the list below `## Questions`, else of
    the list at the file's end.
    """
    file = document.file
    parts = _split_parts(list(_limited(lines, file)))
    ids = _front_ids(front)
    front.note_unknown(FRONT_NAMES, document)
    set_item = SetItem(
        title=front.text("title"),
        line=1,
        id=front.text("id"),
        description=joined_lines(parts.description) or front.text("description"),
        questions=(*ids, *_listed_ids(parts.id_lines, file)),
    )
    yield valid_set(set_item, file)


def write_set(set_item: SetItem) -> Iterator[str]:
    """The text of a set's file, in pieces."""
    set_item = normal.question_set(set_item)
    yield from write_front({"kind": "set", "id": set_item.id, "title": set_item.title})
    if set_item.description:
        yield f"{set_item.description}\n\n"
    yield f"## {LIST_TITLE}\n\n"
    for place, question in enumerate(set_item.questions, 1):
        yield f"{place}. {question}\n"


def _split_parts(lines: Sequence[Line]) -> Parts:
    blocks = Blocks()
    titles = [at for at, line in enumerate(lines) if _is_list_title(line.text, blocks)]
    if titles:
        return Parts(lines[: titles[0]], _texts(lines[titles[-1] + 1 :]))
    at = _start_of_list_at_end(lines)
    return Parts(lines[:at], _texts(lines[at:]))


def _limited(lines: Iterator[Line], file: str) -> Iterator[Line]:
    size = 0
    for line in lines:
        size += len(line.text) + 1
        if size > QUESTION_LIMIT:
            why = f"the question set has more than {QUESTION_LIMIT:,} characters."
            raise ReadError(file, line.number, why)
        yield line


def _is_list_title(line: str, blocks: Blocks) -> bool:
    return blocks.level(line) == 2 and heading_text(line) == LIST_TITLE


def _start_of_list_at_end(lines: Sequence[Line]) -> int:
    at_end = takewhile(lambda line: _ITEM_OR_BLANK.fullmatch(line.text), reversed(lines))
    return len(lines) - len(list(at_end))


def _texts(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if not line.is_blank]


def _front_ids(front: FrontMatter) -> list[str]:
    ids = front.values.get("questions", [])
    if not isinstance(ids, list) or not are_texts(ids):
        why = '"questions" in the front matter is not a list of question ids.'
        raise ReadError(front.file, 1, why)
    return ids


def _listed_ids(lines: Sequence[Line], file: str) -> Iterator[str]:
    for line in lines:
        entry = LIST_ITEM.fullmatch(line.text)
        if not entry:
            rule = "not an entry of the list of question ids, as in: 1. some-id"
            raise ReadError(file, line.number, f'"{line.text[:60]}" is {rule}')
        yield from entry.groups("")
