"""Beginning a session, taking it up again, ending it."""

from datetime import datetime

from django.db.models import Subquery
from django.utils import timezone

from accounts.models import User
from questions.models import Catalogue, StudySession, StudySettings
from questions.models.catalogue import QuestionQuerySet

from . import choosing, interview
from .done import Done
from .queue import Choice, next_choice

Mode = StudySession.Mode


def open_session(user: User, pk: int | None = None) -> StudySession | None:
    """The learner's session that is under way, or this one of theirs; with the settings, the plan and, as `catalogue`,
    the version of the catalogue, in one query."""
    sessions = StudySession.objects.select_related("user__study_settings__parameters", "user__interview_plan")
    sessions = sessions.annotate(catalogue=Subquery(Catalogue.objects.filter(pk=1).values("version")))
    sessions = sessions.filter(user=user, ended_at__isnull=True) if pk is None else sessions.filter(user=user, pk=pk)
    return sessions.order_by("-started_at", "-pk").first()


def begin(
    *,
    user: User,
    candidates: QuestionQuerySet,
    query: str = "",
    mode: str = Mode.DUE,
    shuffled: bool = False,
    limit: int | None = None,
    minutes: int | None = None,
    now: datetime | None = None,
) -> StudySession:
    """A new session, which ends those under way. `query` is the filter that `candidates` came from."""
    now = now or timezone.now()
    StudySession.objects.filter(user=user, ended_at__isnull=True).update(ended_at=now)
    session = StudySession.objects.create(
        user=user, query=query, mode=mode, shuffled=shuffled, limit=limit, minutes=minutes, started_at=now
    )
    session.chosen = _chosen(session, candidates, StudySettings.of(user), now)
    session.save(update_fields=["chosen"])
    return session


def _chosen(session: StudySession, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> list[int]:
    if session.mode == Mode.CRAM:
        return choosing.cram_ones(session, candidates)
    if session.mode == Mode.WEAK:
        return choosing.weak_ones(session, candidates, settings, now)
    if session.mode == Mode.INTERVIEW:
        return interview.todays(session.user, candidates, settings, now)
    return choosing.new_ones(session, candidates, choosing.new_left(session.user, settings, now))


def is_stale(session: StudySession, settings: StudySettings, now: datetime) -> bool:
    """Begun on another of the learner's days: today has its own limits and choices, so a new one should begin."""
    return settings.calendar.day(session.started_at) != settings.calendar.day(now)


def end(session: StudySession, *, now: datetime | None = None) -> None:
    session.ended_at = now or timezone.now()
    session.save(update_fields=["ended_at"])


def advance(
    session: StudySession, candidates: QuestionQuerySet, *, now: datetime | None = None
) -> tuple[Choice | None, Done]:
    """The next question, or None where the session is through, and what was done so far."""
    now = now or timezone.now()
    done = Done.of(session)
    return next_choice(session, candidates, done, StudySettings.of(session.user), now), done


def reopen(session: StudySession) -> None:
    """After undo in a session that had ended: it goes on, and the one under way meanwhile ends."""
    if session.ended_at:
        others = StudySession.objects.filter(user=session.user_id, ended_at__isnull=True)
        others.update(ended_at=timezone.now())
        session.ended_at = None
        session.save(update_fields=["ended_at"])
