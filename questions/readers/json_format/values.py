"""A question or a question set of a JSON document -> an item."""

from collections.abc import Iterator

from .. import normal
from ..items import (
    DIFFICULTIES,
    NAME_LIMIT,
    STATUSES,
    Item,
    Link,
    Notice,
    OtherAnswer,
    SetItem,
    SourceRef,
)
from ..limits import check_text, valid_item, valid_set
from .fields import Fields

QUESTION_NAMES = {
    "id",
    "title",
    "question",
    "body",
    "wordings",
    "short",
    "answer",
    "answers",
    "key_points",
    "follow_ups",
    "mistakes",
    "tags",
    "difficulty",
    "status",
    "applies_to",
    "verified_on",
    "links",
    "sources",
}


def read_question(value: object, number: int, line: int, file: str) -> Item:
    fields = Fields(value, "", line, file)
    item = Item(
        title=fields.text("title") or fields.text("question"),
        line=line,
        number=number,
        id=fields.text("id"),
        body=fields.text("body"),
        short=fields.text("short"),
        answer=fields.text("answer"),
        wordings=fields.texts("wordings"),
        key_points=fields.texts("key_points"),
        mistakes=fields.text("mistakes"),
        follow_ups=fields.text("follow_ups"),
        tags=fields.texts("tags"),
        difficulty=fields.choice("difficulty", DIFFICULTIES),
        status=fields.choice("status", STATUSES),
        applies_to=fields.text("applies_to"),
        verified_on=fields.day("verified_on"),
        links=tuple(map(_read_link, fields.fields_of_each("links"))),
        sources=tuple(map(_read_source, fields.fields_of_each("sources"))),
        answers=tuple(map(_read_other_answer, fields.fields_of_each("answers"))),
        warnings=tuple(_unknown_names(fields)),
    )
    return valid_item(item, file)


def read_set(value: object, line: int, file: str) -> SetItem:
    fields = Fields(value, '"sets"', line, file)
    set_item = SetItem(
        title=fields.text("title"),
        line=line,
        id=fields.text("id"),
        description=fields.text("description"),
        questions=fields.texts("questions"),
    )
    return valid_set(set_item, file)


def read_title(value: object, line: int, file: str) -> str:
    """The title that a document gives itself."""
    title = normal.one_line(Fields({"title": value}, "", line, file).text("title"))
    check_text("title of the document", title, NAME_LIMIT, file, line)
    return title


def unknown_name(name: str) -> str:
    return f"{name[:80]!a} is not a name of the format and is left out."


def _unknown_names(fields: Fields) -> Iterator[Notice]:
    for name in fields.value:
        if name not in QUESTION_NAMES:
            yield Notice(line=fields.line, text=unknown_name(name))


def _read_link(fields: Fields) -> Link:
    return Link(title=fields.text("title"), url=fields.text("url"))


def _read_source(fields: Fields) -> SourceRef:
    return SourceRef(
        title=fields.text("title"),
        file=fields.text("file"),
        number=fields.number("number"),
        url=fields.text("url"),
    )


def _read_other_answer(fields: Fields) -> OtherAnswer:
    source = fields.fields_of("source")
    return OtherAnswer(
        short=fields.text("short"),
        answer=fields.text("answer"),
        source=_read_source(source) if source else None,
    )
