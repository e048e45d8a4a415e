"""Read-only sums: how many questions a list has, and where a learner stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.models import User
from questions.models import Origin, Progress, TaggedQuestion
from questions.models.progress import BEGUN, CHANGED_SINCE_MASTERED

from .cache import audience, remembered
from .filters import DIFFICULTIES
from .selection import Selection

# Beyond so many matches a search shows no counts beside tags.
# They would cost more than the search.
COUNTED_MATCHES = 5_000
WEAKEST = 8

TagCount = tuple[str, str, int | None]
SourceCount = tuple[int, str, int | None]


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a filter, whatever the learner's progress.

    `tags` have slug, name and number, most first; `sources` id, title and number. A number is None
    where it was too dear to count.
    """

    total: int
    tags: list[TagCount]
    difficulties: dict[str, int | None]
    sources: list[SourceCount]


def counts_of(selection: Selection, version: int) -> Counts:
    """The same for everybody of one scope, but for what only some curators see."""
    shared = selection.shared
    curator = selection.user.pk if shared.chosen.status else None
    key = (version, audience(selection.user), curator, shared.chosen)
    return remembered(key, lambda: count(shared))


def count(selection: Selection) -> Counts:
    total = selection.found().count()
    if selection.chosen.q and total > COUNTED_MATCHES:
        return uncounted(selection, total)
    return Counts(
        total=total,
        tags=list(count_tags(selection)),
        difficulties=count_difficulties(selection),
        sources=list(count_sources(selection)),
    )


def uncounted(selection: Selection, total: int) -> Counts:
    choices = selection.filter_choices
    return Counts(
        total=total,
        tags=[(slug, tag.name, None) for slug, tag in choices.tags.items()],
        difficulties=dict.fromkeys(DIFFICULTIES),
        sources=[(pk, title, None) for pk, title in choices.sources.items()],
    )


def count_tags(selection: Selection) -> Iterator[TagCount]:
    known = selection.filter_choices.tags
    tagged = TaggedQuestion.objects.filter(content_object__in=selection.found())
    numbers = tagged.values_list("tag__slug").annotate(number=Count("pk"))
    for slug, number in numbers.order_by("-number", "tag__name"):
        if slug in known:
            yield slug, known[slug].name, number


def count_difficulties(selection: Selection) -> dict[str, int | None]:
    """What each of them would show instead of the one that is chosen."""
    questions = selection.with_filter(difficulty="").found()
    numbers = dict(questions.order_by().values_list("difficulty").annotate(Count("pk")))
    return {name: numbers.get(value, 0) for name, value in DIFFICULTIES.items()}


def count_sources(selection: Selection) -> Iterator[SourceCount]:
    """What each of them would show instead of the one that is chosen."""
    questions = selection.with_filter(source=None).found()
    origins = Origin.objects.filter(question__in=questions).order_by()
    numbers = dict(origins.values_list("source").annotate(Count("question", distinct=True)))
    for pk, title in selection.filter_choices.sources.items():
        if pk in numbers:
            yield pk, title, numbers[pk]


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a learner stands in a filter."""

    total: int
    mastered: int
    starred: int
    begun: int
    changed: int

    @property
    def new(self) -> int:
        return self.total - self.begun


def standing_of(selection: Selection, learner: User, total: int | None = None) -> Standing:
    """Whatever the filter says of the learner's progress. One query where the total is known."""
    questions = selection.shared.found()
    found = Exists(questions.filter(pk=OuterRef("question")))
    numbers = Progress.objects.filter(found, user=learner).aggregate(
        mastered=Count("mastered_at"),
        starred=Count("pk", filter=Q(starred=True)),
        begun=Count("pk", filter=BEGUN),
        changed=Count("pk", filter=CHANGED_SINCE_MASTERED),
    )
    return Standing(total=questions.count() if total is None else total, **numbers)


@dataclass(frozen=True, slots=True)
class TagStanding:
    name: str
    href: str
    mastered: int
    total: int

    @property
    def place(self) -> tuple[Any, ...]:
        """The weakest come first, of equals the one with more questions."""
        return self.mastered / self.total, -self.total, self.name


def by_tag(selection: Selection, counts: Counts) -> list[TagStanding]:
    """A learner's weakest tags of those that stand on several questions, weakest first."""
    mastered = mastered_by_tag(selection)
    found = []
    for slug, name, number in counts.tags:
        if number and number > 1:
            href = selection.chosen.address(tags=(slug,))
            found.append(TagStanding(name, href, mastered.get(slug, 0), number))
    return sorted(found, key=lambda tag: tag.place)[:WEAKEST]


def mastered_by_tag(selection: Selection) -> dict[str, int]:
    """Slug -> how many of its questions the learner mastered."""
    mastered = selection.with_filter(progress="mastered").found()
    tagged = TaggedQuestion.objects.filter(content_object__in=mastered).order_by()
    return dict(tagged.values_list("tag__slug").annotate(Count("pk")))
