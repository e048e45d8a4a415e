"""Read-only sums: how much of each tag and each set a learner has seen and mastered."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.prepared import prepared
from questions.catalogue.cache import remembered, scope
from questions.catalogue.counts import Counts
from questions.catalogue.pool import Pool
from questions.catalogue.selection import Selection, everything
from questions.models import Learner, Progress, Question, SetEntry


class Coverage(NamedTuple):
    """Of one tag or set. `seen` was reviewed or mastered at least once."""

    name: str
    href: str
    total: int
    seen: int
    mastered: int
    percent: int

    @classmethod
    def of(cls, name: str, href: str, total: int, standing: Sequence[int]) -> "Coverage":
        seen, mastered = standing
        return cls(name, href, total, seen, mastered, round(100 * seen / total))


def by_tag(selection: Selection, counts: Counts, learner: Learner, version: int) -> list[Coverage]:
    """The largest first."""
    mine = _mine(selection, learner, version, "question__tagged__tag__slug")
    chosen = selection.chosen
    return [
        Coverage.of(name, chosen.address(tags=(slug,)), total, mine.get(slug, (0, 0)))
        for slug, name, total in counts.tags
        if total
    ]


def by_set(selection: Selection, learner: Learner, version: int) -> list[Coverage]:
    """In the order of the filter_choices. Sets of which nothing is listed are left out."""
    sets = selection.filter_choices.sets
    if not sets:
        return []
    totals = remembered((version, scope(selection.user), "set totals"), lambda: _totals(selection))
    mine = _mine(selection, learner, version, "question__set_entries__set")
    return [
        Coverage.of(title, selection.chosen.address(set=name), totals[pk], mine.get(pk, (0, 0)))
        for name, (pk, title, _) in sets.items()
        if pk in totals
    ]


def _totals(selection: Selection) -> dict[int, int]:
    """Set -> how many of its questions are listed."""
    listed = Question.objects.listed_for(selection.user).filter(pk=OuterRef("question"))
    entries = SetEntry.objects.filter(Exists(listed)).order_by()
    return dict(entries.values_list("set").annotate(Count("pk")))


def _mine(selection: Selection, learner: Learner, version: int, by: str) -> dict[str | int, list[int]]:
    """Key -> seen, mastered; remembered until the learner's progress or the catalogue changes."""
    key = (version, scope(selection.user), learner.pk, learner.version, "coverage", by)
    pool = everything(learner.user).pool
    return remembered(key, lambda: {of: standing for of, *standing in _begun(learner.pk, pool=pool, by=by)})


@prepared
def _begun(user: int, *, pool: Pool, by: str) -> QuerySet[Any, Any]:
    listed = pool.questions(user).filter(pk=OuterRef("question"))
    begun = Progress.objects.begun().filter(Exists(listed), user=user, **{f"{by}__isnull": False})
    return begun.order_by().values_list(by).annotate(Count("pk"), Count("mastered_at"))
