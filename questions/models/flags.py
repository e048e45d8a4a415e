"""What learners report about a question, and what curators answer them."""

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, OuterRef, Q, Subquery, When
from django.utils import timezone

from accounts.models import User

from .questions import Question

TEXT_LENGTH = 2000
UNREAD = Q(answered_at__isnull=False, read_at=None)
UNANSWERED = Q(answer="", answered_at=None)
ANSWERED_WITH_WORDS = ~Q(answer="") & Q(answered_at__isnull=False)


class FlagQuerySet(models.QuerySet["Flag"]):
    def open(self) -> Self:
        return self.filter(answered_at__isnull=True)

    def unread(self) -> Self:
        """Answered, and the learner has not read it yet."""
        return self.filter(UNREAD)

    def of(self, user: User | AnonymousUser, question: Question) -> Self:
        """The learner's own on a question, the newest first; a visitor has none."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user, question=question).order_by("-at", "-pk")

    def shown_to(self, user: User) -> Self:
        """All of the learner's own: what they have not read yet, then the newest.

        `title` is that of the question where they may still open it.
        """
        question = Question.objects.visible_to(user).filter(pk=OuterRef("question"))
        own = self.filter(user=user).annotate(title=Subquery(question.values("title")))
        return own.order_by(Case(When(UNREAD, then=0), default=1), "-at", "-pk")

    def read(self, user: User, numbers: Iterable[int]) -> int:
        """Those of these flags that are the learner's and answered are read now.

        Returns how many were not read before.
        """
        return self.filter(UNREAD, user=user, pk__in=numbers).update(read_at=timezone.now())

    def put(self, *, user: User, question: Question, **fields: Any) -> "Flag":
        """The learner's open flag on this question says this now.

        There is one at most, whatever is clicked twice.
        """
        flag, _ = self.update_or_create(
            user=user,
            question=question,
            answered_at=None,
            defaults=fields,
        )
        return flag


class Flag(models.Model):
    """A problem with a question. Open until a curator answers."""

    class Kind(models.TextChoices):
        WRONG = "wrong", "Something is wrong"
        OUTDATED = "outdated", "It is outdated"
        UNCLEAR = "unclear", "It is unclear"
        TYPO = "typo", "There is a typo"
        OTHER = "other", "Something else"

    question = models.ForeignKey(Question, models.CASCADE, related_name="flags")
    user = models.ForeignKey(User, models.CASCADE, related_name="flags", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    text = models.TextField(max_length=TEXT_LENGTH)
    at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(null=True, editable=False)
    answer = models.TextField(max_length=TEXT_LENGTH, blank=True)
    by = models.ForeignKey(User, models.SET_NULL, null=True, editable=False, related_name="+")
    read_at = models.DateTimeField(null=True, editable=False)

    objects = FlagQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "question"],
                condition=Q(answered_at=None),
                name="one_open_flag_per_learner_and_question",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["wrong", "outdated", "unclear", "typo", "other"]),
                name="known_kind_of_flag",
            ),
            models.CheckConstraint(
                condition=UNANSWERED | ANSWERED_WITH_WORDS,
                name="flag_is_answered_with_words",
            ),
            models.CheckConstraint(
                condition=Q(read_at=None) | Q(answered_at__isnull=False),
                name="only_answers_are_read",
            ),
        ]
        indexes = [
            models.Index(fields=["user", "question"], name="flag_of_learner"),
            models.Index(fields=["answered_at", "at"], name="flag_by_answer"),
            models.Index(fields=["user"], condition=UNREAD, name="flag_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} (question {self.question_id})"

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    @property
    def is_unread(self) -> bool:
        return self.answered_at is not None and self.read_at is None

    def close(self, answer: str, *, by: User) -> None:
        """Answering again mends the words, and keeps the time of the first answer.

        The learner has to read them anew.
        """
        self.answer, self.by, self.read_at = answer, by, None
        self.answered_at = self.answered_at or timezone.now()
        self.save(update_fields=["answer", "by", "answered_at", "read_at"])
