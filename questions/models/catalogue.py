"""Questions, their answers and key points, tags, and who may see what."""

import re
from collections.abc import Iterable

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from simple_history.models import HistoricalRecords
from taggit.managers import TaggableManager
from taggit.models import ItemBase, TagBase

from accounts.models import Team, User
from questions.readers.items import Link

TITLE_LENGTH = 500
DOCUMENTATION = re.compile(r"\[(?P<title>.*)\]\((?P<url>\S*)\)")


class Catalogue(models.Model):
    """One row: the version under which lists, counts and tag clouds are cached. Every write to the catalogue bumps it."""

    version = models.PositiveBigIntegerField(default=1)

    @classmethod
    def bump(cls) -> None:
        if not cls.objects.filter(pk=1).update(version=F("version") + 1):
            cls.objects.create(pk=1)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("version", flat=True).first() or 0


class Tag(TagBase):
    class Meta:
        ordering = ["name"]

    def get_absolute_url(self) -> str:
        return f"{reverse('questions:list')}?tag={self.slug}"


class TaggedQuestion(ItemBase):
    content_object = models.ForeignKey("Question", models.CASCADE, db_column="question_id", related_name="tagged")
    tag = models.ForeignKey(Tag, models.CASCADE, related_name="tagged")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["tag", "content_object"], name="one_tag_per_question")]


class QuestionQuerySet(models.QuerySet["Question"]):
    def listed_for(self, user: User | AnonymousUser) -> "QuestionQuerySet":
        """What lists, sets, sessions and counts are made of: published questions, of the library or a team of the user's.

        A visitor sees library questions only, of which at least one source is public.
        """
        published = self.filter(status=Question.Status.PUBLISHED)
        if user.is_authenticated:
            return published.filter(owned_by(user.roles))
        origins = self.model.origins.rel.related_model.objects
        return published.filter(
            Exists(origins.filter(question=OuterRef("pk"), source__public=True)), owner__isnull=True
        )

    def visible_to(self, user: User | AnonymousUser) -> "QuestionQuerySet":
        """What a user may open by its address.

        Beside what is listed: any question for its curators (library curators and administrators for the library, owners
        and curators for a team), and a retired one for learners who have progress on it.
        """
        if not user.is_authenticated:
            return self.listed_for(user)
        progress = self.model.progress.rel.related_model.objects.filter(user=user.pk, question=OuterRef("pk"))
        studied = Q(Exists(progress), status=Question.Status.RETIRED)
        library = user.is_curator or user.is_superuser
        curated = owned_by([team for team, role in user.roles.items() if role in {"owner", "curator"}], library=library)
        return self.filter((Q(status=Question.Status.PUBLISHED) | studied) & owned_by(user.roles) | curated)


def owned_by(teams: Iterable[int], *, library: bool = True) -> Q:
    """Of these teams, and of the shared library. Where there is no team, the condition is as plain as the indexes."""
    teams = list(teams)
    condition = Q(owner__in=teams) if teams else Q(pk__in=[])
    if not library:
        return condition
    return Q(owner__isnull=True) | condition if teams else Q(owner__isnull=True)


