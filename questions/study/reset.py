"""Beginning again: with one question, a set, or everything."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count, Max, Q
from django.utils import timezone

from accounts.models import User
from questions.models import Act, Learner, Progress, Review, StudySession
from questions.models.progress import MEMORY, ProgressQuerySet
from questions.models.visibility import QuestionQuerySet
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
        lost = (("the schedule of", self.learned), ("the mastered mark of", self.mastered))
        return (
            f"{self._counted(self.questions, 'question')} will be new again. "
            f"You lose {' and '.join(f'{what} {number}' for what, number in lost if number)}. "
            "Stars, notes and the history of reviews are kept."
        )

    @staticmethod
    def _counted(number: int, noun: str) -> str:
        return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def loss(user: User, questions: QuestionQuerySet | None = None) -> Loss:
    """Of these questions, or of all the learner has begun."""
    counts = _begun(user, questions).aggregate(
        questions=Count("pk"),
        learned=Count("pk", filter=Q(last_review__isnull=False)),
        mastered=Count("pk", filter=Q(mastered_at__isnull=False)),
    )
    return Loss(**counts)


def reset(
    *,
    user: User,
    questions: QuestionQuerySet | None = None,
    session: StudySession | None = None,
    now: datetime | None = None,
) -> Act | None:
    """Makes them new again, with a row of the log each: one act to undo. None where nothing was begun."""
    now = now or timezone.now()
    with transaction.atomic():
        learner = Learner.locked(user)
        rows = list(_begun(user, questions).order_by("pk"))
        if not rows:
            return None
        question = rows[0].question_id if len(rows) == 1 else None
        act = Act(user=user, session=session, question_id=question, kind=Act.Kind.RESET, at=now)
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
    return begun if questions is None else begun.filter(question__in=questions.order_by().values("pk"))


def _marks(row: Progress) -> dict[str, str | None]:
    marks = {"mastered_at": row.mastered_at, "buried_until": row.buried_until}
    return {name: value.isoformat() if value else None for name, value in marks.items()}


def _log(rows: list[Progress], act: Act) -> None:
    reviews = []
    for row in rows:
        review = Review(user_id=row.user_id, progress=row, number=1, kind=Review.Kind.RESET, act=act, at=act.at)
        write_before(review, row.memory)
        reviews.append(review)
    for start in range(0, len(rows), BATCH):
        batch = [row.pk for row in rows[start : start + BATCH]]
        taken = Review.objects.filter(progress__in=batch).order_by().values_list("progress")
        last = dict(taken.annotate(last=Max("number")))
        for review in reviews[start : start + BATCH]:
            review.number = last.get(review.progress_id, 0) + 1
    Review.objects.bulk_create(reviews, batch_size=BATCH)
