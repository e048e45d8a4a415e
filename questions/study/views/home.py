"""The front page."""

from typing import Any, cast

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from questions.catalogue import counts as stats
from questions.catalogue import facets
from questions.catalogue.filters import Filter
from questions.catalogue.listing import Listing, listing_of
from questions.learner.context import Arrival, arrive

from .. import cards


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    if not user.is_authenticated:
        return render(request, "study/home.html", {})
    arrival = arrive(user)
    return render(
        request, "study/home.html", {"unread": arrival.unread} | learning(listing_of(user, QueryDict()), arrival)
    )


def learning(listing: Listing, arrival: Arrival) -> dict[str, Any]:
    """Where a learner stands, and how to go on."""
    learner, counts = cast(User, listing.selection.user), listing.counts
    standing = stats.standing_of(listing.selection, learner, counts.total)
    context = {
        "standing": standing,
        "tags": stats.by_tag(listing.selection, counts),
        "choices": facets.progress_choices(Filter(), standing),
    }
    if not standing.total:
        return context
    return context | cards.first_of_all(learner, listing.selection, listing.version, standing, arrival, timezone.now())
