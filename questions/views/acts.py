"""What a learner does in a session: grade, skip, bury, master, star, undo, end."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from prep.htmx import wants_fragment

from .. import study
from ..filters import whole
from ..models import Question
from .session import asked_again, next_page
from .sitting import Sitting, learners_only, moment

ALREADY = (
    "This question was graded already, in another tab or by a second click. That grade stands; here is what comes next."
)
POINTS = 50


@require_POST
@learners_only
def grade(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    rating, number = (whole(request.POST.get(name, "")) for name in ("rating", "number"))
    if rating not in range(1, 5) or number is None:
        return HttpResponseBadRequest(
            "rating is 1, 2, 3 or 4; number is that of the review.", content_type="text/plain"
        )
    question = sitting.question(request.POST.get("question", ""))
    told: dict[str, Any] = {"shown_at": moment(request.POST.get("shown", "")), "now": sitting.now}
    told |= {"user": sitting.user, "question": question, "session": sitting.session, "rating": rating}
    try:
        if sitting.crams:
            study.cram(**told)
        else:
            study.grade(**told, number=number, points=ticked(request, question))
    except study.AlreadyGraded:
        messages.info(request, ALREADY)
    return next_page(request, sitting)


def ticked(request: HttpRequest, question: Question) -> list[int]:
    """Only points of this question."""
    points = [point for value in request.POST.getlist("point")[:POINTS] if (point := whole(value))]
    return list(question.key_points.filter(pk__in=points).values_list("pk", flat=True)) if points else []


def act(do: Callable[..., Any]) -> Callable[..., HttpResponse]:
    """A view that does this with the question of the form and goes on to the next one."""

    @require_POST
    @learners_only
    def view(request: HttpRequest, sitting: Sitting) -> HttpResponse:
        question = sitting.question(request.POST.get("question", ""))
        do(user=sitting.user, question=question, session=sitting.session, now=sitting.now)
        return next_page(request, sitting)

    return view


skip, bury = act(study.skip), act(study.bury)


@require_POST
@learners_only
def mastered(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    question = sitting.question(request.POST.get("question", ""))
    value = request.POST.get("mastered") != "0"
    study.master(user=sitting.user, question=question, session=sitting.session, mastered=value, now=sitting.now)
    return next_page(request, sitting)


@require_POST
@learners_only
def starred(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The question stays, and whatever was revealed, written and ticked."""
    question = sitting.question(request.POST.get("question", ""))
    value = request.POST.get("starred") != "0"
    study.star(user=sitting.user, question=question, session=sitting.session, starred=value, now=sitting.now)
    if not wants_fragment(request):
        return redirect(f"{sitting.path}?question={question.pk}")
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
        return next_page(request, sitting)
    study.reopen(sitting.session)
    return next_page(request, sitting, asked_again(sitting, str(undone.question_id or "")))


@require_POST
@learners_only
def end(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    if not sitting.session.ended_at:
        study.end(sitting.session, now=sitting.now)
    return next_page(request, sitting)
