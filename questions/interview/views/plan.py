"""The interview plan: the day, for which questions, and what it asks."""

from operator import itemgetter
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
from ..readiness import TagReadiness

TAGS = 100
MOST_MINUTES = 600


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    keep_time_zone(user_of(request), request.POST.get("time_zone", ""))
    learner = learner_of(request)
    plan = learner.plan
    everything = everything_listed(learner).selection
    planned = QueryDict(plan.query if plan else "")
    selection = plan_selection(everything, planned)
    wanted = plan_selection(everything, request.GET or planned)
    form = plan_form(request, learner, selection, wanted)
    if form.is_valid():
        keep_plan(learner, **form.cleaned_data)
        messages.success(request, "The plan is changed." if plan else "The plan is made.")
        return redirect("study:interview")
    context = page_context(learner, selection) | {"form": form, "proposed": bool(request.GET)}
    return render(request, "interview/plan.html", context, status=422 if form.errors else 200)


def page_context(learner: LearnerContext, selection: Selection) -> dict[str, Any]:
    """Of the plan for an interview to come, or that there is none."""
    context = {
        "learner": learner,
        "plan": learner.plan,
        "over": learner.plan != learner.plan_ahead,
        "asks_time_zone": learner.settings._state.adding,
    }
    if learner.plan_ahead:
        ahead = countdown(learner, learner.plan_ahead, selection.scope)
        context |= plan_context(learner.plan_ahead, selection, ahead)
    return context


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
    plan = learner.plan_ahead
    initial: dict[str, Any] = {"query": wanted.chosen.query()}
    if plan:
        initial |= {"day": plan.day, "minutes": plan.minutes}
    return PlanForm(
        request.POST if request.method == "POST" else None,
        initial=initial,
        choices=choices(selection, wanted),
        today=learner.wall_date,
    )


def choices(*proposed: Selection) -> Choices:
    """Everything, a set, a tag, or what was chosen by filters of the list."""
    known = proposed[0].filter_choices
    sets = [(Filter(set=name).query(), choice.title) for name, choice in known.sets.items()]
    tags = [(Filter(tags=(tag,)).query(), choice.name) for tag, choice in known.tags.items()]
    named = {"", *dict(sets), *dict(tags[:TAGS])}
    filters = {}
    for selection in proposed:
        query = selection.chosen.query()
        if query not in named:
            filters[query] = capfirst(facets.words(selection))
    groups: Choices = [("Filters", [*filters.items()]), ("Sets", sets), ("Tags", tags[:TAGS])]
    return [("", "Everything"), *filter(itemgetter(1), groups)]


def plan_context(plan: InterviewPlan, selection: Selection, ahead: Countdown) -> dict[str, Any]:
    chosen, verdict = selection.chosen, ahead.verdict
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
        "tags": [tag_row(tag, chosen) for tag in ahead.tags],
    }


def tag_row(tag: TagReadiness, chosen: Filter) -> tuple[str, str, int, int]:
    """Name, address of its questions in the plan, readiness in percent, and their number."""
    tags = dict.fromkeys([*chosen.tags, tag.slug])
    return tag.name, chosen.address(tags=tuple(tags)), round(tag.share * 100), tag.questions
