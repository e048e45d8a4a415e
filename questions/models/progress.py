"""What one learner knows of one question."""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q

from accounts import rows
from accounts.models import User
from accounts.prepared import prepared
from questions.scheduling.fsrs import Memory

from .catalogue import Question

MEMORY = ("state", "step", "stability", "difficulty", "due", "last_review")

TALLY_LIMIT = 20


class ProgressQuerySet(models.QuerySet["Progress"]):
    def mastered(self) -> "ProgressQuerySet":
        return self.filter(mastered_at__isnull=False)

    def begun(self) -> "ProgressQuerySet":
        """Mastered or reviewed at least once: no longer new. A star or a note alone leaves a question new."""
        return self.filter(Q(mastered_at__isnull=False) | Q(last_review__isnull=False))

    def begun_or_buried(self) -> "ProgressQuerySet":
        """What a plan has to know of: the others are new, and can be asked."""
        return self.begun() | self.filter(buried_until__isnull=False)

    def in_play(self, now: datetime) -> "ProgressQuerySet":
        """What sessions may ask: neither mastered nor buried."""
        return self.filter(Q(buried_until__isnull=True) | Q(buried_until__lte=now), mastered_at__isnull=True)

    def out_of_play(self, now: datetime) -> "ProgressQuerySet":
        return self.filter(Q(mastered_at__isnull=False) | Q(buried_until__gt=now))


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
    buried_until = models.DateTimeField(null=True, blank=True, help_text="No session asks it before.")

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
    def memory(self) -> Memory:
        return Memory(*(getattr(self, name) for name in MEMORY))

    def remember(self, memory: Memory) -> None:
        for name in MEMORY:
            setattr(self, name, getattr(memory, name))

    @property
    def mastered(self) -> bool:
        return self.mastered_at is not None

    def changed_since_mastered(self, question: Question) -> bool:
        return self.mastered_at is not None and question.answer_changed_at > self.mastered_at


class Learner(models.Model):
    """One row a learner: the counts of their progress that lists show, remembered for all processes.

    `tallies` has one entry a catalogue version and filter: mastered, starred, begun, changed. Every write to a
    learner's progress bumps the version, in the same transaction, and keeps only those entries that it has brought up
    to date.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="learner")
    version = models.PositiveBigIntegerField(default=0)
    tallies = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def locked(cls, user: User) -> "Learner":
        """The row, held to the end of the transaction: whoever changes this learner's progress meanwhile waits."""
        found = _locked(user.pk)
        if not found:
            Learner.objects.bulk_create([Learner(user_id=user.pk)], ignore_conflicts=True)
            found = _locked(user.pk)
        return rows.instance(cls, found[0])

    def forget(self) -> None:
        """To be called, with the row locked, where progress changed that tallies count."""
        self.version, self.tallies = self.version + 1, {}
        rows.update(self, ["version", "tallies"])

    def remember(self, key: str, tally: list[int]) -> None:
        """Keeps a tally just counted, unless the progress it was counted from changed meanwhile."""
        self.tallies = dict(list(self.tallies.items())[1 - TALLY_LIMIT :]) | {key: tally}
        if not Learner.objects.filter(pk=self.pk, version=self.version).update(tallies=self.tallies):
            Learner.objects.bulk_create([Learner(user_id=self.pk, tallies=self.tallies)], ignore_conflicts=True)


@prepared
def _locked(user: int) -> models.QuerySet[Any, Any]:
    return Learner.objects.select_for_update().filter(pk=user).values_list(*rows.names(Learner))
