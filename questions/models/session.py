"""A learner's run through questions, which any device can take up again, and its acts."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User

from .questions import Question


class StudySession(models.Model):
    """What was asked for, and the order where it was settled at the beginning.

    What was done in it are its acts.
    """

    class Mode(models.TextChoices):
        DUE = "due", "Due, then new"
        WEAK = "weak", "Weak ones"
        CRAM = "cram", "Cram"
        INTERVIEW = "interview", "Interview plan"

    user = models.ForeignKey(User, models.CASCADE, related_name="study_sessions", db_index=False)
    mode = models.CharField(max_length=9, choices=Mode, default=Mode.DUE)
    query = models.TextField(blank=True, help_text="The filter, as in the address of the list.")
    shuffled = models.BooleanField(default=False)
    limit = models.PositiveSmallIntegerField(null=True, blank=True, help_text="So many questions.")
    minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        help_text="So many minutes of study.",
    )
    more = models.BooleanField(default=False, help_text="Beyond the limits of a day.")
    timer = models.BooleanField(default=True, help_text="Whether it shows the time.")
    expected = models.PositiveSmallIntegerField(
        default=0,
        help_text="So many questions waited when it began.",
    )
    chosen = models.JSONField(
        default=list,
        blank=True,
        help_text="Ids in order: the new ones, or in other modes all.",
    )
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["user", "started_at"], name="session_by_start"),
            models.Index(fields=["user"], condition=Q(ended_at=None), name="session_under_way"),
        ]

    def __str__(self) -> str:
        return f"{self.get_mode_display()}, {self.started_at:%Y-%m-%d %H:%M}"


class ActQuerySet(models.QuerySet["Act"]):
    def standing(self) -> Self:
        """Not undone."""
        return self.filter(undone_at__isnull=True)


class Act(models.Model):
    """One thing a learner did that can be undone.

    `before` has the columns of Progress it changed, as they were. A grade changes memory columns,
    which its Review has. A reset may concern many questions; `before` then has the columns by the
    id of the Progress.
    """

    class Kind(models.TextChoices):
        GRADE = "grade"
        CRAM = "cram", "answer in cram mode"
        SKIP = "skip"
        BURY = "bury"
        MASTER = "master", "mark as mastered"
        UNMASTER = "unmaster", "unmark as mastered"
        STAR = "star"
        UNSTAR = "unstar"
        RESET = "reset"

    user = models.ForeignKey(User, models.CASCADE, related_name="acts", db_index=False)
    session = models.ForeignKey(
        StudySession,
        models.CASCADE,
        null=True,
        related_name="acts",
        db_index=False,
    )
    question = models.ForeignKey(
        Question,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    kind = models.CharField(max_length=8, choices=Kind)
    at = models.DateTimeField()
    rating = models.PositiveSmallIntegerField(null=True, blank=True)
    seconds = models.PositiveSmallIntegerField(null=True, blank=True)
    before = models.JSONField(default=dict, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = ActQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["session", "question", "kind"],
                condition=Q(kind__in=["cram", "skip"], undone_at=None),
                name="one_cram_or_skip_per_session_and_question",
            ),
        ]
        indexes = [
            models.Index(fields=["session", "id"], name="act_of_session"),
            models.Index(fields=["question", "user", "id"], name="act_on_question"),
            models.Index(fields=["user", "id"], name="act_of_learner"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.question_id or ''}".strip()
