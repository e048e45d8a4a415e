"""Which questions and question sets an export has."""

from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Team
from questions.models import Question, QuestionSet
from questions.models.visibility import QuestionQuerySet


class EmptyScopeError(Exception):
    """What was asked for is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportScope:
    """All questions of an owner (None: the shared library), or those that have all of these."""

    owner: Team | None = None
    tag: str | None = None
    source: str | None = None
    set: str | None = None

    def questions(self) -> QuestionQuerySet:
        """EmptyScopeError where one of the conditions leaves none."""
        found = Question.objects.filter(owner=self.owner)
        if self.tag:
            found = found.filter(tags__slug=self.tag)
            require(found, "--tag", self.tag)
        if self.source:
            found = found.filter(origins__source__title=self.source)
            require(found, "--source", self.source)
        if self.set:
            found = found.filter(sets__in=self.sets())
            require(found, "--set", self.set)
        return found

    def sets(self) -> QuerySet[QuestionSet]:
        """Of a whole catalogue all, else the one that was asked for."""
        sets = QuestionSet.objects.filter(owner=self.owner)
        if self.set:
            return sets.filter(key=self.set)
        return sets.none() if self.tag or self.source else sets


def require(questions: QuestionQuerySet, option: str, value: str) -> None:
    if not questions.exists():
        raise EmptyScopeError(f"{option}: there is no question with {value!r}.")
