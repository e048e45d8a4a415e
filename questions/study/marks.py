"""What a learner writes about a question: mastered, starred, a note."""

from dataclasses import dataclass, replace
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, FilteredRelation, Q, QuerySet, Value, When
from django.utils import timezone

from accounts.models import User
from accounts.prepared import prepared
from questions.models import Learner, Progress, Question

# A mark is what learners do most. Written by hand, its statement costs a third of what the ORM takes to build it.
MARK = (
    "INSERT INTO questions_progress (user_id, question_id, note, starred, mastered_at) VALUES (%s, %s, '', %s, %s) "
    "ON CONFLICT (user_id, question_id) DO UPDATE SET "
)
UPSERTS = {name: f"{MARK}{name} = excluded.{name}" for name in ("mastered_at", "starred")}


@dataclass(frozen=True, slots=True)
class Marks:
    """0 or 1 each. `changed`: the answer did since the question was mastered."""

    mastered: int = 0
    starred: int = 0
    reviewed: int = 0
    changed: int = 0


def master(learner: Learner, question: Question, *, mastered: bool) -> tuple[Marks, Marks]:
    """Marks or unmarks. Marking again accepts an answer that changed since."""
    return change(learner, question, "mastered_at", {"mastered": int(mastered), "changed": 0})


def star(learner: Learner, question: Question, *, starred: bool) -> tuple[Marks, Marks]:
    return change(learner, question, "starred", {"starred": int(starred)})


@transaction.atomic
def keep_note(learner: User, question: Question, *, note: str) -> None:
    """A note is in no tally, but the row is nobody else's meanwhile."""
    Learner.locked(learner)
    Progress.objects.update_or_create(user=learner, question_id=question.pk, defaults={"note": note})


def change(learner: Learner, question: Question, column: str, marks: dict[str, int]) -> tuple[Marks, Marks]:
    """Writes these marks, which one column says; returns all marks before and after. The learner has been locked."""
    before = Marks(*_marks(question.pk, learner.pk)[0])
    after = replace(before, **marks)
    mastered_at = connection.ops.adapt_datetimefield_value(timezone.now()) if after.mastered else None
    with connection.cursor() as cursor:
        cursor.execute(UPSERTS[column], [learner.pk, question.pk, after.starred == 1, mastered_at])
    learner.forget()
    return before, after


@prepared
def _marks(pk: int, user: int) -> QuerySet[Any, Any]:
    mine = FilteredRelation("progress", condition=Q(progress__user=user))
    conditions = (
        Q(mine__mastered_at__isnull=False),
        Q(mine__starred=True),
        Q(mine__last_review__isnull=False),
        Q(mine__mastered_at__lt=F("answer_changed_at")),
    )
    columns = [Case(When(condition, then=Value(1)), default=Value(0)) for condition in conditions]
    return Question.objects.filter(pk=pk).annotate(mine=mine).values_list(*columns)
