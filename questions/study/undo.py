"""Taking back what was done, one act after the other, last one first."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import User
from questions.models import Act, Learner, Progress, Review, StudySession
from questions.models.progress import MEMORY

COLUMNS = ("mastered_at", "buried_until", "starred")
# Nothing that a learner knows of a question changes with these.
FREE_KINDS = (Act.Kind.SKIP, Act.Kind.CRAM)


class CannotUndo(Exception):  # noqa: N818
    """Why an act cannot be taken back, in words for the learner."""


def last_act(user: User, session: StudySession | None = None) -> Act | None:
    """What Undo would take back, in this session or anywhere. Forms carry its id."""
    acts = Act.objects.filter(session=session) if session else Act.objects.filter(user=user)
    return acts.standing().order_by("-pk").first()


@transaction.atomic
def undo(*, user: User, act_id: int, now: datetime | None = None) -> Act:
    """Restores every column the act changed.

    CannotUndo where it is undone already or something later builds on it.
    """
    learner = Learner.locked(user)
    act = Act.objects.filter(user=user, pk=act_id).first()
    if act is None or act.undone_at:
        raise CannotUndo("That is undone already.")
    # Acts on the same question, a reset of many included, are undone last one first.
    if _is_built_on(act):
        raise CannotUndo("You did something else with this question since. Undo that first.")
    act.undone_at = now or timezone.now()
    act.save(update_fields=["undone_at"])
    _restore_memories(act)
    _restore_columns(act)
    learner.forget()
    return act


def undoable_resets(user: User) -> QuerySet[Any, Any]:
    """Those on which nothing builds, the newest first.

    Each has the `number` of its questions that are still there.
    """
    touched = Progress.objects.filter(user=user, reviews__act=OuterRef(OuterRef("pk")))
    acts = Act.objects.standing().filter(user=user, pk__gt=OuterRef("pk"))
    reviews = Review.objects.standing().filter(user=user, act__gt=OuterRef("pk"))
    resets = Act.objects.standing().filter(
        ~Exists(acts.filter(question__in=touched.values("question"))),
        ~Exists(reviews.filter(progress__in=touched.values("pk"))),
        user=user,
        kind=Act.Kind.RESET,
    )
    return resets.annotate(number=Count("reviews")).order_by("-pk")


def _is_built_on(act: Act) -> bool:
    if act.kind in FREE_KINDS:
        return False
    if act.kind == Act.Kind.RESET:
        return not undoable_resets(act.user).filter(pk=act.pk).exists()
    later = Act.objects.standing().filter(user=act.user_id, pk__gt=act.pk)
    if later.filter(question=act.question_id).exclude(kind__in=FREE_KINDS).exists():
        return True
    # A reset of many questions names none of them.
    reviews = Review.objects.standing().filter(user=act.user_id, act_id__gt=act.pk)
    resets = reviews.filter(kind=Review.Kind.RESET, progress__question=act.question_id)
    return resets.exists()


def _restore_memories(act: Act) -> None:
    """Of a grade or a reset; other acts have no reviews."""
    reviews = list(act.reviews.standing().select_related("progress"))
    for review in reviews:
        review.progress.remember(review.before)
        review.undone_at = act.undone_at
    Review.objects.bulk_update(reviews, ["undone_at"], batch_size=100)
    Progress.objects.bulk_update([review.progress for review in reviews], MEMORY, batch_size=100)


def _restore_columns(act: Act) -> None:
    if act.kind == Act.Kind.RESET:
        # The progress on a question that was deleted since is gone with it.
        rows = Progress.objects.in_bulk([int(pk) for pk in act.before])
        for pk, row in rows.items():
            _restore(row, act.before[str(pk)])
        Progress.objects.bulk_update(rows.values(), COLUMNS, batch_size=100)
    elif act.before:
        progress = Progress.objects.get(user=act.user_id, question=act.question_id)
        _restore(progress, act.before)
        progress.save(update_fields=act.before)


def _restore(progress: Progress, columns: dict) -> None:
    for name, value in columns.items():
        setattr(progress, name, parse_datetime(value) if isinstance(value, str) else value)
