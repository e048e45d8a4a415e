"""The front page and the health check."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from questions import stats, study
from questions.filters import Filter
from questions.models import Learner, StudySettings
from questions.views import facets
from questions.views.desk import COLUMNS, Desk, desk_of, row_of, with_filter


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    news = {"unread": study.arrive(user).unread} if user.is_authenticated else {}
    desk = desk_of(user, QueryDict())
    return render(request, "home.html", news | (learning(desk, desk.learner) if desk.learner else {}))


def learning(desk: Desk, learner: Learner) -> dict[str, Any]:
    """Where a learner stands, and with which question to go on."""
    counts = desk.counts
    standing = stats.standing_of(desk.selection, learner, counts.total, desk.version)
    new = with_filter(desk, progress="new")
    question = new.selection.listed().only(*COLUMNS).first()
    pool, settings = desk.selection.pool, StudySettings.of(learner.user)
    return {
        "standing": standing,
        "due": study.due_count(learner.user, pool, settings, timezone.now()),
        "next": row_of(question, new.selection.chosen.query()) if question else None,
        "tags": stats.by_tag(desk.selection, counts, learner, desk.version),
        "choices": facets.progress(Filter(), standing),
    }


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Says ok when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
