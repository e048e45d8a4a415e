"""What a learner does with a question apart from grading it: skip, bury, master, star, note.

Nothing else marks, stars or buries. Each change is an Act, in a session or not, which `undo.py`
takes back; where nothing changes there is none. `reset.py` makes many questions new in one act.
"""

from datetime import datetime
from typing import Any, NamedTuple

from django.db import transaction

from accounts.models import User
from questions.models import Act, Learner, Progress, Question

from .grading import progress_of
from .occasion import Occasion

Kind = Act.Kind


class Mark(NamedTuple):
    """What a learner knows of the question now, and the act that changed it."""

    progress: Progress
    act: Act | None


@transaction.atomic
def skip(occasion: Occasion) -> Act | None:
    """Leaves the question out of this session. Its progress is not touched."""
    Learner.locked(occasion.user)
    skipped = Act.objects.standing().filter(session=occasion.session, kind=Kind.SKIP)
    if skipped.filter(question=occasion.question).exists():
        return None
    act = occasion.act(Kind.SKIP)
    act.save()
    return act


def bury(occasion: Occasion, until: datetime) -> Mark:
    """No session asks the question before."""
    return _change(occasion, Kind.BURY, "buried_until", until)


def master(occasion: Occasion, *, mastered: bool) -> Mark:
    """Marks or unmarks. Marking again accepts an answer that changed since."""
    if mastered:
        return _change(occasion, Kind.MASTER, "mastered_at", occasion.now)
    return _change(occasion, Kind.UNMASTER, "mastered_at", None)


def star(occasion: Occasion, *, starred: bool) -> Mark:
    return _change(occasion, Kind.STAR if starred else Kind.UNSTAR, "starred", starred)


@transaction.atomic
def keep_note(*, user: User, question: Question, note: str) -> None:
    """A note is no act: whoever writes it sees it."""
    Learner.locked(user)
    Progress.objects.update_or_create(user=user, question=question, defaults={"note": note})


@transaction.atomic
def _change(occasion: Occasion, kind: str, column: str, value: Any) -> Mark:
    row = Learner.locked(occasion.user)
    progress = progress_of(occasion.user, occasion.question)
    before = getattr(progress, column)
    if before == value:
        return Mark(progress, None)
    setattr(progress, column, value)
    progress.save()
    act = occasion.act(kind)
    act.before = {column: before.isoformat() if isinstance(before, datetime) else before}
    act.save()
    row.forget()
    return Mark(progress, act)
