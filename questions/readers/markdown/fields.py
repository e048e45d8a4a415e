"""The names that a question's data list may have, and what stands behind each."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from ..items import DIFFICULTIES, STATUSES, Link, SourceRef
from ..normal import read_date
from .values import read_link, read_source, read_tags


class Field(NamedTuple):
    """`argument` is that of an Item.

    `read` gives its value, in a list where the name may be repeated. ValueError for a value that
    is not known.
    """

    argument: str
    read: Callable[[str], object]


def _read_status(value: str) -> str:
    return _choice("status", value, STATUSES)


def _read_difficulty(value: str) -> str:
    return _choice("difficulty", value, DIFFICULTIES)


def _read_day(value: str) -> date | None:
    day = read_date(value)
    if value and not day:
        raise ValueError(f'"{value[:60]}" is not a date. Write it as 2026-11-20.')
    return day


def _read_wordings(value: str) -> list[str]:
    return [value]


def _read_links(value: str) -> list[Link]:
    if not value:
        return []
    link = read_link(value)
    if not link:
        raise ValueError(f'"{value[:60]}" is not a link. Write it as [Title](https://address).')
    return [link]


def _read_sources(value: str) -> list[SourceRef]:
    return [read_source(value)] if value else []


def _choice(name: str, value: str, choices: tuple[str, ...]) -> str:
    choice = value.lower()
    if value and choice not in choices:
        *others, last = choices
        rule = f"Use {', '.join(others)} or {last}."
        raise ValueError(f'the {name} "{value[:60]}" is not known. {rule}')
    return choice


FIELDS = {
    "id": Field("id", str),
    "status": Field("status", _read_status),
    "difficulty": Field("difficulty", _read_difficulty),
    "tags": Field("tags", read_tags),
    "applies to": Field("applies_to", str),
    "verified": Field("verified_on", _read_day),
    "also asked": Field("wordings", _read_wordings),
    "docs": Field("links", _read_links),
    "source": Field("sources", _read_sources),
}
