"""The log of graded recalls, from which the memory columns of Progress can be computed again."""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Self

from django.db import models
from django.db.models import Max, Q, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from accounts.models import User
from questions.scheduling.fsrs import Memory

from .progress import MEMORY, Progress

# What the database asks of a review, by its kind.
IS_A_RESET = Q(kind="reset", rating=None, due_after=None)
IS_GRADED = Q(
    kind="review",
    rating__range=(1, 4),
    due_after__isnull=False,
    parameters__isnull=False,
)


class Parameters(models.Model):
    """One set of numbers that FSRS was run with. Reviews share the row."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    values = models.JSONField()

    class Meta:
        verbose_name_plural = "parameters"

    def __str__(self) -> str:
        return self.digest[:12]

    @classmethod
    def stored(cls, values: Sequence[float]) -> "Parameters":
        numbers = tuple(map(float, values))
        digest = digest_of(numbers)
        return cls.objects.get_or_create(digest=digest, defaults={"values": [*numbers]})[0]


@lru_cache(maxsize=256)
def digest_of(values: tuple[float, ...]) -> str:
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


class ReviewQuerySet(models.QuerySet["Review"]):
    def standing(self) -> Self:
        """Not undone."""
        return self.filter(undone_at__isnull=True)

    def graded(self) -> Self:
        """Recalls that count: neither resets nor undone."""
        return self.standing().filter(kind=Review.Kind.REVIEW)

    def first_ones(self) -> Self:
        """Recalls of what was new until then."""
        return self.graded().filter(state_before__isnull=True)

    def repeated(self) -> Self:
        """Recalls of what had been learned: the ones that retention is measured by."""
        return self.graded().filter(state_before=2)


def next_number(progress: Any) -> Combinable:
    """That of the review which a grade would create, 1 where `progress` (an expression) is none.

    A review that was undone keeps its own number.
    """
    last = Review.objects.filter(progress=progress).order_by().values("progress")
    return 1 + Coalesce(Subquery(last.annotate(last=Max("number")).values("last")), 0)


class Review(models.Model):
    """One graded recall, or a reset.

    It is never changed but for `undone_at`; its number is taken for good, undone or not. What the
    memory was before is here in columns; what it is after follows from them, the rating, the moment
    and the parameters, but for the due date, which fuzz may have moved and which is therefore kept.
    """

    class Kind(models.TextChoices):
        REVIEW = "review"
        RESET = "reset"

    class Place(models.TextChoices):
        SESSION = "session"
        QUESTION = "question"
        MOCK = "mock", "mock interview"

    user = models.ForeignKey(User, models.CASCADE, related_name="reviews", db_index=False)
    progress = models.ForeignKey(Progress, models.CASCADE, related_name="reviews", db_index=False)
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=6, choices=Kind, default=Kind.REVIEW)
    place = models.CharField(max_length=8, choices=Place, default=Place.SESSION)
    act = models.ForeignKey("Act", models.SET_NULL, null=True, blank=True, related_name="reviews")
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="From shown to graded.",
    )
    points = models.JSONField(
        "key points ticked",
        default=list,
        blank=True,
        help_text="Ids of key points.",
    )
    state_before = models.PositiveSmallIntegerField(null=True, blank=True)
    step_before = models.PositiveSmallIntegerField(null=True, blank=True)
    stability_before = models.FloatField(null=True, blank=True)
    difficulty_before = models.FloatField(null=True, blank=True)
    due_before = models.DateTimeField(null=True, blank=True)
    last_review_before = models.DateTimeField(null=True, blank=True)
    due_after = models.DateTimeField(null=True, blank=True)
    parameters = models.ForeignKey(
        Parameters,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["progress", "number"], name="one_review_per_number"),
            models.CheckConstraint(
                condition=IS_A_RESET | IS_GRADED,
                name="review_is_graded_or_a_reset",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "at"], name="review_by_day"),
            models.Index(
                fields=["user", "at"],
                condition=Q(undone_at__isnull=False),
                name="review_undone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} of {self.progress_id}"

    @property
    def before(self) -> Memory:
        return Memory(*(getattr(self, f"{name}_before") for name in MEMORY))
