"""Where questions come from: documents, the runs that loaded them, and their items."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q

from accounts.models import Team, User

from .questions import LIBRARY_IF_EMPTY, Question
from .visibility import OriginQuerySet, SourceQuerySet

WEB = URLValidator(schemes=["http", "https"])


class Source(models.Model):
    """A document that questions came from.

    `digests` has one entry a file: of its bytes and the options last loaded.
    """

    title = models.CharField(max_length=300)
    url = models.CharField("address", max_length=1000, blank=True, validators=[WEB])
    owner = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        help_text=LIBRARY_IF_EMPTY,
    )
    public = models.BooleanField(
        default=False,
        help_text="Its questions may be read without an account.",
    )
    digests = models.JSONField(default=dict, editable=False)

    objects = SourceQuerySet["Source"].as_manager()

    class Meta:
        ordering = ["title"]
        constraints = [
            models.UniqueConstraint(
                fields=["title"],
                condition=Q(owner=None),
                name="one_source_title_in_the_library",
            ),
            models.UniqueConstraint(
                fields=["owner", "title"],
                condition=~Q(owner=None),
                name="one_source_title_per_team",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Load(models.Model):
    """One run of the loader.

    `tally` has one entry a document: file, source and the numbers of the report.
    """

    user = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    tally = models.JSONField(default=list)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Origin(models.Model):
    """One item of one source, and the question it led to.

    `item` is the whole item as last loaded (empty for a source that an item only names).
    `incoming` waits for review: the document changed fields that a curator had edited.
    """

    source = models.ForeignKey(Source, models.CASCADE, related_name="origins")
    question = models.ForeignKey(Question, models.CASCADE, related_name="origins")
    load = models.ForeignKey(
        Load,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="origins",
        editable=False,
    )
    key = models.CharField(max_length=200, editable=False)
    file = models.CharField(max_length=300, blank=True, editable=False)
    title = models.CharField(max_length=500, blank=True)
    number = models.PositiveIntegerField(null=True, blank=True)
    line = models.PositiveIntegerField(default=0, editable=False)
    url = models.CharField("address", max_length=1000, blank=True, validators=[WEB])
    item = models.JSONField(default=dict, editable=False)
    incoming = models.JSONField(null=True, editable=False)
    missing_since = models.DateTimeField(null=True, blank=True, editable=False)
    warnings = models.TextField(
        blank=True,
        help_text="What the reader could not recover, one a line. Empty it once checked.",
    )

    objects = OriginQuerySet["Origin"].as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["source", "key"],
                name="one_origin_per_source_and_key",
            ),
        ]
        indexes = [
            models.Index(fields=["source", "number"], name="origin_in_order"),
            models.Index(fields=["source", "file"], name="origin_by_file"),
            models.Index(
                fields=["question"],
                condition=~Q(warnings=""),
                name="origin_with_warnings",
            ),
            models.Index(
                fields=["question"],
                condition=Q(incoming__isnull=False),
                name="origin_with_incoming",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.number}" if self.number else str(self.source)
