"""What the address of a list says: which questions, in which order."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from accounts.models import User
from questions.models import Question

from . import search

QUERY_LIMIT = 200
TAGS_LIMIT = 10

Viewer = User | AnonymousUser


def somebody(pk: int, roles: Mapping[int, str] | None, *, curates: bool = False) -> Any:
    """Stands for whoever has these roles while queries are prepared; without roles, for a visitor."""
    who = {"is_authenticated": roles is not None, "is_curator": curates, "is_superuser": False}
    return SimpleNamespace(pk=pk, roles=roles or {}, **who)


DIFFICULTIES = {choice.name.lower(): choice.value for choice in Question.Difficulty}
PROGRESS = {"new": "New", "mastered": "Mastered", "starred": "Starred", "changed": "Changed since mastered"}
# The column, whether it descends, and whether it may be empty; empty comes last. Ties go by number the same way.
SORTS = {
    "order": ("pk", False, False),
    "title": ("title", False, False),
    "easy": ("difficulty", False, True),
    "hard": ("difficulty", True, True),
    "changed": ("answer_changed_at", True, False),
}


@cache
def list_path() -> str:
    return reverse("questions:list")


@dataclass(frozen=True, slots=True)
class Filter:
    """What the address says. An empty `sort` is what one expects: by relevance when searching, else in order."""

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
        pairs = (("q", self.q), *(("tag", tag) for tag in self.tags), ("difficulty", self.difficulty),
                 ("progress", self.progress), ("source", self.source), ("set", self.set), ("sort", self.sort),
                 ("status", self.status))  # fmt: skip
        return [(name, value) for name, value in pairs if value]

    def query(self) -> str:
        """The part of an address behind the question mark; empty for everything in the usual order."""
        return urlencode(self.pairs())

    def address(self, **changes: Any) -> str:
        query = replace(self, **changes).query()
        return f"{list_path()}{'?' if query else ''}{query}"

    @property
    def shared(self) -> "Filter":
        """Without what is a learner's own or only an order: what counts are remembered under."""
        return replace(self, progress="", sort="")

    @property
    def by_relevance(self) -> bool:
        return bool(search.terms(self.q)) and self.sort in {"", "relevance"}


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """What somebody can choose: tag slug -> (id, name), source id -> title, set name -> (id, title, description)."""

    tags: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    sets: Mapping[str, tuple[int, str, str]] = field(default_factory=dict)


def read_filter(params: Any, user: Viewer, filter_choices: FilterChoices) -> Filter:
    """The filter of an address (a QueryDict). Values that are unknown, or not for this user, are ignored."""

    def one_of(name: str, known: Any) -> str:
        return value if (value := params.get(name, "")) in known else ""

    q = " ".join(params.get("q", "").replace("\0", "").split())[:QUERY_LIMIT]
    return Filter(
        q=q,
        tags=tuple(tag for tag in dict.fromkeys(params.getlist("tag")) if tag in filter_choices.tags)[:TAGS_LIMIT],
        difficulty=one_of("difficulty", DIFFICULTIES),
        progress=one_of("progress", PROGRESS) if user.is_authenticated else "",
        source=number if (number := whole(params.get("source", ""))) in filter_choices.sources else None,
        set=one_of("set", filter_choices.sets),
        sort=one_of("sort", [*SORTS, "relevance"] if search.terms(q) else [*SORTS][1:]),
        status=one_of("status", Question.Status.values) if curates(user) else "",
    )


def whole(value: str) -> int | None:
    """A number from an address, of a size that a database takes."""
    return int(value) if value.isascii() and value.isdigit() and len(value) < 16 else None


def curates(user: Viewer) -> bool:
    if not user.is_authenticated:
        return False
    return user.is_curator or user.is_superuser or not {"owner", "curator"}.isdisjoint(user.roles.values())
