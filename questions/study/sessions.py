"""Beginning a session, taking it up again, ending it."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet, Subquery
from django.utils import timezone

from accounts import rows
from accounts.models import User
from accounts.prepared import prepared
from questions.catalogue.pool import Pool
from questions.interview import today
from questions.learner.context import OWN, keep, own
from questions.models import Catalogue, Learner, StudySession, StudySettings
from questions.models.visibility import QuestionQuerySet

from . import first_picks
from .options import LONGEST
from .queue import Queue
from .session_log import SessionLog

Mode = StudySession.Mode


def open_session(user: User, pk: int) -> StudySession | None:
    """This session, if it is the learner's; the user gets their settings and plan, and the session, as `catalogue`, the
    version of the catalogue, all in one query."""
    found = _session(pk, user.pk)
    if not found:
        return None
    version, *columns = found[0]
    session, settings, parameters, plan = rows.together(columns, StudySession, *OWN)
    keep(user, settings, parameters, plan)
    session.user, session.catalogue = user, version
    return session


@prepared
def _session(pk: int, user: int) -> QuerySet[Any, Any]:
    version = Subquery(Catalogue.objects.filter(pk=1).values("version"))
    sessions = StudySession.objects.filter(pk=pk, user=user)
    return sessions.values_list(version, *rows.names(StudySession), *own("user__"))


@transaction.atomic
def begin(
    *,
    user: User,
    pool: Pool,
    query: str = "",
    mode: str = Mode.DUE,
    shuffled: bool = False,
    limit: int | None = None,
    minutes: int | None = None,
    more: bool = False,
    timer: bool = True,
    now: datetime | None = None,
) -> StudySession:
    """A new session, which ends those under way. `query` is the filter of the pool."""
    now = now or timezone.now()
    Learner.locked(user)
    StudySession.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now)
    session = StudySession.objects.create(
        user=user,
        query=query,
        mode=mode,
        shuffled=shuffled,
        limit=limit,
        minutes=minutes,
        more=more,
        timer=timer,
        started_at=now,
    )
    session.chosen = _chosen(session, pool.questions(user.pk), StudySettings.of(user), now)
    session.save(update_fields=["chosen"])
    return session


def _chosen(session: StudySession, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> list[int]:
    if session.mode == Mode.CRAM:
        return first_picks.cram_ones(session, candidates)
    if session.mode == Mode.WEAK:
        return first_picks.weak_ones(session, candidates, settings, now)
    if session.mode == Mode.INTERVIEW:
        return today.todays(session.user, candidates, settings, now)[:LONGEST]
    return first_picks.new_ones(session, candidates, first_picks.new_left(session.user, settings, now))


def end(session: StudySession, *, now: datetime | None = None) -> None:
    if not session.ended_at:
        session.ended_at = now or timezone.now()
        session.save(update_fields=["ended_at"])


def advance(session: StudySession, pool: Pool, *, now: datetime | None = None) -> tuple[int | None, SessionLog]:
    """The id of the next question, or None where the session is through, and what was done so far."""
    done = SessionLog.of(session)
    queue = Queue(session, pool, done, StudySettings.of(session.user), now or timezone.now())
    return queue.next(), done


def reopen(session: StudySession) -> None:
    """After undo in a session that had ended: it goes on, and the one under way meanwhile ends."""
    if session.ended_at:
        others = StudySession.objects.filter(user=session.user_id, ended_at__isnull=True)
        others.update(ended_at=timezone.now())
        session.ended_at = None
        session.save(update_fields=["ended_at"])
