"""What a learner does in a session: grade, skip, bury, master, star, undo, end, go on."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST

from prep.htmx import InPlace, wants_fragment
from questions.catalogue.filters import whole
from questions.models import Question

from .. import acts, grading, question_card, sessions
from ..acts import master, star
from ..grading import AlreadyGraded, cram
from ..sessions import reopen
from ..undo import CannotUndo, last_act
from ..undo import undo as undo_
from .current import CurrentSession, learners_only, moment

ALREADY = (
    "This question was graded already: in another tab, by a second click, or before you went back. That grade stands, "
    "and Undo takes it back. Here is what comes next."
)
GONE = "That question was withdrawn meanwhile. Here is what comes next."
POINTS = 50

Act = Callable[[HttpRequest, CurrentSession, Question], HttpResponse]


def shown(current: CurrentSession, question: int | None = None) -> HttpResponse:
    """This question, or the next one."""
    return InPlace(f"{current.path}?question={question}" if question else current.path)


def with_question(view: Act) -> Callable[..., HttpResponse]:
    """With the question of the form; where there is none that the learner may open, the next one is shown."""

    @require_POST
    @learners_only
    @wraps(view)
    def found(request: HttpRequest, current: CurrentSession) -> HttpResponse:
        question = current.question(request.POST.get("question", ""))
        if question is None:
            messages.info(request, GONE)
            return shown(current)
        return view(request, current, question)

    return found


def told(request: HttpRequest, current: CurrentSession, question: Question) -> dict[str, Any]:
    """What every act is told: who does it to what, and since when it was seen."""
    shown_at = moment(request.POST.get("shown", ""))
    who = {"user": current.user, "session": current.session, "now": current.now}
    return who | {"question": question, "shown_at": shown_at}


@with_question
def grade(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    points = ticked(request, question)
    rating, number = rating_of(request, current, question, points), whole(request.POST.get("number", ""))
    if rating is None or rating not in range(1, 5) or number is None:
        return HttpResponseBadRequest(
            "rating is 1, 2, 3 or 4; number is that of the review.", content_type="text/plain"
        )
    try:
        if current.crams:
            cram(**told(request, current, question), rating=rating)
        else:
            grading.grade(**told(request, current, question), rating=rating, number=number, points=points)
    except AlreadyGraded:
        messages.info(request, ALREADY)
    return shown(current)


def ticked(request: HttpRequest, question: Question) -> list[int]:
    """Only points of this question."""
    points = {whole(value) for value in request.POST.getlist("point")[:POINTS]}
    return [point for point in question_card.points_of(question) if point in points] if points else []


def rating_of(request: HttpRequest, current: CurrentSession, question: Question, points: list[int]) -> int | None:
    """The grade of a button, or the one that the ticks suggest: without JavaScript no button can be marked as best."""
    rating = request.POST.get("rating", "")
    if rating == "ticked" and (every := question_card.points_of(question)):
        return question_card.suggestions(len(every), current.settings)[len(points)]
    return whole(rating)


@with_question
def skip(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    acts.skip(**told(request, current, question))
    return shown(current)


@with_question
def bury(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    acts.bury(**told(request, current, question))
    return shown(current)


@with_question
def mastered(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    master(**told(request, current, question), mastered=request.POST.get("mastered") != "0")
    return shown(current)


@with_question
def starred(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    """The question stays, and its answer where it was revealed; in place, also what was written and ticked."""
    value = request.POST.get("starred") != "0"
    star(user=current.user, question=question, session=current.session, starred=value, now=current.now)
    if not wants_fragment(request):
        address = current.reveal_path(question.pk, request.POST) if "revealed" in request.POST else ""
        return InPlace(address) if address else shown(current, question.pk)
    last = last_act(current.user, current.session)
    context = {"session": current.session, "starred": value, "undo": last.pk if last else "", "moved": True}
    return render(request, "study/session.html#star", context)


@require_POST
@learners_only
def undo(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    """Back to the question that the act was about."""
    try:
        undone = undo_(user=current.user, act_id=whole(request.POST.get("act", "")) or 0, now=current.now)
    except CannotUndo as error:
        messages.warning(request, str(error))
        return shown(current)
    reopen(current.session)
    return shown(current, undone.question_id)


@require_POST
@learners_only
def end(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    sessions.end(current.session, now=current.now)
    return shown(current)


@require_POST
@learners_only
def go_on(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    """With a session that had ended, here or because another one began."""
    reopen(current.session)
    return shown(current)
