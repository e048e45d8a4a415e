"""How the studying goes."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User

from .. import coverage
from .. import progress_stats as sums
from ..models import InterviewPlan, StudySettings
from . import figures
from .desk import Desk, desk_of
from .learner import learner as signed_in


@require_safe
@login_required
def index(request: HttpRequest) -> HttpResponse:
    learner = User.objects.select_related("study_settings", "interview_plan").get(pk=signed_in(request).pk)
    # What the page's head says of the interview then needs no query of its own.
    request.user = learner
    desk = desk_of(learner, QueryDict())
    standing = desk.standing(desk.counts.total)
    return render(request, "progress/progress.html", {"standing": standing} | studied(learner) | covered(desk))


def studied(learner: User) -> dict[str, Any]:
    """From the log of reviews and what is due."""
    settings = StudySettings.of(learner)
    calendar = settings.calendar
    today = calendar.day(timezone.now())
    log = sums.log_of(learner, calendar, today)
    due = sums.forecast(learner, calendar, today)
    shown = [figures.retention(log, settings.retention), figures.forecast(due, today), figures.time(log)]
    plan: InterviewPlan | None = getattr(learner, "interview_plan", None)
    if plan and plan.readiness:
        shown.append(figures.readiness(sums.readiness(plan.readiness), plan.day))
    return {
        "begun": bool(log.days),
        "year": figures.year(log),
        "figures": shown,
        "streak": sums.streak(log.days, today),
        "retention": sums.retention(log.since(sums.MONTH))[2],
        "minutes": figures.spent(sums.minutes(log.since(7))),
        "due": due.overdue + due.days[0],
        "leeches": sums.leeches(learner, log),
        "often": sums.LEECH,
    }


def covered(desk: Desk) -> dict[str, Any]:
    return {
        "coverage": [
            ("Tag", coverage.by_tag(desk.selection, desk.counts)),
            ("Set", coverage.by_set(desk.selection, desk.version)),
        ]
    }
