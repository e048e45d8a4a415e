"""Question sets as Markdown files: front matter with `kind: set`, id and title, a description, a list of ids."""

from collections.abc import Iterator

from .. import normal
from ..blocks import LIST_ITEM, Blocks, heading_text
from ..items import QUESTION_LIMIT, Document, ReadError, SetItem
from ..limits import checked_set
from .layout import Numbered, front_lines, note_unknown, text_of

NAMES = ("kind", "id", "title", "description", "questions")
LIST_TITLE = "Questions"


def read_set(front: dict[str, object], lines: Numbered, document: Document) -> Iterator[SetItem]:
    """Its ids are those of the front matter, then the list below `## Questions`, else the list at the file's end."""
    file = document.file
    texts, listed = _parts(lines, file)
    if listed is None:
        listed = _list_at_end(texts)
    ids = front.get("questions", [])
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise ReadError(file, 1, '"questions" in the front matter is not a list of question ids.')
    note_unknown(front, NAMES, document)
    found = SetItem(
        title=text_of(front, "title", file),
        line=1,
        id=text_of(front, "id", file),
        description="\n".join(texts) or text_of(front, "description", file),
        questions=(*ids, *(_id(number, line, file) for number, line in listed)),
    )
    yield checked_set(normal.question_set(found), file)


def write_set(found: SetItem) -> Iterator[str]:
    """The text of a set's file, in pieces."""
    found = normal.question_set(found)
    yield from front_lines({"kind": "set", "id": found.id, "title": found.title})
    if found.description:
        yield f"{found.description}\n\n"
    yield f"## {LIST_TITLE}\n\n"
    for place, question in enumerate(found.questions, 1):
        yield f"{place}. {question}\n"


def _parts(lines: Numbered, file: str) -> tuple[list[str], list[tuple[int, str]] | None]:
    """The lines of the description, and those of the list where it has its heading."""
    blocks = Blocks()
    texts: list[str] = []
    listed: list[tuple[int, str]] | None = None
    size = 0
    for number, line in lines:
        size += len(line) + 1
        if size > QUESTION_LIMIT:
            raise ReadError(file, number, f"the question set has more than {QUESTION_LIMIT:,} characters.")
        if blocks.level(line) == 2 and heading_text(line) == LIST_TITLE:
            listed = []
        elif listed is None:
            texts.append(line)
        elif line.strip():
            listed.append((number, line))
    return texts, listed


def _list_at_end(texts: list[str]) -> list[tuple[int, str]]:
    """Takes the list at the end away from the lines."""
    listed: list[tuple[int, str]] = []
    while texts and (not texts[-1].strip() or LIST_ITEM.fullmatch(texts[-1])):
        line = texts.pop()
        if line.strip():
            listed.append((0, line))
    return listed[::-1]


def _id(number: int, line: str, file: str) -> str:
    match = LIST_ITEM.fullmatch(line)
    if not match:
        raise ReadError(file, number, f'"{line[:60]}" is not an entry of the list of question ids, as in: 1. some-id')
    return match[1] or ""
