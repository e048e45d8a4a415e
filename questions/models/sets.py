"""Ordered lists of questions."""

from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse

from accounts.models import Team, User

from .catalogue import Question
from .visibility import owned_by


class QuestionSetQuerySet(models.QuerySet["QuestionSet"]):
    def visible_to(self, user: User | AnonymousUser) -> "QuestionSetQuerySet":
        """Sets of the library and of the user's teams, also where no question of theirs is listed for the user.

        A visitor sees the library's of which at least one question is listed for visitors.
        """
        if user.is_authenticated:
            return self.filter(owned_by(user.roles))
        listed = Question.objects.listed_for(user).filter(set_entries__set=OuterRef("pk"))
        return self.filter(Exists(listed), owner__isnull=True)

    def named(self, name: str) -> "QuestionSetQuerySet":
        """Those that an address may mean, the library's first: `junior` any set with this key, `wren.junior` that of
        the team wren, whose key may be one of the library's too."""
        team, dot, key = name.rpartition(".")
        found = self.filter(key=key, owner__slug=team) if dot else self.filter(key=key)
        return found.order_by(F("owner").asc(nulls_first=True))


class QuestionSet(models.Model):
    """An ordered list of questions, of the library or of a team."""

    key = models.SlugField("id", max_length=120)
    owner = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, help_text="Empty: the shared library.")
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, help_text="Markdown.")
    position = models.PositiveSmallIntegerField(default=0, db_index=True)
    item = models.JSONField(default=dict, editable=False, help_text="As last loaded.")
    questions = models.ManyToManyField(Question, through="SetEntry", related_name="sets")

    objects = QuestionSetQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(owner=None), name="one_set_key_in_the_library"),
            models.UniqueConstraint(fields=["owner", "key"], condition=~Q(owner=None), name="one_set_key_per_team"),
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
        entries = [SetEntry(set=self, question=each, position=at) for at, each in enumerate(questions, start=last + 1)]
        SetEntry.objects.bulk_create(entries, ignore_conflicts=True)


class SetEntry(models.Model):
    set = models.ForeignKey(QuestionSet, models.CASCADE, related_name="entries")
    question = models.ForeignKey(Question, models.CASCADE, related_name="set_entries")
    position = models.PositiveSmallIntegerField(default=0, db_index=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["set", "question"], name="one_entry_per_set_and_question")]

    def __str__(self) -> str:
        return f"{self.question} in {self.set}"
