"""The sheet for the morning of the interview, to be printed."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.catalogue import facets
from questions.catalogue.listing import listing_of
from questions.learner.context import plan_of, planner
from questions.models import InterviewPlan, StudySettings

from ..plan import planned
from ..sheet import sheet_of


@require_safe
@login_required
def sheet(request: HttpRequest) -> HttpResponse:
    """Of the plan's questions, or of those that the address names; without a plan, for this morning."""
    user = planner(request)
    settings = StudySettings.of(user)
    plan, today = plan_of(user), settings.calendar.wall_date(timezone.now())
    if plan is None or plan.day < today:
        plan = InterviewPlan(user_id=user.pk, day=today)
    selection = planned(listing_of(user, request.GET or QueryDict(plan.query))).selection
    chosen_set = selection.filter_choices.sets[selection.chosen.set][0] if selection.chosen.set else None
    context = {
        "sections": sheet_of(user, selection.found(), plan, settings, chosen_set),
        "day": plan.day,
        "about": facets.words(selection),
        "list": selection.chosen.address(),
    }
    return render(request, "interview/sheet.html", context)
