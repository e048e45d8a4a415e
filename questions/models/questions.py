"""Questions, their answers and key points."""

import re
from typing import TypeAlias

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager

from accounts.models import Team, User
from questions.readers.items import Link

from . import visibility
from .tags import TaggedQuestion
from .visibility import AnswerQuerySet, QuestionQuerySet

TITLE_LENGTH = 500
DOCUMENTATION = re.compile(r"\[(?P<title>.*)\]\((?P<url>\S*)\)")
LIBRARY_IF_EMPTY = "Empty: the shared library."


class Question(models.Model):  # type: ignore[django-manager-missing]  # of the tags
    Status: TypeAlias = visibility.Status

    class Difficulty(models.IntegerChoices):
        EASY = 1
        MEDIUM = 2
        HARD = 3

    key = models.SlugField(
        "id",
        max_length=120,
        help_text="Stable in exports and question sets; lower case with hyphens.",
    )
    owner = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        help_text=LIBRARY_IF_EMPTY,
    )
    title = models.CharField(max_length=TITLE_LENGTH)
    body = models.TextField(
        blank=True,
        help_text="Markdown: code or options that belong to the question.",
    )
    wordings = models.TextField(
        "also asked",
        blank=True,
        help_text="Other wordings, one a line. Search finds them.",
    )
    difficulty = models.PositiveSmallIntegerField(choices=Difficulty, null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    applies_to = models.CharField(
        max_length=200,
        blank=True,
        help_text="For example: Flask 3.1",
    )
    verified_on = models.DateField(
        null=True,
        blank=True,
        help_text="When somebody last checked that the answer is true.",
    )
    links = models.TextField(
        "documentation",
        blank=True,
        help_text="One a line: [Title](https://address)",
    )
    mistakes = models.TextField(
        "common mistakes",
        blank=True,
        help_text="Markdown list: - **What they say.** Why it is wrong.",
    )
    follow_ups = models.TextField(
        blank=True,
        help_text="Markdown list: - **The question?** The answer in a line.",
    )
    answer_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    tags = TaggableManager(through=TaggedQuestion, blank=True)
    history = HistoricalRecords(excluded_fields=["answer_changed_at", "created_at", "updated_at"])
    objects = QuestionQuerySet["Question"].as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(owner=None),
                name="one_key_in_the_library",
            ),
            models.UniqueConstraint(
                fields=["owner", "key"],
                condition=~Q(owner=None),
                name="one_key_per_team",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "published", "retired"]),
                name="known_status",
            ),
            models.CheckConstraint(
                condition=Q(difficulty=None) | Q(difficulty__range=(1, 3)),
                name="known_difficulty",
            ),
            models.CheckConstraint(condition=~Q(title=""), name="question_has_a_title"),
        ]
        indexes = [
            models.Index(fields=["status", "owner", "id"], name="question_in_order"),
            models.Index(fields=["status", "owner", "title", "id"], name="question_by_title"),
            models.Index(
                fields=["status", "owner", "difficulty", "id"],
                name="question_by_difficulty",
            ),
            models.Index(
                fields=["status", "owner", "answer_changed_at", "id"],
                name="question_by_change",
            ),
            models.Index(fields=["title", "id"], name="question_title"),
            models.Index(fields=["updated_at"], name="question_updated"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:detail", args=[self.pk])

    @property
    def documentation(self) -> list[Link]:
        links = []
        for line in self.links.splitlines():
            match = DOCUMENTATION.fullmatch(line.strip())
            if match:
                links.append(Link(title=match["title"], url=match["url"]))
        return links

    @property
    def own_answers(self) -> list["Answer"]:
        """The owner's, accepted ones first, taken from prefetched answers when they are there."""
        return [answer for answer in self.answers.all() if answer.owner_id == self.owner_id]

    @property
    def shown_answer(self) -> "Answer | None":
        """The one that the owner's readers get (`AnswerQuerySet.shown`)."""
        return next((answer for answer in self.own_answers if not answer.is_empty), None)


class Answer(models.Model):
    """One answer: of an origin (a document) or of an author, for one owner's readers."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    owner = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        help_text=LIBRARY_IF_EMPTY,
    )
    origin = models.ForeignKey(
        "Origin",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="answers",
    )
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    short = models.TextField(
        "short answer",
        blank=True,
        help_text="Markdown: what can be said in 30 seconds.",
    )
    answer = models.TextField(blank=True, help_text="Markdown: the full answer.")
    accepted = models.BooleanField(default=False, help_text="The one learners see first.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords(excluded_fields=["created_at", "updated_at"])
    objects = AnswerQuerySet["Answer"].as_manager()

    class Meta:
        ordering = ["-accepted", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(accepted=True, owner=None),
                name="one_accepted_answer_in_the_library",
            ),
            models.UniqueConstraint(
                fields=["question", "owner"],
                condition=Q(accepted=True) & ~Q(owner=None),
                name="one_accepted_answer_per_team",
            ),
        ]

    def __str__(self) -> str:
        return "Accepted answer" if self.accepted else "Answer"

    @property
    def is_empty(self) -> bool:
        return not self.short.strip() and not self.answer.strip()

    @property
    def is_withdrawn(self) -> bool:
        """Its document answers the question no longer."""
        return self.accepted and self.is_empty

    def clean(self) -> None:
        if self.is_empty:
            raise ValidationError("Write a short answer, a full answer, or both.")


class KeyPoint(models.Model):
    """One thing a good answer says.

    Rows outlive a reload, so that what learners ticked stays true.
    """

    question = models.ForeignKey(Question, models.CASCADE, related_name="key_points")
    text = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0, db_index=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question", "text"],
                name="one_key_point_per_text",
            ),
        ]

    def __str__(self) -> str:
        return self.text
