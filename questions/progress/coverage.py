"""How much of each tag and each set a learner has seen and mastered."""

from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef

from questions.catalogue.cache import audience, remembered
from questions.catalogue.listing import Listing
from questions.catalogue.selection import Selection, SessionScope
from questions.learner.context import LearnerContext
from questions.models import Progress, Question, SetEntry
from questions.study.standing import remembered_of

# By tag or set: how many of its questions were seen, and how many mastered.
Shares = dict[str | int, tuple[int, int]]


class Coverage(NamedTuple):
    """Of one tag or set. `seen` was reviewed or mastered at least once."""

    name: str
    href: str
    total: int
    seen: int
    mastered: int
    percent: int

    @classmethod
    def of(cls, name: str, href: str, total: int, share: Sequence[int]) -> "Coverage":
        seen, mastered = share
        return cls(name, href, total, seen, mastered, round(100 * seen / total))


def by_tag(learner: LearnerContext, listing: Listing) -> list[Coverage]:
    """The largest first."""
    shares = _shares(learner, listing, "question__tagged__tag__slug")
    chosen = listing.selection.chosen
    found = []
    for slug, name, total in listing.counts.tags:
        if total:
            href, share = chosen.address(tags=(slug,)), shares.get(slug, (0, 0))
            found.append(Coverage.of(name, href, total, share))
    return found


def by_set(learner: LearnerContext, listing: Listing) -> list[Coverage]:
    """In their order. Sets of which nothing is listed are left out."""
    selection = listing.selection
    sets = selection.filter_choices.sets
    if not sets:
        return []
    key = (learner.catalogue_version, audience(learner.user), "set totals")
    totals = remembered(key, lambda: _set_totals(selection))
    shares = _shares(learner, listing, "question__set_entries__set")
    found = []
    for name, (pk, title, _) in sets.items():
        if pk in totals:
            href, share = selection.chosen.address(set=name), shares.get(pk, (0, 0))
            found.append(Coverage.of(title, href, totals[pk], share))
    return found


def _set_totals(selection: Selection) -> dict[int, int]:
    """Set -> how many of its questions are listed."""
    listed = Question.objects.listed_for(selection.user).filter(pk=OuterRef("question"))
    entries = SetEntry.objects.filter(Exists(listed)).order_by()
    return dict(entries.values_list("set").annotate(Count("pk")))


def _shares(learner: LearnerContext, listing: Listing, column: str) -> Shares:
    """By the column of a tag or set, as Progress reaches it."""
    scope = listing.selection.scope
    name = ("coverage", column)
    return remembered_of(learner, name, lambda: _count_shares(scope, column))


def _count_shares(listed: SessionScope, column: str) -> Shares:
    rows = Progress.objects.begun().filter(listed.contains("question"), user=listed.user)
    rows = rows.filter(**{f"{column}__isnull": False}).order_by()
    counted = rows.values_list(column).annotate(Count("pk"), Count("mastered_at"))
    return {key: (seen, mastered) for key, seen, mastered in counted}
