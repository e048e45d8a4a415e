"""What the address of a list says: which questions, in which order."""

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from questions.models import Question
from questions.models.visibility import Viewer, curates

from . import search
from .choices import FilterChoices
from .ordering import SORTS

QUERY_LIMIT = 200
TAGS_LIMIT = 10
# Of more digits than any row's.
NUMBER = re.compile(r"[0-9]{1,15}")

DIFFICULTIES = {choice.name.lower(): choice.value for choice in Question.Difficulty}
PROGRESS = {
    "new": "New",
    "mastered": "Mastered",
    "starred": "Starred",
    "changed": "Changed since mastered",
}


# Of a filter, in the order of the address.
SINGLE_FIELDS = ("difficulty", "progress", "source", "set", "sort", "status")


@cache
def list_path() -> str:
    return reverse("questions:list")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address says.

    An empty `sort` is what one expects: by relevance when searching, else in order.
    """

    q: str = ""
    tags: tuple[str, ...] = ()
    difficulty: str = ""
    progress: str = ""
    source: int | None = None
    set: str = ""
    sort: str = ""
    status: str = ""

    def __bool__(self) -> bool:
        return self != Filter(sort=self.sort)

    def pairs(self) -> list[tuple[str, Any]]:
        """The names and values of the address."""
        pairs: list[tuple[str, Any]] = [("q", self.q)]
        pairs += [("tag", tag) for tag in self.tags]
        pairs += [(name, getattr(self, name)) for name in SINGLE_FIELDS]
        return [(name, value) for name, value in pairs if value]

    def query(self) -> str:
        """The part of an address behind the question mark.

        Empty for everything in the usual order.
        """
        return urlencode(self.pairs())

    def address(self, **changes: Any) -> str:
        query = replace(self, **changes).query()
        return f"{list_path()}?{query}" if query else list_path()

    @property
    def shared(self) -> "Filter":
        """Without what is a learner's own or only an order: what counts are remembered under."""
        return replace(self, progress="", sort="")

    @property
    def by_relevance(self) -> bool:
        return bool(search.terms(self.q)) and self.sort in {"", "relevance"}


def read_filter(params: Any, user: Viewer, filter_choices: FilterChoices) -> Filter:
    """The filter of an address (a QueryDict).

    Values that are unknown, or not for this user, are ignored.
    """
    q = " ".join(params.get("q", "").replace("\0", "").split())[:QUERY_LIMIT]
    tags = [tag for tag in dict.fromkeys(params.getlist("tag")) if tag in filter_choices.tags]
    source = whole(params.get("source", ""))
    own_marks = PROGRESS if user.is_authenticated else {}
    statuses = Question.Status.values if curates(user) else []
    return Filter(
        q=q,
        tags=tuple(tags[:TAGS_LIMIT]),
        difficulty=known_value(params, "difficulty", DIFFICULTIES),
        progress=known_value(params, "progress", own_marks),
        source=source if source in filter_choices.sources else None,
        set=known_value(params, "set", filter_choices.sets),
        sort=known_value(params, "sort", sorts_of(q)),
        status=known_value(params, "status", statuses),
    )


def known_value(params: Any, name: str, known: Container[str]) -> str:
    value = params.get(name, "")
    return value if value in known else ""


def sorts_of(query: str) -> list[str]:
    """What an address may name: never the order that a list has without it."""
    if search.terms(query):
        return [*SORTS, "relevance"]
    return [name for name in SORTS if name != "order"]


def whole(value: str) -> int | None:
    """A number from an address, of a size that a database takes."""
    return int(value) if NUMBER.fullmatch(value) else None


def page_number(params: Any) -> int:
    """The page that an address asks for, from 1 on."""
    return max(1, whole(params.get("page", "")) or 1)
