"""How the studying goes."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions.catalogue.listing import everything_listed
from questions.catalogue.selection import Selection
from questions.learner.context import LearnerContext
from questions.learner.requests import learner_of
from questions.rendering.words import spent
from questions.study.due_counts import asked_today
from questions.study.standing import remembered_of, standing_of

from . import coverage, figures
from . import review_log as sums


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    learner = learner_of(request)
    listing = everything_listed(learner)
    context = {
        "learner": learner,
        "standing": standing_of(learner, listing),
        "coverage": [
            ("Tag", coverage.by_tag(learner, listing)),
            ("Set", coverage.by_set(learner, listing)),
        ],
        **figures_context(learner, listing.selection),
    }
    return render(request, "progress/progress.html", context)


def figures_context(learner: LearnerContext, everything: Selection) -> dict[str, Any]:
    """From the log of reviews and what is due."""
    plan, log = learner.plan, year_of(learner)
    due = sums.forecast(learner.user, learner.calendar, learner.day)
    shown = [
        figures.retention(log, learner.settings.retention),
        figures.forecast(due, learner.day),
        figures.time(log),
    ]
    if plan and plan.readiness:
        shown.append(figures.readiness(sums.readiness(plan.readiness), plan.day))
    return {
        "begun": bool(log.days),
        "year": figures.year(log),
        "figures": shown,
        "streak": sums.streak(log.days, learner.day),
        "retention": sums.retention(log.since(sums.MONTH))[2],
        "minutes": spent(sums.minutes(log.since(7))),
        "due": asked_today(learner, everything),
        "leeches": sums.leeches(learner.user, log),
        "often": sums.LEECH,
    }


def year_of(learner: LearnerContext) -> sums.Log:
    """Read again once the learner studied, or another day has begun."""
    calendar, day = learner.calendar, learner.day
    name = ("log", calendar, day)
    return remembered_of(learner, name, lambda: sums.log_of(learner.user, calendar, day))
