"""The interview plan: the day, for which questions, and what it asks."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST

from questions.catalogue import facets
from questions.catalogue.filters import Filter
from questions.catalogue.listing import Listing, listing_of
from questions.catalogue.selection import Selection
from questions.learner.context import keep_time_zone, plan_of, planner
from questions.learner.requests import learner
from questions.models import InterviewPlan, StudySettings

from ..countdown import Countdown, countdown
from ..forms import Choices, PlanForm
from ..plan import keep_plan, planned

TAGS = 100
MOST_MINUTES = 600


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def plan(request: HttpRequest) -> HttpResponse:
    keep_time_zone(learner(request), request.POST.get("time_zone", ""))
    user, now = planner(request), timezone.now()
    mine, settings = plan_of(user), StudySettings.of(user)
    today, listing = settings.calendar.wall_date(now), planned(listing_of(user, QueryDict(mine.query if mine else "")))
    form = form_of(request, mine, listing, today)
    if form.is_valid():
        keep_plan(user=user, **form.cleaned_data, now=now)
        messages.success(request, "The plan is changed." if mine else "The plan is made.")
        return redirect("study:interview")
    context = {
        "form": form,
        "plan": mine,
        "over": mine and mine.day < today,
        "proposed": bool(request.GET),
        "asks_time_zone": settings._state.adding,
    }
    if mine and mine.day >= today:
        context |= standing(
            listing.selection, mine, countdown(user, listing.selection, listing.version, mine, settings, now)
        )
    return render(request, "interview/plan.html", context, status=422 if form.errors else 200)


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("study:interview"))
    InterviewPlan.objects.filter(user=learner(request)).delete()
    messages.success(request, "The plan is removed. What you studied, and what is due when, stays as it is.")
    return redirect("study:interview")


def form_of(request: HttpRequest, mine: InterviewPlan | None, listing: Listing, today: date) -> PlanForm:
    """With the questions of the plan, or, where the page's address names some, with those."""
    selection = wanted = listing.selection
    if request.GET:
        wanted = planned(listing_of(learner(request), request.GET)).selection
    initial: dict[str, Any] = {"day": mine.day, "minutes": mine.minutes} if mine and mine.day >= today else {}
    return PlanForm(
        request.POST if request.method == "POST" else None,
        initial=initial | {"query": wanted.chosen.query()},
        choices=choices(selection, wanted),
        today=today,
    )


def choices(*proposed: Selection) -> Choices:
    """Everything, a set, a tag, or what was chosen by filters of the list."""
    filter_choices = proposed[0].filter_choices
    sets = [(Filter(set=name).query(), title) for name, (_, title, _) in filter_choices.sets.items()]
    tags = [(Filter(tags=(slug,)).query(), name) for slug, (_, name) in [*filter_choices.tags.items()][:TAGS]]
    known = {"", *dict(sets), *dict(tags)}
    others = {each.chosen.query(): capfirst(facets.words(each)) for each in proposed}
    filters = [(query, words) for query, words in others.items() if query not in known]
    groups = [("Filters", filters), ("Sets", sets), ("Tags", tags)]
    return [("", "Everything"), *(group for group in groups if group[1])]


def standing(selection: Selection, mine: InterviewPlan, ahead: Countdown) -> dict[str, Any]:
    chosen, ready, verdict = selection.chosen, ahead.readiness, ahead.verdict
    tags = [
        (tag.name, chosen.address(tags=_with(chosen, tag.slug)), round(tag.share * 100), tag.questions)
        for tag in ahead.tags
    ]
    late = verdict.days and mine.minutes < verdict.minutes_needed <= MOST_MINUTES
    return {
        "ahead": ahead,
        "enough": verdict.minutes_needed if late else 0,
        "parts": [(part.words, part.chosen.query(), part.questions) for part in ahead.parts],
        "about": facets.words(selection),
        "list": chosen.address(),
        "query": chosen.query(),
        # What the plan was made for may have gone since.
        "narrowed": chosen.query() != mine.query,
        "percent": round(ready.overall * 100),
        "tags": tags,
    }


def _with(chosen: Filter, tag: str) -> tuple[str, ...]:
    return chosen.tags if tag in chosen.tags else (*chosen.tags, tag)
