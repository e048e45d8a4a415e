"""The front page."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.catalogue import facets
from questions.catalogue.filters import Filter
from questions.catalogue.listing import everything_listed
from questions.learner.context import LearnerContext
from questions.learner.requests import learner_of

from ..front_page import next_step
from ..standing import standing_of, weakest_tags


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = home_context(learner_of(request)) if request.user.is_authenticated else {}
    return render(request, "study/home.html", context)


def home_context(learner: LearnerContext) -> dict[str, Any]:
    """Where a learner stands, and how to go on."""
    listing = everything_listed(learner)
    standing = standing_of(learner, listing)
    context = {
        "learner": learner,
        "unread": learner.unread_answers,
        "standing": standing,
        "tags": weakest_tags(learner, listing),
        "choices": list(facets.progress_choices(Filter(), standing)),
    }
    if standing.total:
        step = next_step(learner, listing.selection, standing)
        context |= {"card": step.card, "way": step.path, "label": step.label}
    return context
