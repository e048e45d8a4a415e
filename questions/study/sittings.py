"""Beginning a session, taking it up again, ending it."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet, Subquery
from django.utils import timezone

from accounts import rows
from accounts.models import User
from accounts.prepared import prepared
from questions.models import Catalogue, StudySession, StudySettings
from questions.models.catalogue import QuestionQuerySet
from questions.pool import Pool

from . import choosing, interview
from .arriving import OWN, keep, own
from .done import Done
from .queue import Queue

Mode = StudySession.Mode


def open_session(user: User, pk: int | None = None) -> StudySession | None:
    """The learner's session that is under way, or this one of theirs; the user gets their settings and plan, and the
    session, as `catalogue`, the version of the catalogue, all in one query."""
    found = _session(user.pk) if pk is None else _session(user.pk, pk)
    if not found:
        return None
    version, *columns = found[0]
    session, settings, parameters, plan = rows.together(columns, StudySession, *OWN)
    keep(user, settings, parameters, plan)
    session.user, session.catalogue = user, version
    return session


@prepared
def _session(user: int, *pk: int) -> QuerySet[Any, Any]:
    sessions = StudySession.objects.filter(user=user, **({"pk": pk[0]} if pk else {"ended_at__isnull": True}))
    version = Subquery(Catalogue.objects.filter(pk=1).values("version"))
    columns = sessions.values_list(version, *rows.names(StudySession), *own("user__"))
    return columns.order_by("-started_at", "-pk")[:1]


def begin(
    *,
    user: User,
    pool: Pool,
    query: str = "",
    mode: str = Mode.DUE,
    shuffled: bool = False,
    limit: int | None = None,
    minutes: int | None = None,
    now: datetime | None = None,
) -> StudySession:
    """A new session, which ends those under way. `query` is the filter of the pool."""
    now = now or timezone.now()
    StudySession.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now)
    session = StudySession.objects.create(
        user=user, query=query, mode=mode, shuffled=shuffled, limit=limit, minutes=minutes, started_at=now
    )
    session.chosen = _chosen(session, pool.questions(user.pk), StudySettings.of(user), now)
    session.save(update_fields=["chosen"])
    return session


def _chosen(session: StudySession, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> list[int]:
    if session.mode == Mode.CRAM:
        return choosing.cram_ones(session, candidates)
    if session.mode == Mode.WEAK:
        return choosing.weak_ones(session, candidates, settings, now)
    if session.mode == Mode.INTERVIEW:
        return interview.todays(session.user, candidates, settings, now)[: choosing.LONGEST]
    return choosing.new_ones(session, candidates, choosing.new_left(session.user, settings, now))


def end(session: StudySession, *, now: datetime | None = None) -> None:
    if not session.ended_at:
        session.ended_at = now or timezone.now()
        session.save(update_fields=["ended_at"])


def end_if_through(session: StudySession, pool: Pool, *, now: datetime | None = None) -> None:
    """Only where as much was done as waited at the beginning is it worth looking whether anything is left."""
    now, done = now or timezone.now(), Done.of(session)
    if not done.is_full(session) and len(done.over) < session.expected:
        return
    if Queue(session, pool, done, StudySettings.of(session.user), now).next() is None:
        end(session, now=now)


def advance(session: StudySession, pool: Pool, *, now: datetime | None = None) -> tuple[int | None, Done]:
    """The id of the next question, or None where the session is through, and what was done so far."""
    done = Done.of(session)
    queue = Queue(session, pool, done, StudySettings.of(session.user), now or timezone.now())
    return queue.next(), done


def reopen(session: StudySession) -> None:
    """After undo in a session that had ended: it goes on, and the one under way meanwhile ends."""
    if session.ended_at:
        others = StudySession.objects.filter(user=session.user_id, ended_at__isnull=True)
        others.update(ended_at=timezone.now())
        session.ended_at = None
        session.save(update_fields=["ended_at"])
