"""A question or set of a JSON document -> an item: each field by name and kind, so that an error names the field."""

from datetime import date
from typing import Any

from .. import normal
from ..items import DIFFICULTIES, NAME_LIMIT, STATUSES, Item, Link, Notice, OtherAnswer, ReadError, SetItem, SourceRef
from ..limits import check_text, checked, checked_set
from ..normal import read_date

_TEXTS = ("id", "title", "question", "body", "short", "answer", "follow_ups", "mistakes", "applies_to")
_LISTS = ("wordings", "answers", "key_points", "tags", "links", "sources")
QUESTION = (*_TEXTS, *_LISTS, "difficulty", "status", "verified_on")

_KINDS = {str: "a text", bool: "a truth value", int: "a number", float: "a number", list: "a list", dict: "an object"}


class _Fields:
    """An object's members. Each method gives one of them, empty where it is missing or null, or a ReadError."""

    def __init__(self, value: object, place: str, line: int, file: str) -> None:
        self.place, self.line, self.file = place, line, file
        if not isinstance(value, dict):
            raise ReadError(file, line, f"{place or 'a question'} is {_kind(value)}, not an object.")
        self.value: dict[str, Any] = value

    def text(self, name: str) -> str:
        value = self.value.get(name)
        return "" if value is None else self._text(value, name)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._text(value, name) for value in self._list(name))

    def objects(self, name: str) -> list["_Fields"]:
        return [_Fields(value, f'"{name}"', self.line, self.file) for value in self._list(name)]

    def choice(self, name: str, known: tuple[str, ...]) -> str:
        value = self.text(name)
        if value and value not in known:
            raise self.error(name, f"is {value[:60]!a}: it has to be one of {', '.join(known)}")
        return value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        day = read_date(value)
        if value and not day:
            raise self.error(name, f"is {value[:60]!a}, not a date as 2026-11-20")
        return day

    def number(self, name: str) -> int | None:
        value = self.value.get(name)
        if value is not None and (type(value) is not int or not 0 <= value < 10**9):
            raise self.error(name, "is not a whole number from 0 to 999999999")
        return value

    def error(self, name: str, why: str) -> ReadError:
        where = f'"{name}" in {self.place}' if self.place else f'"{name}"'
        return ReadError(self.file, self.line, f"{where} {why}.")

    def _list(self, name: str) -> list[Any]:
        value = self.value.get(name)
        if value is not None and not isinstance(value, list):
            raise self.error(name, f"is {_kind(value)}, not a list")
        return value or []

    def _text(self, value: object, name: str) -> str:
        if not isinstance(value, str):
            raise self.error(name, f"is {_kind(value)}, not a text")
        return value


def read_question(value: object, number: int, line: int, file: str) -> Item:
    fields = _Fields(value, "", line, file)
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
        links=tuple(Link(title=each.text("title"), url=each.text("url")) for each in fields.objects("links")),
        sources=tuple(_source(each) for each in fields.objects("sources")),
        answers=tuple(_other_answer(each) for each in fields.objects("answers")),
        warnings=tuple(Notice(line=line, text=unknown(name)) for name in fields.value if name not in QUESTION),
    )
    return checked(normal.item(item), file)


def read_set(value: object, line: int, file: str) -> SetItem:
    fields = _Fields(value, '"sets"', line, file)
    found = SetItem(
        title=fields.text("title"),
        line=line,
        id=fields.text("id"),
        description=fields.text("description"),
        questions=fields.texts("questions"),
    )
    return checked_set(normal.question_set(found), file)


def unknown(name: str) -> str:
    return f"{name[:80]!a} is not a name of the format and is left out."


def document_title(value: object, line: int, file: str) -> str:
    title = normal.one_line(_Fields({"title": value}, "", line, file).text("title"))
    check_text("title of the document", title, NAME_LIMIT, file, line)
    return title


def _source(fields: _Fields) -> SourceRef:
    return SourceRef(
        title=fields.text("title"), file=fields.text("file"), number=fields.number("number"), url=fields.text("url")
    )


def _other_answer(fields: _Fields) -> OtherAnswer:
    source = fields.value.get("source")
    ref = None if source is None else _source(_Fields(source, '"source"', fields.line, fields.file))
    return OtherAnswer(short=fields.text("short"), answer=fields.text("answer"), source=ref)


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "null")
