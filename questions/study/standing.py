"""Where a learner stands, counted again once their progress or the catalogue changes."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from questions.catalogue import counts
from questions.catalogue.cache import remembered, scope
from questions.catalogue.counts import Standing, TagStanding
from questions.catalogue.listing import Listing
from questions.learner.context import LearnerContext

T = TypeVar("T")


def remembered_of(
    learner: LearnerContext,
    version: int,
    name: Hashable,
    count: Callable[[], T],
) -> T:
    """`version`: that of the catalogue; `name`: what `count` counts."""
    user = learner.user
    return remembered((version, scope(user), user.pk, learner.progress_version, name), count)


def standing_of(learner: LearnerContext, listing: Listing) -> Standing:
    """Whatever the list's filter says of the learner's progress."""
    name = ("standing", listing.selection.chosen.shared)

    def count() -> Standing:
        return cast(Standing, listing.standing(listing.counts.total))

    return remembered_of(learner, listing.version, name, count)


def weakest_tags(learner: LearnerContext, listing: Listing) -> list[TagStanding]:
    """Of everything that the learner is listed."""

    def count() -> list[TagStanding]:
        return counts.by_tag(listing.selection, listing.counts)

    return remembered_of(learner, listing.version, "weakest tags", count)
