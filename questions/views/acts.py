"""What a learner does in a session: grade, skip, bury, master, star, undo, end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST

from prep.htmx import InPlace, wants_fragment

from .. import study
from ..filters import whole
from ..models import Question
from ..study import showing
from .sitting import Sitting, learners_only, moment

ALREADY = (
    "This question was graded already, in another tab or by a second click. That grade stands; here is what comes next."
)
POINTS = 50


def next_one(sitting: Sitting) -> HttpResponse:
    """To the next question. A session that is through ends."""
    study.end_if_through(sitting.session, sitting.pool, now=sitting.now)
    return shown(sitting)


def shown(sitting: Sitting, question: int | None = None) -> HttpResponse:
    return InPlace(f"{sitting.path}?question={question}" if question else sitting.path)


@require_POST
@learners_only
def grade(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    question = sitting.question(request.POST.get("question", ""))
    points = ticked(request, question)
    rating, number = rating_of(request, sitting, question, points), whole(request.POST.get("number", ""))
    if rating not in range(1, 5) or number is None:
        return HttpResponseBadRequest(
            "rating is 1, 2, 3 or 4; number is that of the review.", content_type="text/plain"
        )
    told: dict[str, Any] = {"shown_at": moment(request.POST.get("shown", "")), "now": sitting.now}
    told |= {"user": sitting.user, "question": question, "session": sitting.session, "rating": rating}
    try:
        if sitting.crams:
            study.cram(**told)
        else:
            study.grade(**told, number=number, points=points)
    except study.AlreadyGraded:
        messages.info(request, ALREADY)
    return next_one(sitting)


def ticked(request: HttpRequest, question: Question) -> list[int]:
    """Only points of this question."""
    points = {whole(value) for value in request.POST.getlist("point")[:POINTS]}
    return [point for point in showing.points_of(question) if point in points] if points else []


def rating_of(request: HttpRequest, sitting: Sitting, question: Question, points: list[int]) -> int | None:
    """The grade of a button, or the one that the ticks suggest: without JavaScript no button can be marked as best."""
    rating = request.POST.get("rating", "")
    if rating == "ticked" and (every := showing.points_of(question)):
        return showing.suggestions(len(every), sitting.settings)[len(points)]
    return whole(rating)


def act(do: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view that does this with the question of the form and goes on to the next one."""

    @require_POST
    @learners_only
    def view(request: HttpRequest, sitting: Sitting) -> HttpResponse:
        question = sitting.question(request.POST.get("question", ""))
        do(user=sitting.user, question=question, session=sitting.session, now=sitting.now)
        return next_one(sitting)

    return view


skip, bury = act(study.skip), act(study.bury)


@require_POST
@learners_only
def mastered(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    question = sitting.question(request.POST.get("question", ""))
    value = request.POST.get("mastered") != "0"
    study.master(user=sitting.user, question=question, session=sitting.session, mastered=value, now=sitting.now)
    return next_one(sitting)


@require_POST
@learners_only
def starred(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The question stays, and whatever was revealed, written and ticked."""
    question = sitting.question(request.POST.get("question", ""))
    value = request.POST.get("starred") != "0"
    study.star(user=sitting.user, question=question, session=sitting.session, starred=value, now=sitting.now)
    if not wants_fragment(request):
        return shown(sitting, question.pk)
    last = study.last_act(sitting.user, sitting.session)
    context = {"path": sitting.path, "starred": value, "undo": last.pk if last else "", "moved": True}
    return render(request, "study/session.html#star", context)


@require_POST
@learners_only
def undo(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Back to the question that the act was about."""
    try:
        undone = study.undo(user=sitting.user, act_id=whole(request.POST.get("act", "")) or 0, now=sitting.now)
    except study.CannotUndo as error:
        messages.warning(request, str(error))
        return next_one(sitting)
    study.reopen(sitting.session)
    return shown(sitting, undone.question_id)


@require_POST
@learners_only
def end(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    study.end(sitting.session, now=sitting.now)
    return shown(sitting)
