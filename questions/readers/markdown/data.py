"""The data list right below a question's heading: `- name: value`, one a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import dropwhile, takewhile
from typing import Any, NamedTuple

from ..items import Notice, ReadError
from ..text import Line, texts_of
from .fields import FIELDS

_ENTRY = re.compile(r"[-*+][ \t]+(\w[\w -]{0,39}):(?:[ \t]+(.*))?")
_BULLET = re.compile(r"[-*+][ \t]")
_IN_LIST = re.compile(r"[-*+][ \t]|(?:  |\t)[ \t]*\S")


class NamedValue(NamedTuple):
    """What a line of the list says. The name is in lower case, and empty where it has none."""

    name: str
    value: str


class Entry(NamedTuple):
    """An entry of the list, on one line, and what it says."""

    line: int
    text: str
    named_value: NamedValue


@dataclass(slots=True)
class Data:
    """`values` are arguments of an Item.

    `rest` is what comes after the list, led by the entries that are no data.
    """

    values: dict[str, Any] = field(default_factory=dict)
    rest: list[Line] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def take(self, entry: Entry, file: str) -> None:
        name, value = entry.named_value
        if name not in FIELDS:
            self.keep(entry)
            return
        try:
            self.add(name, value)
        except ValueError as error:
            why = f"{error} A list that is no data needs a line of text before it."
            raise ReadError(file, entry.line, why) from None

    def add(self, name: str, value: str) -> None:
        argument, read = FIELDS[name]
        argument_value = read(value)
        if isinstance(argument_value, list):
            self.values.setdefault(argument, []).extend(argument_value)
        elif argument in self.values:
            raise ValueError(f'"{name}" stands here a second time.')
        else:
            self.values[argument] = argument_value

    def keep(self, entry: Entry) -> None:
        self.rest.append(Line(entry.line, entry.text))
        why = f'"{entry.text[:80]}" is kept as text: known names are {", ".join(FIELDS)}.'
        self.notices.append(Notice(line=entry.line, text=why))

    def add_rest(self, lines: Sequence[Line]) -> None:
        """Adds what stands below the list, apart from the entries that are no data."""
        if self.rest and lines and not lines[0].is_blank:
            self.rest.append(Line(lines[0].number, ""))
        self.rest += lines


def named_value(line: str) -> NamedValue:
    match = _ENTRY.fullmatch(line)
    if not match:
        return NamedValue("", "")
    name, value = match.groups("")
    return NamedValue(name.lower(), value.strip())


def is_data(line: str) -> bool:
    return named_value(line).name in FIELDS


def read_data(lines: Sequence[Line], file: str) -> Data | None:
    """None where the lines do not begin with a data list.

    Each entry of such a list has a name, and one at least a known name.
    """
    list_lines = _list_lines(lines)
    entries = _entries(list_lines)
    if not _are_data(entries):
        return None
    data = Data()
    for entry in entries:
        data.take(entry, file)
    data.add_rest([line for line in lines if line.number > list_lines[-1].number])
    return data


def _are_data(entries: Sequence[Entry]) -> bool:
    names = {entry.named_value.name for entry in entries}
    return "" not in names and not names.isdisjoint(FIELDS)


def _list_lines(lines: Sequence[Line]) -> list[Line]:
    """The list with which the lines begin; none where they begin with something else."""
    text = dropwhile(lambda line: line.is_blank, lines)
    list_lines = list(takewhile(lambda line: _IN_LIST.match(line.text), text))
    if list_lines and _BULLET.match(list_lines[0].text):
        return list_lines
    return []


def _entries(list_lines: Sequence[Line]) -> list[Entry]:
    groups: list[list[Line]] = []
    for line in list_lines:
        if _BULLET.match(line.text):
            groups.append([line])
        else:
            groups[-1].append(line)
    return list(map(_entry, groups))


def _entry(lines: Sequence[Line]) -> Entry:
    first, *others = lines
    text = " ".join([first.text, *map(str.strip, texts_of(others))])
    return Entry(first.number, text, named_value(text))
