"""The interview plan: the day, for which questions, and what it asks."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST

from questions.catalogue import facets
from questions.catalogue.filters import Filter
from questions.catalogue.listing import everything_listed
from questions.catalogue.selection import Selection
from questions.learner.context import LearnerContext, keep_time_zone
from questions.learner.requests import learner_of, user_of
from questions.models import InterviewPlan

from ..countdown import Countdown, countdown
from ..forms import Choices, PlanForm
from ..plan import keep_plan, plan_selection

TAGS = 100
MOST_MINUTES = 600


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    keep_time_zone(user_of(request), request.POST.get("time_zone", ""))
    learner = learner_of(request)
    plan = learner.plan
    everything = everything_listed(learner).selection
    selection = plan_selection(everything, QueryDict(plan.query if plan else ""))
    wanted = plan_selection(everything, request.GET) if request.GET else selection
    form = plan_form(request, learner, selection, wanted)
    if form.is_valid():
        keep_plan(learner, **form.cleaned_data)
        messages.success(request, "The plan is changed." if plan else "The plan is made.")
        return redirect("study:interview")
    context = {
        "learner": learner,
        "form": form,
        "plan": plan,
        "over": plan and learner.days_to_interview is None,
        "proposed": bool(request.GET),
        "asks_time_zone": learner.settings._state.adding,
    }
    if plan and learner.days_to_interview is not None:
        ahead = countdown(learner, plan, selection.scope)
        context |= plan_context(plan, selection, ahead)
    return render(request, "interview/plan.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("study:interview"))
    InterviewPlan.objects.filter(user=user_of(request)).delete()
    said = "The plan is removed. What you studied, and what is due when, stays as it is."
    messages.success(request, said)
    return redirect("study:interview")


def plan_form(request: HttpRequest, learner: LearnerContext, selection: Selection, wanted: Selection) -> PlanForm:
    """With the questions of the plan, or with those that the page's address names (`wanted`)."""
    plan = learner.plan
    initial: dict[str, Any] = {"query": wanted.chosen.query()}
    if plan and learner.days_to_interview is not None:
        initial |= {"day": plan.day, "minutes": plan.minutes}
    return PlanForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        choices=choices(selection, wanted),
        today=learner.wall_date,
    )


def choices(*proposed: Selection) -> Choices:
    """Everything, a set, a tag, or what was chosen by filters of the list."""
    filter_choices = proposed[0].filter_choices
    sets = [(Filter(set=name).query(), title) for name, (_, title, _) in filter_choices.sets.items()]
    tags = [(Filter(tags=(slug,)).query(), name) for slug, (_, name) in filter_choices.tags.items()][:TAGS]
    known = {"", *dict(sets), *dict(tags)}
    others = {}
    for selection in proposed:
        query = selection.chosen.query()
        if query not in known:
            others[query] = capfirst(facets.words(selection))
    groups = [("Filters", [*others.items()]), ("Sets", sets), ("Tags", tags)]
    return [("", "Everything"), *(group for group in groups if group[1])]


def plan_context(plan: InterviewPlan, selection: Selection, ahead: Countdown) -> dict[str, Any]:
    chosen, verdict = selection.chosen, ahead.verdict
    tags = []
    for tag in ahead.tags:
        narrowed = chosen.tags if tag.slug in chosen.tags else (*chosen.tags, tag.slug)
        address = chosen.address(tags=narrowed)
        tags.append((tag.name, address, round(tag.share * 100), tag.questions))
    late = verdict.days and plan.minutes < verdict.minutes_needed <= MOST_MINUTES
    return {
        "ahead": ahead,
        "enough": verdict.minutes_needed if late else 0,
        "parts": [(part.words, part.chosen.query(), part.questions) for part in ahead.parts],
        "about": facets.words(selection),
        "list": chosen.address(),
        "query": chosen.query(),
        # What the plan was made for may have gone since.
        "narrowed": chosen.query() != plan.query,
        "percent": round(ahead.readiness.overall * 100),
        "tags": tags,
    }
