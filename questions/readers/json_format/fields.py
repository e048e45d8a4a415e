"""The members of a JSON object, each by name and kind, so that an error names the member."""

from datetime import date
from typing import Any, TypeVar

from ..items import ReadError
from ..normal import read_date

KINDS = {
    str: "a text",
    bool: "a truth value",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
}
NUMBER_LIMIT = 10**9

Kind = TypeVar("Kind")


class Fields:
    """Each method gives a member, empty where it is missing or null, or raises ReadError.

    `place` is the object's name in the document, empty for a question's own.
    """

    def __init__(self, value: object, place: str, line: int, file: str) -> None:
        self.place, self.line, self.file = place, line, file
        if not isinstance(value, dict):
            name = place or "a question"
            raise ReadError(file, line, f"{name} is {_kind_of(value)}, not an object.")
        self.value: dict[str, Any] = value

    def text(self, name: str) -> str:
        value = self.value.get(name)
        return "" if value is None else self._required(value, str, name)

    def texts(self, name: str) -> tuple[str, ...]:
        return tuple(self._required(value, str, name) for value in self._list(name))

    def fields_of(self, name: str) -> "Fields | None":
        value = self.value.get(name)
        return None if value is None else self._fields(value, name)

    def fields_of_each(self, name: str) -> list["Fields"]:
        return [self._fields(value, name) for value in self._list(name)]

    def choice(self, name: str, choices: tuple[str, ...]) -> str:
        value = self.text(name)
        if value and value not in choices:
            rule = f"it has to be one of {', '.join(choices)}"
            raise self.error(name, f"is {value[:60]!a}: {rule}")
        return value

    def day(self, name: str) -> date | None:
        value = self.text(name)
        day = read_date(value)
        if value and not day:
            raise self.error(name, f"is {value[:60]!a}, not a date as 2026-11-20")
        return day

    def number(self, name: str) -> int | None:
        value = self.value.get(name)
        if value is None or _is_number(value):
            return value
        raise self.error(name, f"is not a whole number from 0 to {NUMBER_LIMIT - 1}")

    def error(self, name: str, why: str) -> ReadError:
        where = f'"{name}" in {self.place}' if self.place else f'"{name}"'
        return ReadError(self.file, self.line, f"{where} {why}.")

    def _fields(self, value: object, name: str) -> "Fields":
        return Fields(value, f'"{name}"', self.line, self.file)

    def _list(self, name: str) -> list[Any]:
        value = self.value.get(name)
        return [] if value is None else self._required(value, list, name)

    def _required(self, value: object, kind: type[Kind], name: str) -> Kind:
        if not isinstance(value, kind):
            raise self.error(name, f"is {_kind_of(value)}, not {KINDS[kind]}")
        return value


def _is_number(value: object) -> bool:
    # A truth value is an int, too.
    return type(value) is int and 0 <= value < NUMBER_LIMIT


def _kind_of(value: object) -> str:
    return KINDS.get(type(value), "null")
