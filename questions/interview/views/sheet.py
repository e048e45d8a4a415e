"""The sheet for the morning of the interview, to be printed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.catalogue import facets
from questions.catalogue.listing import everything_listed
from questions.learner.requests import learner_of

from ..plan import plan_selection
from ..sheet import sheet_of


@require_safe
@login_required
def sheet(request: HttpRequest) -> HttpResponse:
    """Of the plan's questions, or of those that the address names; without a plan, for today."""
    learner = learner_of(request)
    plan = learner.plan_ahead
    day, query = (plan.day, plan.query) if plan else (learner.wall_date, "")
    everything = everything_listed(learner).selection
    selection = plan_selection(everything, request.GET or QueryDict(query))
    context = {
        "learner": learner,
        "sections": sheet_of(learner, selection.scope, day),
        "day": day,
        "about": facets.words(selection),
        "list": selection.chosen.address(),
    }
    return render(request, "interview/sheet.html", context)
