"""Ordered lists of questions."""

from collections.abc import Iterable

from django.db import models
from django.db.models import Max, Q
from django.urls import reverse

from accounts.models import Team

from .questions import LIBRARY_IF_EMPTY, Question
from .visibility import QuestionSetQuerySet


class QuestionSet(models.Model):
    """An ordered list of questions, of the library or of a team."""

    key = models.SlugField("id", max_length=120)
    owner = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        help_text=LIBRARY_IF_EMPTY,
    )
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, help_text="Markdown.")
    position = models.PositiveSmallIntegerField(default=0, db_index=True)
    item = models.JSONField(default=dict, editable=False, help_text="As last loaded.")
    questions = models.ManyToManyField(Question, through="SetEntry", related_name="sets")

    objects = QuestionSetQuerySet["QuestionSet"].as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(owner=None),
                name="one_set_key_in_the_library",
            ),
            models.UniqueConstraint(
                fields=["owner", "key"],
                condition=~Q(owner=None),
                name="one_set_key_per_team",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("sets:detail", args=[self.name])

    @property
    def name(self) -> str:
        """In addresses. Keys and slugs have no dot."""
        return f"{self.owner.slug}.{self.key}" if self.owner else self.key

    @property
    def summary(self) -> str:
        """The first paragraph of the description."""
        return self.description.strip().partition("\n\n")[0]

    def append(self, questions: Iterable[Question]) -> None:
        """Puts them at the end; those that the set has already stay where they are."""
        last = self.entries.aggregate(last=Max("position"))["last"] or 0
        entries = []
        for position, question in enumerate(questions, start=last + 1):
            entries.append(SetEntry(set=self, question=question, position=position))
        SetEntry.objects.bulk_create(entries, ignore_conflicts=True)


class SetEntry(models.Model):
    set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="entries")
    question = models.ForeignKey(Question, models.CASCADE, related_name="set_entries")
    position = models.PositiveSmallIntegerField(default=0, db_index=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["set", "question"],
                name="one_entry_per_set_and_question",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question} in {self.set}"
