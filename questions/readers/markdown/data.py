"""The data list right below a question's heading: `- name: value`, one a line."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ..items import DIFFICULTIES, STATUSES, Link, Notice, ReadError
from ..normal import read_date
from .values import read_link, read_source, read_tags

# Name in the list -> field of an Item.
FIELDS = {
    "id": "id",
    "status": "status",
    "difficulty": "difficulty",
    "tags": "tags",
    "applies to": "applies_to",
    "verified": "verified_on",
    "also asked": "wordings",
    "docs": "links",
    "source": "sources",
}

_ENTRY = re.compile(r"[-*+][ \t]+(\w[\w -]{0,39}):(?:[ \t]+(.*))?")
_BULLET = re.compile(r"[-*+][ \t]")
_IN_LIST = re.compile(r"[-*+][ \t]|(?:  |\t)[ \t]*\S")

# Number in the document, level as a heading, text.
Line = tuple[int, int, str]


@dataclass(slots=True)
class Data:
    """`values` are arguments of an Item; `rest` is what comes after the list, led by the entries that are no data."""

    values: dict[str, Any] = field(default_factory=dict)
    rest: list[Line] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def take(self, line: Line, file: str) -> None:
        name, value = named(line[2]) or ("", "")
        if name not in FIELDS:
            self.keep(line)
            return
        try:
            self.add(name, _argument(name, value))
        except ValueError as error:
            raise ReadError(file, line[0], f"{error} A list that is no data needs a line of text before it.") from None

    def add(self, name: str, value: object) -> None:
        key = FIELDS[name]
        if isinstance(value, list):
            self.values.setdefault(key, []).extend(value)
        elif key in self.values:
            raise ValueError(f'"{name}" stands here a second time.')
        else:
            self.values[key] = value

    def keep(self, line: Line) -> None:
        self.rest.append(line)
        known = ", ".join(FIELDS)
        self.notices.append(Notice(line=line[0], text=f'"{line[2][:80]}" is kept as text: known names are {known}.'))


def named(line: str) -> tuple[str, str] | None:
    """Name, in lower case, and value of a line that is written as data, else None."""
    match = _ENTRY.fullmatch(line)
    return (match[1].lower(), (match[2] or "").strip()) if match else None


def is_data(line: str) -> bool:
    found = named(line)
    return found is not None and found[0] in FIELDS


def read_data(lines: list[Line], file: str) -> Data | None:
    """None where the lines do not begin with a list of which each entry has a name, and one at least a known name."""
    start = next((at for at, line in enumerate(lines) if line[2].strip()), len(lines))
    end = _end_of_list(lines, start)
    entries = _joined(lines[start:end])
    names = {found[0] if (found := named(text)) else "" for _, _, text in entries}
    if "" in names or not names & FIELDS.keys():
        return None
    data = Data()
    for entry in entries:
        data.take(entry, file)
    if data.rest and lines[end:] and lines[end][2].strip():
        data.rest.append((entries[-1][0], 0, ""))
    data.rest += lines[end:]
    return data


def _end_of_list(lines: list[Line], start: int) -> int:
    if start == len(lines) or not _BULLET.match(lines[start][2]):
        return start
    rest = enumerate(lines[start:], start)
    return next((at for at, line in rest if not _IN_LIST.match(line[2])), len(lines))


def _joined(lines: list[Line]) -> list[Line]:
    """The entries of a list, each on one line."""
    entries: list[tuple[int, list[str]]] = []
    for number, _, text in lines:
        if _BULLET.match(text):
            entries.append((number, [text]))
        else:
            entries[-1][1].append(text.strip())
    return [(number, 0, " ".join(parts)) for number, parts in entries]


def _argument(name: str, value: str) -> object:
    """What a data line says, in a list where the name may be repeated. ValueError for a value that is not known."""
    match name:
        case "status":
            return _known(name, value, STATUSES)
        case "difficulty":
            return _known(name, value, DIFFICULTIES)
        case "verified":
            return _day(value)
        case "tags":
            return read_tags(value)
        case "also asked":
            return [value]
        case "docs":
            return [_link(value)] if value else []
        case "source":
            return [read_source(value)] if value else []
    return value


def _known(name: str, value: str, known: tuple[str, ...]) -> str:
    if value.lower() not in ("", *known):
        raise ValueError(f'the {name} "{value[:60]}" is not known. Use {", ".join(known[:-1])} or {known[-1]}.')
    return value.lower()


def _day(value: str) -> date | None:
    day = read_date(value)
    if value and not day:
        raise ValueError(f'"{value[:60]}" is not a date. Write it as 2026-11-20.')
    return day


def _link(value: str) -> Link:
    link = read_link(value)
    if not link:
        raise ValueError(f'"{value[:60]}" is not a link. Write it as [Title](https://address).')
    return link
