"""What one learner knows of one question."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from accounts.models import User

from .catalogue import Question


class ProgressQuerySet(models.QuerySet["Progress"]):
    def mastered(self) -> "ProgressQuerySet":
        return self.filter(mastered_at__isnull=False)

    def starred(self) -> "ProgressQuerySet":
        return self.filter(starred=True)

    def changed(self) -> "ProgressQuerySet":
        """Mastered, and the accepted answer changed since."""
        return self.mastered().filter(question__answer_changed_at__gt=F("mastered_at"))

    def begun(self) -> "ProgressQuerySet":
        """Mastered or reviewed at least once: no longer new. A star or a note alone leaves a question new."""
        return self.filter(Q(mastered_at__isnull=False) | Q(last_review__isnull=False))


class Progress(models.Model):
    """`state`, `step`, `stability`, `difficulty`, `due` and `last_review` are the card of the memory model (FSRS)."""

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

    objects = ProgressQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "progress"
        constraints = [
            models.UniqueConstraint(fields=["user", "question"], name="one_progress_per_learner_and_question"),
        ]
        indexes = [
            models.Index(fields=["user", "mastered_at"], name="progress_mastered"),
            models.Index(fields=["user"], condition=Q(starred=True), name="progress_starred"),
            models.Index(fields=["user", "due"], name="progress_due"),
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.question_id}"

    @property
    def mastered(self) -> bool:
        return self.mastered_at is not None

    def changed_since_mastered(self, question: Question) -> bool:
        return self.mastered_at is not None and question.answer_changed_at > self.mastered_at

    def master(self, *, mastered: bool) -> None:
        """Marks or unmarks. Marking again accepts an answer that changed since."""
        self.mastered_at = timezone.now() if mastered else None
