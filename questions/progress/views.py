"""How the studying goes."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions.catalogue.listing import Listing, listing_of
from questions.learner.context import arrive
from questions.learner.requests import learner as signed_in
from questions.models import InterviewPlan, Learner, StudySettings
from questions.rendering.words import spent
from questions.study.due_counts import due_count

from . import coverage, figures
from . import review_log as sums


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    arrive(user)
    listing = listing_of(user, QueryDict())
    learner = Learner.objects.filter(user=user).first() or Learner(user=user)
    standing = {"standing": listing.standing(listing.counts.total)}
    return render(request, "progress/progress.html", standing | studied(listing, learner) | covered(listing, learner))


def studied(listing: Listing, learner: Learner) -> dict[str, Any]:
    """From the log of reviews and what is due."""
    user = learner.user
    settings = StudySettings.of(user)
    calendar = settings.calendar
    today = calendar.day(timezone.now())
    log = sums.log_of(user, calendar, today)
    due = sums.forecast(user, calendar, today)
    shown = [figures.retention(log, settings.retention), figures.forecast(due, today), figures.time(log)]
    plan: InterviewPlan | None = getattr(user, "interview_plan", None)
    if plan and plan.readiness:
        shown.append(figures.readiness(sums.readiness(plan.readiness), plan.day))
    return {
        "begun": bool(log.days),
        "year": figures.year(log),
        "figures": shown,
        "streak": sums.streak(log.days, today),
        "retention": sums.retention(log.since(sums.MONTH))[2],
        "minutes": spent(sums.minutes(log.since(7))),
        # As the front page and the start of a session say it.
        "due": due_count(user, listing.selection.pool, settings, timezone.now()),
        "leeches": sums.leeches(log, learner, listing.version),
        "often": sums.LEECH,
    }


def covered(listing: Listing, learner: Learner) -> dict[str, Any]:
    tags = coverage.by_tag(listing.selection, listing.counts, learner, listing.version)
    return {"coverage": [("Tag", tags), ("Set", coverage.by_set(listing.selection, learner, listing.version))]}
