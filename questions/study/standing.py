"""Where a learner stands, counted again once their progress or the catalogue changes."""

from collections.abc import Callable, Hashable
from typing import TypeVar, cast

from questions.catalogue import counts
from questions.catalogue.cache import audience, remembered
from questions.catalogue.counts import Standing, TagStanding
from questions.catalogue.listing import Listing
from questions.learner.context import LearnerContext

T = TypeVar("T")


def remembered_of(learner: LearnerContext, name: Hashable, count: Callable[[], T]) -> T:
    """`name`: what `count` counts."""
    user, versions = learner.user, (learner.catalogue_version, learner.progress_version)
    return remembered((versions, audience(user), user.pk, name), count)


def standing_of(learner: LearnerContext, listing: Listing) -> Standing:
    """Whatever the list's filter says of the learner's progress."""
    name = ("standing", listing.selection.chosen.shared)

    def count() -> Standing:
        return cast(Standing, listing.standing(listing.counts.total))

    return remembered_of(learner, name, count)


def weakest_tags(learner: LearnerContext, listing: Listing) -> list[TagStanding]:
    """Of everything that the learner is listed."""

    def count() -> list[TagStanding]:
        return counts.by_tag(listing.selection, listing.counts)

    return remembered_of(learner, "weakest tags", count)
