"""Beginning again: with one question, a set, or everything."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import User
from questions.models import Act, Learner, Progress, Review
from questions.models.progress import MEMORY, ProgressQuerySet
from questions.models.visibility import QuestionQuerySet
from questions.rendering.words import counted
from questions.scheduling.fsrs import NEW

from .grading import write_before

BATCH = 500


@dataclass(frozen=True, slots=True)
class Loss:
    """What a reset takes, for the confirmation. Stars, notes and the log of reviews stay."""

    questions: int
    learned: int
    mastered: int

    def __str__(self) -> str:
        if not self.questions:
            return "There is nothing to reset: none of these questions was begun."
        lost = []
        if self.learned:
            lost.append(f"the schedule of {self.learned}")
        if self.mastered:
            lost.append(f"the mastered mark of {self.mastered}")
        return (
            f"{counted(self.questions, 'question')} will be new again. "
            f"You lose {' and '.join(lost)}. "
            "Stars, notes and the history of reviews are kept."
        )


def loss_of(user: User, questions: QuestionQuerySet | None = None) -> Loss:
    """Of these questions, or of all the learner has begun."""
    counts = _begun(user, questions).aggregate(
        questions=Count("pk"),
        learned=Count("pk", filter=Q(last_review__isnull=False)),
        mastered=Count("pk", filter=Q(mastered_at__isnull=False)),
    )
    return Loss(**counts)


@transaction.atomic
def reset_progress(
    *,
    user: User,
    questions: QuestionQuerySet | None = None,
    now: datetime | None = None,
) -> Act | None:
    """Makes them new again, with a row of the log each: one act to undo.

    None where nothing was begun.
    """
    learner = Learner.locked(user)
    rows = list(_begun(user, questions).order_by("pk"))
    if not rows:
        return None
    act = Act(user=user, kind=Act.Kind.RESET, at=now or timezone.now())
    act.question_id = rows[0].question_id if len(rows) == 1 else None
    act.before = {str(row.pk): _marks(row) for row in rows if row.mastered_at or row.buried_until}
    act.save()
    _log(rows, act)
    for row in rows:
        row.remember(NEW)
        row.mastered_at = row.buried_until = None
    Progress.objects.bulk_update(rows, [*MEMORY, "mastered_at", "buried_until"], batch_size=100)
    learner.forget()
    return act


def _begun(user: User, questions: QuestionQuerySet | None) -> ProgressQuerySet:
    begun = Progress.objects.filter(user=user).begun()
    if questions is None:
        return begun
    return begun.filter(question__in=questions.order_by().values("pk"))


def _marks(row: Progress) -> dict[str, str | None]:
    marks = {"mastered_at": row.mastered_at, "buried_until": row.buried_until}
    return {name: value.isoformat() if value else None for name, value in marks.items()}


def _log(rows: list[Progress], act: Act) -> None:
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        Review.objects.bulk_create(_reviews(batch, act))


def _reviews(rows: list[Progress], act: Act) -> list[Review]:
    log = Review.objects.filter(progress__in=[row.pk for row in rows]).order_by()
    numbers = dict(log.values_list("progress").annotate(last=Max("number")))
    reviews = []
    for row in rows:
        review = Review(user_id=row.user_id, progress=row, kind=Review.Kind.RESET, at=act.at)
        review.act, review.number = act, numbers.get(row.pk, 0) + 1
        write_before(review, row.memory)
        reviews.append(review)
    return reviews
