"""The look-ups by which almost every request begins, prepared."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS
from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from accounts import rows
from accounts.models import User
from accounts.prepared import prepared
from questions.models import Catalogue, KeyPoint, Learner, Progress, Question, TaggedQuestion
from questions.models.reviews import next_number

from .filters import Filter, Viewer, somebody
from .selection import Selection, everything

# In the model's order, as from_db wants them.
COLUMNS = ("id", "owner_id", "title", "status", "links", "mistakes", "follow_ups")
LARGEST = 2**63 - 1

Roles = tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question as its page shows it to one reader, and the version of the catalogue it is from.

    `number` is that of the review which a grade would create.
    """

    question: Question
    progress: Progress | None
    number: int
    tags: list[str]
    points: int
    version: int


def visible_question(user: Viewer, pk: int) -> Question:
    """The question with the columns that an answer needs; DoesNotExist where there is none that the user may open."""
    return Question.from_db(DEFAULT_DB_ALIAS, COLUMNS, _found(_visible, user, pk)[0])


def question_page(user: Viewer, pk: int) -> QuestionPage:
    """The whole question and what belongs to it, in one query; DoesNotExist as before."""
    found = _found(_opened, user, pk)
    question, mine = len(rows.names(Question)), len(rows.names(Progress))
    row = found[0]
    return QuestionPage(
        question=rows.instance(Question, row[:question]),
        progress=rows.related(Progress, row[question : question + mine]),
        tags=[each[-1] for each in found if each[-1] is not None],
        number=row[-4],
        points=row[-3],
        version=row[-2],
    )


def _found(look_up: Any, user: Viewer, pk: int) -> list[tuple[Any, ...]]:
    if pk > LARGEST:
        raise Question.DoesNotExist
    ids, shape = shape_of(user)
    if found := look_up(pk, *ids, **shape):
        return found
    raise Question.DoesNotExist


def shape_of(user: Viewer) -> tuple[list[int], dict[str, Any]]:
    """Whose look-up it is: the ids in it, and what decides how it is built."""
    if not user.is_authenticated:
        return [0], {"roles": None, "library": False}
    roles = sorted(user.roles.items(), key=lambda role: role[1])
    shape = {"roles": tuple(role for _, role in roles), "library": user.is_curator or user.is_superuser}
    return [user.pk, *(team for team, _ in roles)], shape


def _who(ids: Sequence[int], *, roles: Roles, library: bool) -> Any:
    """The same the other way round: a user as visible_to wants one."""
    teams = None if roles is None else dict(zip(ids[1:], roles, strict=True))
    return somebody(ids[0], teams, curates=library)


@prepared
def _visible(pk: int, *ids: int, roles: Roles, library: bool) -> QuerySet[Any, Any]:
    return Question.objects.visible_to(_who(ids, roles=roles, library=library)).filter(pk=pk).values_list(*COLUMNS)


@prepared
def _opened(pk: int, *ids: int, roles: Roles, library: bool) -> QuerySet[Any, Any]:
    """A row for each tag, in the order in which they were given."""
    points = KeyPoint.objects.filter(question=OuterRef("pk")).order_by().values("question")
    counted = Coalesce(Subquery(points.annotate(count=Count("pk")).values("count")), 0)
    version = Coalesce(Subquery(Catalogue.objects.filter(pk=1).values("version")), Value(0))
    found = Question.objects.visible_to(_who(ids, roles=roles, library=library)).filter(pk=pk).order_by("tagged__pk")
    found = found.annotate(  # type: ignore[assignment]
        mine=FilteredRelation("progress", condition=Q(progress__user=ids[0]))
    )
    columns = (*rows.names(Question), *rows.names(Progress, "mine__"))
    return found.values_list(*columns, next_number(OuterRef("mine__pk")), counted, version, "tagged__tag__name")


def neighbours(selection: Selection, question: Question) -> tuple[int | None, int | None]:
    """The numbers of the questions before and after one in the list; prepared for the list of everything."""
    if selection.chosen != Filter():
        return selection.neighbours(question)
    ids, shape = shape_of(selection.user)
    found = _neighbours(question.pk, *ids, **shape)
    return found[0] if found else (None, None)


@prepared
def _neighbours(pk: int, *ids: int, roles: Roles, library: bool) -> QuerySet[Any, Any]:
    return everything(_who(ids, roles=roles, library=library)).around(Question(pk=pk))


def versions(user: Viewer) -> tuple[int, Learner | None]:
    """That of the catalogue, and the learner with theirs."""
    if not user.is_authenticated:
        return Catalogue.current(), None
    found = _versions(user.pk)
    return _read(user, found[0]) if found else (0, Learner(user=user))


def locked_versions(user: User) -> tuple[int, Learner]:
    """To the end of the transaction, whoever changes this learner's progress meanwhile waits."""
    found = _locked_versions(user.pk)
    if not found:
        Learner.locked(user)
        found = _locked_versions(user.pk)
    return _read(user, found[0])


def _read(user: User, row: tuple[Any, ...]) -> tuple[int, Learner]:
    catalogue, version, tallies = row
    return catalogue or 0, Learner(user=user, version=version or 0, tallies=decoded(tallies))


def decoded(tallies: Any) -> dict[str, list[int]]:
    """As a database may hand JSON over: text, or read already; nothing where there is no row."""
    return json.loads(tallies) if isinstance(tallies, str) else tallies or {}


@prepared
def _versions(user: int) -> QuerySet[Any, Any]:
    learner = Learner.objects.filter(pk=user)
    return Catalogue.objects.filter(pk=1).values_list(
        "version", Subquery(learner.values("version")), Subquery(learner.values("tallies"))
    )


@prepared
def _locked_versions(user: int) -> QuerySet[Any, Any]:
    catalogue = Subquery(Catalogue.objects.filter(pk=1).values("version"))
    return Learner.objects.select_for_update().filter(pk=user).values_list(catalogue, "version", "tallies")


def tags_of(questions: Iterable[int]) -> dict[int, frozenset[int]]:
    """The ids of the tags by question, in one query."""
    tags: dict[int, set[int]] = {}
    tagged = TaggedQuestion.objects.filter(content_object__in=list(questions)).values_list("content_object", "tag")
    for question, tag in tagged:
        tags.setdefault(question, set()).add(tag)
    return {question: frozenset(found) for question, found in tags.items()}
