"""Which questions a session can ask: its queries."""

from collections.abc import Collection, Iterator
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from questions.catalogue.selection import SessionScope, everything
from questions.learner.context import LearnerContext
from questions.models import Progress
from questions.models.progress import ProgressQuerySet, in_play
from questions.scheduling.fsrs import DAY, LEARNING, RELEARNING, REVIEW

# Among so many that are due first, the next one is chosen.
WINDOW = 16
ANEW = (LEARNING, RELEARNING)


def is_due(learner: LearnerContext) -> Q:
    """The condition on Progress, over the day's limit or not.

    A review is due from the beginning of its day, but not before a whole day has passed since the
    last one: the model takes what is repeated within 24 hours for the same current. What is being
    learned is due at its moment.
    """
    now = learner.now
    ready = Q(due__lte=now) | Q(last_review__lte=now - DAY)
    review = Q(state=REVIEW) & ready
    return in_play(now) & Q(due__lt=learner.end_of_day) & (review | Q(state__in=ANEW, due__lte=now))


def due_rows(learner: LearnerContext, scope: SessionScope) -> ProgressQuerySet:
    return Progress.objects.filter(is_due(learner), scope.contains("question"), user=learner.user)


def first_due(rows: ProgressQuerySet, removed: Collection[int]) -> dict[int, int | None]:
    """The questions of the WINDOW that is due first, without those removed, with their states."""
    if removed:
        rows = rows.exclude(question__in=removed)
    return dict(rows.order_by("due", "pk").values_list("question", "state")[:WINDOW])


def being_learned(learner: LearnerContext, questions: Collection[int], until: datetime) -> Iterator[int]:
    """Of these questions, those that are being learned and come back until then, in this order.

    They need be in no filter: it may be of what grading changes, such as new ones.
    """
    rows = Progress.objects.filter(user=learner.user, question__in=questions, state__in=ANEW)
    rows = rows.filter(everything(learner.user).scope.contains("question"))
    rows = rows.filter(due__lte=until, mastered_at__isnull=True)
    return rows.order_by("due", "pk").values_list("question", flat=True).iterator()


def still_asked(
    learner: LearnerContext,
    scope: SessionScope,
    questions: Collection[int],
    *,
    crams: bool,
    new: bool,
) -> set[int]:
    """Of these questions, those that the session's own list still has.

    Whatever the learner did elsewhere since it began, they are in the scope and, unless the
    session crams, in play; with `new` only those never graded.
    """
    found = scope.questions().filter(pk__in=questions)
    mine = Progress.objects.filter(user=learner.user, question=OuterRef("pk"))
    if not crams:
        found = found.exclude(Exists(mine.out_of_play(learner.now)))
    if new:
        found = found.exclude(Exists(mine.filter(state__isnull=False)))
    return set(found.values_list("pk", flat=True))
