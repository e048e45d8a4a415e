"""Deleting an account with all that belongs to it."""

from dataclasses import dataclass
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import CharField, Count, QuerySet, Value

from accounts.models import Membership, User
from questions.models import Act, Answer, Flag, PendingUpload, Progress, Review, StudySession


class LastAdministratorError(Exception):
    """Without this account nobody could manage the others."""


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much of what is somebody's; `answers` are those they wrote, which stay."""

    progress: int
    notes: int
    mastered: int
    reviews: int
    sessions: int
    acts: int
    flags: int
    teams: int
    uploads: int
    answers: int
    leaderless: list[str]


def belongings(user: User) -> Belongings:
    """In two queries."""
    progress = Progress.objects.filter(user=user)
    counts = _counts(
        progress=progress,
        notes=progress.exclude(note=""),
        mastered=progress.mastered(),
        reviews=Review.objects.filter(user=user),
        sessions=StudySession.objects.filter(user=user),
        acts=Act.objects.filter(user=user),
        flags=Flag.objects.filter(user=user),
        teams=Membership.objects.filter(user=user),
        uploads=PendingUpload.objects.filter(user=user),
        answers=Answer.objects.filter(author=user),
    )
    owners = Membership.objects.filter(role=Membership.Role.OWNER)
    led_by_others = owners.exclude(user=user).values("team")
    leaderless = owners.filter(user=user).exclude(team__in=led_by_others)
    names = leaderless.values_list("team__name", flat=True)
    return Belongings(**counts, leaderless=sorted(names))


def _counts(**rows: QuerySet[Any]) -> dict[str, int]:
    """How many rows each has, in one query."""
    counted = []
    for name, of_name in rows.items():
        named = of_name.order_by().annotate(counted=Value(name, CharField()))
        counted.append(named.values_list("counted").annotate(Count("pk")))
    return dict.fromkeys(rows, 0) | dict(counted[0].union(*counted[1:], all=True))


def is_last_administrator(user: User) -> bool:
    """Nobody else could manage people."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


@transaction.atomic
def delete_account(user: User) -> None:
    """All that is somebody's goes. What they wrote as a curator stays, without their name."""
    # Of two last administrators who leave at once, one waits here for the other.
    administrators = User.objects.select_for_update().filter(is_superuser=True)
    list(administrators.order_by("pk").values_list("pk"))
    if is_last_administrator(user):
        raise LastAdministratorError
    for session in UserSession.objects.filter(user=user):
        session.end()
    people = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=people, object_id=str(user.pk)).delete()
    user.delete()
