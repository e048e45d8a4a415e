"""The front page and the health check."""

from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from questions import stats
from questions.filters import Filter
from questions.views import facets
from questions.views.desk import COLUMNS, Desk, desk_of, row_of, with_filter


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    desk = desk_of(request.user, QueryDict())
    standing = desk.standing(desk.counts.total) if desk.learner else None
    return render(request, "home.html", learning(desk, standing) if standing else {})


def learning(desk: Desk, standing: stats.Standing) -> dict[str, Any]:
    """Where a learner stands, and with which question to go on."""
    new = with_filter(desk, progress="new")
    question = new.selection.listed().only(*COLUMNS).first()
    return {
        "standing": standing,
        "next": row_of(question, new.selection.chosen.query()) if question else None,
        "tags": stats.by_tag(desk.selection, desk.counts),
        "choices": facets.progress(Filter(), standing),
    }


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Says ok when the database answers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain")