class Question(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    class Difficulty(models.IntegerChoices):
        EASY = 1
        MEDIUM = 2
        HARD = 3

    key = models.SlugField(
        "id", max_length=120, help_text="Stable in exports and question sets; lower case with hyphens."
    )
    owner = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, help_text="Empty: the shared library.")
    title = models.CharField(max_length=TITLE_LENGTH)
    body = models.TextField(blank=True, help_text="Markdown: code or options that belong to the question.")
    wordings = models.TextField("also asked", blank=True, help_text="Other wordings, one a line. Search finds them.")
    difficulty = models.PositiveSmallIntegerField(choices=Difficulty, null=True, blank=True)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    applies_to = models.CharField(max_length=200, blank=True, help_text="For example: Flask 3.1")
    verified_on = models.DateField(
        null=True, blank=True, help_text="When somebody last checked that the answer is true."
    )
    links = models.TextField("documentation", blank=True, help_text="One a line: [Title](https://address)")
    mistakes = models.TextField(
        "common mistakes", blank=True, help_text="Markdown list: - **What they say.** Why it is wrong."
    )
    follow_ups = models.TextField(blank=True, help_text="Markdown list: - **The question?** The answer in a line.")
    answer_changed_at = models.DateTimeField(default=timezone.now, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    tags = TaggableManager(through=TaggedQuestion, blank=True)
    history = HistoricalRecords(excluded_fields=["answer_changed_at", "created_at", "updated_at"])
    objects = QuestionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key"], condition=Q(owner=None), name="one_key_in_the_library"),
            models.UniqueConstraint(fields=["owner", "key"], condition=~Q(owner=None), name="one_key_per_team"),
            models.CheckConstraint(condition=Q(status__in=["draft", "published", "retired"]), name="known_status"),
            models.CheckConstraint(condition=Q(difficulty=None) | Q(difficulty__range=(1, 3)), name="known_difficulty"),
            models.CheckConstraint(condition=~Q(title=""), name="question_has_a_title"),
        ]
        indexes = [
            models.Index(fields=["status", "owner", "id"], name="question_in_order"),
            models.Index(fields=["status", "owner", "title", "id"], name="question_by_title"),
            models.Index(fields=["status", "owner", "difficulty", "id"], name="question_by_difficulty"),
            models.Index(fields=["status", "owner", "answer_changed_at", "id"], name="question_by_change"),
            models.Index(fields=["title", "id"], name="question_title"),
            models.Index(fields=["updated_at"], name="question_updated"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("questions:detail", args=[self.pk])

    @property
    def documentation(self) -> list[Link]:
        found = (DOCUMENTATION.fullmatch(line.strip()) for line in self.links.splitlines())
        return [Link(title=match["title"], url=match["url"]) for match in found if match]

    @property
    def accepted_answer(self) -> "Answer | None":
        """The owner's accepted answer, taken from prefetched answers when they are there."""
        return next(
            (answer for answer in self.answers.all() if answer.accepted and answer.owner_id == self.owner_id), None
        )


class Answer(models.Model):
    """One answer: of an origin (a document) or of an author, for one owner's readers."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="answers")
    owner = models.ForeignKey(Team, models.PROTECT, null=True, blank=True, help_text="Empty: the shared library.")
    origin = models.ForeignKey("Origin", models.SET_NULL, null=True, blank=True, related_name="answers")
    author = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    short = models.TextField("short answer", blank=True, help_text="Markdown: what can be said in 30 seconds.")
    answer = models.TextField(blank=True, help_text="Markdown: the full answer.")
    accepted = models.BooleanField(default=False, help_text="The one learners see first.")
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    history = HistoricalRecords(excluded_fields=["created_at", "updated_at"])

    class Meta:
        ordering = ["-accepted", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["question"], condition=Q(accepted=True, owner=None), name="one_accepted_answer_in_the_library"
            ),
            models.UniqueConstraint(
                fields=["question", "owner"],
                condition=Q(accepted=True) & ~Q(owner=None),
                name="one_accepted_answer_per_team",
            ),
        ]

    def __str__(self) -> str:
        return "Accepted answer" if self.accepted else "Answer"

    def clean(self) -> None:
        if not self.short.strip() and not self.answer.strip():
            raise ValidationError("Write a short answer, a full answer, or both.")


class KeyPoint(models.Model):
    """One thing a good answer says. Rows outlive a reload, so that what learners ticked stays true."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="key_points")
    text = models.CharField(max_length=500)
    position = models.PositiveSmallIntegerField(default=0, db_index=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["question", "text"], name="one_key_point_per_text")]

    def __str__(self) -> str:
        return self.text


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


class SearchDoc(models.Model):
    """What search reads of a question. The database keeps its full-text index in step with this table."""

    question = models.OneToOneField(Question, models.CASCADE, primary_key=True, related_name="search_doc")
    title = models.TextField()
    wordings = models.TextField(blank=True)
    body = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
