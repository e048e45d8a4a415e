"""What a learner does to one question in a session, apart from grading it: skip, bury, master, star.

Each is an Act that undo takes back. Where nothing changes there is none; marking as mastered again does change
something: it accepts an answer that changed since.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import rows
from accounts.models import User
from questions.models import Act, Learner, Progress, Question, StudySession, StudySettings

from .grading import known, seconds_between

Kind = Act.Kind


def skip(
    *,
    user: User,
    question: Question,
    session: StudySession,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Act | None:
    """Leaves the question out of this session. Its progress is not touched."""
    now = now or timezone.now()
    with transaction.atomic():
        Learner.locked(user)
        kind = Kind.SKIP
        if session.acts.standing().filter(question=question, kind=kind).exists():
            return None
        act = Act(user=user, session=session, question=question, kind=kind, at=now)
        act.seconds = seconds_between(shown_at, now)
        rows.insert(act)
        return act


def bury(
    *,
    user: User,
    question: Question,
    session: StudySession | None = None,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Act | None:
    """Until the learner's next day begins, no session asks it."""
    now = now or timezone.now()
    calendar = StudySettings.of(user).calendar
    act = Act(user=user, question=question, session=session, kind=Kind.BURY, at=now)
    act.seconds = seconds_between(shown_at, now)
    return _set(act, "buried_until", calendar.end(calendar.day(now)))


def master(
    *,
    user: User,
    question: Question,
    mastered: bool,
    session: StudySession | None = None,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Act | None:
    """Marks or unmarks."""
    now = now or timezone.now()
    kind = Kind.MASTER if mastered else Kind.UNMASTER
    act = Act(user=user, question=question, session=session, kind=kind, at=now)
    act.seconds = seconds_between(shown_at, now)
    return _set(act, "mastered_at", now if mastered else None)


def star(
    *, user: User, question: Question, starred: bool, session: StudySession | None = None, now: datetime | None = None
) -> Act | None:
    kind = Kind.STAR if starred else Kind.UNSTAR
    act = Act(user=user, question=question, session=session, kind=kind, at=now or timezone.now())
    return _set(act, "starred", starred)


@transaction.atomic
def _set(act: Act, column: str, value: Any) -> Act | None:
    learner = Learner.locked(act.user)
    progress = known(act.user_id, act.question_id or 0)[0] or Progress(user=act.user, question=act.question)
    before = getattr(progress, column)
    if before == value:
        return None
    setattr(progress, column, value)
    if progress.pk:
        rows.update(progress, [column])
    else:
        rows.insert(progress)
    if act.kind != Kind.BURY:
        learner.forget()
    act.before = {column: before.isoformat() if isinstance(before, datetime) else before}
    rows.insert(act)
    return act
