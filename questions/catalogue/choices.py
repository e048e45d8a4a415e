"""What somebody can choose in the filters of a list."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from questions.models import Origin, Question, QuestionSet, TaggedQuestion
from questions.models.visibility import Viewer

from .cache import audience, remembered


class TagChoice(NamedTuple):
    pk: int
    name: str


class SetChoice(NamedTuple):
    pk: int
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class FilterChoices:
    """By what addresses call them: tags by slug, sets by name, titles of sources by number."""

    tags: Mapping[str, TagChoice] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    sets: Mapping[str, SetChoice] = field(default_factory=dict)


def filter_choices_of(user: Viewer, version: int) -> FilterChoices:
    return remembered((version, audience(user), "choices"), lambda: find_choices(user))


def find_choices(user: Viewer) -> FilterChoices:
    """What at least one listed question has."""
    listed = Question.objects.listed_for(user)
    tagged = TaggedQuestion.objects.filter(content_object__in=listed).order_by("tag__name")
    tags = tagged.values_list("tag__slug", "tag", "tag__name").distinct()
    origins = Origin.objects.visible_to(user).filter(question__in=listed)
    sources = origins.order_by("source__title", "source").values_list("source", "source__title")
    sets = QuestionSet.objects.visible_to(user).filter(questions__in=listed).distinct()
    return FilterChoices(
        tags={slug: TagChoice(pk, name) for slug, pk, name in tags},
        sources=dict(sources.distinct()),
        sets={row.name: set_choice(row) for row in sets.select_related("owner")},
    )


def set_choice(row: QuestionSet) -> SetChoice:
    return SetChoice(row.pk, row.title, row.description)
