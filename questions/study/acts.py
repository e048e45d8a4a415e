"""What a learner does to one question in a session, apart from grading it: skip, bury, master, star.

Each is an Act that undo takes back. Doing it twice is doing it once: the second time gives None.
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts import rows
from accounts.models import User
from questions.models import Act, Learner, Progress, Question, StudySession, StudySettings

from .grading import known

Kind = Act.Kind


def skip(*, user: User, question: Question, session: StudySession, now: datetime | None = None) -> Act | None:
    """Leaves the question out of this session. Its progress is not touched."""
    with transaction.atomic():
        Learner.locked(user)
        kind = Kind.SKIP
        if session.acts.standing().filter(question=question, kind=kind).exists():
            return None
        act = Act(user=user, session=session, question=question, kind=kind, at=now or timezone.now())
        rows.insert(act)
        return act


def bury(
    *, user: User, question: Question, session: StudySession | None = None, now: datetime | None = None
) -> Act | None:
    """Until the learner's next day begins, no session asks it."""
    now = now or timezone.now()
    calendar = StudySettings.of(user).calendar
    return _set(user, question, session, now, Kind.BURY, "buried_until", calendar.end(calendar.day(now)))


def master(
    *, user: User, question: Question, mastered: bool, session: StudySession | None = None, now: datetime | None = None
) -> Act | None:
    """Marks or unmarks. Marking again accepts an answer that changed since."""
    now = now or timezone.now()
    if mastered:
        return _set(user, question, session, now, Kind.MASTER, "mastered_at", now)
    return _set(user, question, session, now, Kind.UNMASTER, "mastered_at", None)


def star(
    *, user: User, question: Question, starred: bool, session: StudySession | None = None, now: datetime | None = None
) -> Act | None:
    kind = Kind.STAR if starred else Kind.UNSTAR
    return _set(user, question, session, now or timezone.now(), kind, "starred", starred)


@transaction.atomic
def _set(
    user: User, question: Question, session: StudySession | None, now: datetime, kind: Kind, column: str, value: Any
) -> Act | None:
    learner = Learner.locked(user)
    progress = known(user.pk, question.pk)[0] or Progress(user=user, question=question)
    before = getattr(progress, column)
    if before == value:
        return None
    setattr(progress, column, value)
    if progress.pk:
        rows.update(progress, [column])
    else:
        rows.insert(progress)
    if kind != Kind.BURY:
        learner.forget()
    stored = before.isoformat() if isinstance(before, datetime) else before
    act = Act(user=user, session=session, question=question, kind=kind, at=now, before={column: stored})
    rows.insert(act)
    return act
