"""The look-ups by which almost every request begins, prepared."""

import json
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.db.models import QuerySet, Subquery

from accounts.models import User
from accounts.prepared import prepared

from .filters import Someone
from .models import Catalogue, Learner, Question

# In the model's order, as from_db wants them.
COLUMNS = ("id", "owner_id", "title", "status", "links", "mistakes", "follow_ups")
LARGEST = 2**63 - 1


def visible_question(user: Someone, pk: int) -> Question:
    """The question with the columns that an answer needs; DoesNotExist where there is none that the user may open."""
    if pk > LARGEST:
        raise Question.DoesNotExist
    if user.is_authenticated:
        roles = sorted(user.roles.items(), key=lambda role: role[1])
        library = user.is_curator or user.is_superuser
        found = _visible(
            pk, user.pk, *(team for team, _ in roles), roles=tuple(role for _, role in roles), library=library
        )
    else:
        found = _visible(pk, roles=None, library=False)
    if not found:
        raise Question.DoesNotExist
    return Question.from_db(connection.alias, COLUMNS, found[0])


@prepared
def _visible(pk: int, user: int = 0, *teams: int, roles: tuple[str, ...] | None, library: bool) -> QuerySet[Any, Any]:
    who: Any = SimpleNamespace(
        pk=user,
        is_authenticated=roles is not None,
        is_curator=library,
        is_superuser=False,
        roles=dict(zip(teams, roles or (), strict=True)),
    )
    return Question.objects.visible_to(who).filter(pk=pk).values_list(*COLUMNS)


def versions(user: Someone) -> tuple[int, Learner | None]:
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
