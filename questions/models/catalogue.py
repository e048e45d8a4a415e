"""What stands for all questions together: the version of the catalogue, and what search reads."""

from django.db import models
from django.db.models import F

from .questions import Question


class Catalogue(models.Model):
    """One row: the version under which lists and counts are cached.

    Every write to the catalogue bumps it.
    """

    version = models.PositiveBigIntegerField(default=1)

    def __str__(self) -> str:
        return f"Version {self.version}"

    @classmethod
    def bump(cls) -> None:
        if not cls.objects.filter(pk=1).update(version=F("version") + 1):
            cls.objects.create(pk=1)

    @classmethod
    def current(cls) -> int:
        return cls.objects.filter(pk=1).values_list("version", flat=True).first() or 0


class SearchDoc(models.Model):
    """What search reads of a question.

    The database keeps its full-text index in step with this table.
    """

    question = models.OneToOneField(
        Question,
        models.CASCADE,
        primary_key=True,
        related_name="search_doc",
    )
    title = models.TextField()
    wordings = models.TextField(blank=True)
    body = models.TextField(blank=True)
    answer = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title
