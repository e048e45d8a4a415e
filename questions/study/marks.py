"""What a learner does with a question apart from grading it: skip, bury, master, star, note.

This is the only writer of these columns of Progress. Each change is an Act, in a session or not,
which undo takes back; where nothing changes there is none.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from questions.learner.context import LearnerContext
from questions.models import Act, Learner, Progress, Question, StudySession

from .grading import new_act, progress_of

Kind = Act.Kind


class Mark(NamedTuple):
    """What a learner knows of the question now, and the act that changed it."""

    progress: Progress
    act: Act | None


def skip(
    *,
    user: User,
    question: Question,
    session: StudySession,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Act | None:
    """Leaves the question out of this session. Its progress is not touched."""
    act = new_act(user, question, Kind.SKIP, now or timezone.now(), session, shown_at)
    with transaction.atomic():
        Learner.locked(user)
        if session.acts.standing().filter(question=question, kind=Kind.SKIP).exists():
            return None
        act.save()
    return act


def bury(
    *,
    learner: LearnerContext,
    question: Question,
    session: StudySession | None = None,
    shown_at: datetime | None = None,
) -> Mark:
    """Until the learner's next day begins, no session asks it."""
    act = new_act(learner.user, question, Kind.BURY, learner.now, session, shown_at)
    return _change(act, question, "buried_until", learner.end_of_day)


def master(
    *,
    user: User,
    question: Question,
    mastered: bool,
    session: StudySession | None = None,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Mark:
    """Marks or unmarks. Marking again accepts an answer that changed since."""
    now = now or timezone.now()
    kind = Kind.MASTER if mastered else Kind.UNMASTER
    act = new_act(user, question, kind, now, session, shown_at)
    return _change(act, question, "mastered_at", now if mastered else None)


def star(
    *,
    user: User,
    question: Question,
    starred: bool,
    session: StudySession | None = None,
    now: datetime | None = None,
) -> Mark:
    kind = Kind.STAR if starred else Kind.UNSTAR
    act = new_act(user, question, kind, now or timezone.now(), session)
    return _change(act, question, "starred", starred)


@transaction.atomic
def keep_note(*, user: User, question: Question, note: str) -> None:
    """A note is no act: whoever writes it sees it."""
    Learner.locked(user)
    Progress.objects.update_or_create(user=user, question=question, defaults={"note": note})


@transaction.atomic
def _change(act: Act, question: Question, column: str, value: Any) -> Mark:
    row = Learner.locked(act.user)
    progress = progress_of(act.user, question)
    before = getattr(progress, column)
    if before == value:
        return Mark(progress, None)
    setattr(progress, column, value)
    progress.save(update_fields=[column] if progress.pk else None)
    act.before = {column: before.isoformat() if isinstance(before, datetime) else before}
    act.save()
    row.forget()
    return Mark(progress, act)
