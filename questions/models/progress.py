"""What one learner knows of one question."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import F, Q

from accounts.models import User
from questions.scheduling.fsrs import Memory

from .questions import Question

MEMORY = ("state", "step", "stability", "difficulty", "due", "last_review")
# No longer new: mastered, or reviewed at least once. A star or a note alone leaves a question new.
BEGUN = Q(mastered_at__isnull=False) | Q(last_review__isnull=False)
CHANGED_SINCE_MASTERED = Q(mastered_at__lt=F("question__answer_changed_at"))


def in_play(now: datetime) -> Q:
    """What sessions may ask: neither mastered nor buried."""
    unburied = Q(buried_until__isnull=True) | Q(buried_until__lte=now)
    return unburied & Q(mastered_at__isnull=True)


class ProgressQuerySet(models.QuerySet["Progress"]):
    def mastered(self) -> Self:
        return self.filter(mastered_at__isnull=False)

    def begun(self) -> Self:
        return self.filter(BEGUN)

    def begun_or_buried(self) -> Self:
        """What a plan has to know of: the others are new, and can be asked."""
        return self.filter(BEGUN | Q(buried_until__isnull=False))

    def in_play(self, now: datetime) -> Self:
        return self.filter(in_play(now))

    def out_of_play(self, now: datetime) -> Self:
        return self.filter(Q(mastered_at__isnull=False) | Q(buried_until__gt=now))


class Progress(models.Model):
    """The columns of MEMORY are the card of the memory model (FSRS)."""

    user = models.ForeignKey(User, models.CASCADE, related_name="progress")
    question = models.ForeignKey(Question, models.CASCADE, related_name="progress")
    mastered_at = models.DateTimeField(null=True, blank=True)
    starred = models.BooleanField(default=False)
    note = models.TextField("private note", blank=True, max_length=20_000)
    state = models.PositiveSmallIntegerField(null=True, blank=True)
    step = models.PositiveSmallIntegerField(null=True, blank=True)
    stability = models.FloatField(null=True, blank=True)
    difficulty = models.FloatField(null=True, blank=True)
    due = models.DateTimeField(null=True, blank=True)
    last_review = models.DateTimeField(null=True, blank=True)
    buried_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="No session asks it before.",
    )

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "question"],
                name="one_progress_per_learner_and_question",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "mastered_at"], name="progress_mastered"),
            models.Index(fields=["user"], condition=Q(starred=True), name="progress_starred"),
            models.Index(fields=["user", "due"], name="progress_due"),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.question_id}"

    @property
    def memory(self) -> Memory:
        return Memory(*(getattr(self, name) for name in MEMORY))

    def remember(self, memory: Memory) -> None:
        for name in MEMORY:
            setattr(self, name, getattr(memory, name))

    @property
    def mastered(self) -> bool:
        return self.mastered_at is not None

    @property
    def is_begun(self) -> bool:
        return self.mastered or self.last_review is not None

    def changed_since_mastered(self, question: Question) -> bool:
        return self.mastered_at is not None and self.mastered_at < question.answer_changed_at
