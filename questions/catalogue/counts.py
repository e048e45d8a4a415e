"""Read-only sums: how many questions a list has, and where a learner stands in it."""

from dataclasses import dataclass, replace
from hashlib import blake2b

from django.db.models import Count, F, Q

from accounts.models import User
from questions.models import Learner, Origin, QuestionSet, TaggedQuestion

from .cache import remembered, scope
from .filters import DIFFICULTIES, Filter, FilterChoices, Viewer
from .selection import Selection, everything

# Beyond so many matches a search shows no counts beside tags: they would cost more than the search.
COUNTED_MATCHES = 5_000
WEAKEST = 8


@dataclass(frozen=True, slots=True)
class Counts:
    """Of a filter, whatever the learner's progress. `tags` and `sources` are (slug or id, name, number), most first;
    None where a number was too dear to count."""

    total: int
    tags: list[tuple[str, str, int | None]]
    difficulties: dict[str, int | None]
    sources: list[tuple[int, str, int | None]]


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


def filter_choices_of(user: Viewer, version: int) -> FilterChoices:
    return remembered((version, scope(user), "choices"), lambda: _filter_choices(user))


def _filter_choices(user: Viewer) -> FilterChoices:
    listed = everything(user).found()
    tags = TaggedQuestion.objects.filter(content_object__in=listed).values_list("tag__slug", "tag", "tag__name")
    origins = Origin.objects.visible_to(user).filter(question__in=listed)
    sets = QuestionSet.objects.visible_to(user).filter(questions__in=listed).select_related("owner")
    return FilterChoices(
        tags={slug: (pk, name) for slug, pk, name in tags.order_by("tag__name").distinct()},
        sources=dict(origins.order_by("source__title", "source").values_list("source", "source__title").distinct()),
        sets={each.name: (each.pk, each.title, each.description) for each in sets.distinct()},
    )


def counts_of(selection: Selection, version: int) -> Counts:
    """The same for everybody of one scope, but for what only some curators see."""
    shared = replace(selection, chosen=selection.chosen.shared)
    someone = selection.user.pk if shared.chosen.status else None
    return remembered((version, scope(selection.user), someone, shared.chosen), lambda: _counts(shared))


def _counts(selection: Selection) -> Counts:
    chosen, filter_choices = selection.chosen, selection.filter_choices
    total = selection.found().count()
    if chosen.q and total > COUNTED_MATCHES:
        return Counts(
            total=total,
            tags=[(slug, name, None) for slug, (_, name) in filter_choices.tags.items()],
            difficulties=dict.fromkeys(DIFFICULTIES),
            sources=[(pk, title, None) for pk, title in filter_choices.sources.items()],
        )
    tagged = TaggedQuestion.objects.filter(content_object__in=selection.found())
    tags = dict(tagged.values_list("tag__slug").annotate(Count("pk")).order_by("-pk__count", "tag__name"))
    rated = replace(selection, chosen=replace(chosen, difficulty="")).found()
    levels = dict(rated.values_list("difficulty").annotate(Count("pk")).order_by())
    origins = Origin.objects.filter(question__in=replace(selection, chosen=replace(chosen, source=None)).found())
    sources = dict(origins.values_list("source").annotate(Count("question", distinct=True)).order_by())
    return Counts(
        total=total,
        tags=[
            (slug, filter_choices.tags[slug][1], number) for slug, number in tags.items() if slug in filter_choices.tags
        ],
        difficulties={name: levels.get(value, 0) for name, value in DIFFICULTIES.items()},
        sources=[(pk, title, sources[pk]) for pk, title in filter_choices.sources.items() if pk in sources],
    )


@dataclass(frozen=True, slots=True)
class TagStanding:
    name: str
    href: str
    mastered: int
    total: int


def by_tag(selection: Selection, counts: Counts, learner: Learner, version: int) -> list[TagStanding]:
    """A learner's weakest tags of those that stand on several questions, weakest first."""
    mastered = remembered(
        (version, scope(selection.user), learner.pk, learner.version, selection.chosen), lambda: _mastered(selection)
    )
    found = [
        TagStanding(name, selection.chosen.address(tags=(slug,)), mastered.get(slug, 0), number)
        for slug, name, number in counts.tags
        if number and number > 1
    ]
    return sorted(found, key=lambda tag: (tag.mastered / tag.total, -tag.total, tag.name))[:WEAKEST]


def _mastered(selection: Selection) -> dict[str, int]:
    """Tag slug -> how many of its questions the learner mastered."""
    mine = TaggedQuestion.objects.filter(
        content_object__in=selection.found(),
        content_object__progress__user=selection.user.pk,
        content_object__progress__mastered_at__isnull=False,
    )
    return dict(mine.values_list("tag__slug").annotate(Count("pk")).order_by())


def tally_key(chosen: Filter, version: int) -> str:
    return f"{version}:{blake2b(repr(chosen.shared).encode(), digest_size=8).hexdigest()}"


def standing_of(selection: Selection, learner: Learner, total: int, version: int) -> Standing:
    """From the learner's own rows, or as remembered of them."""
    key = tally_key(selection.chosen, version)
    if key not in learner.tallies:
        learner.remember(key, _tally(replace(selection, chosen=selection.chosen.shared), learner.user))
    return Standing(total, *learner.tallies[key])


def _tally(selection: Selection, user: User) -> list[int]:
    mine = selection.found().filter(progress__user=user)
    mastered = Q(progress__mastered_at__isnull=False)
    sums = mine.aggregate(
        mastered=Count("pk", filter=mastered),
        starred=Count("pk", filter=Q(progress__starred=True)),
        begun=Count("pk", filter=mastered | Q(progress__last_review__isnull=False)),
        changed=Count("pk", filter=Q(progress__mastered_at__lt=F("answer_changed_at"))),
    )
    return [sums[name] for name in ("mastered", "starred", "begun", "changed")]
