"""What a learner does in a session: grade, skip, bury, master, star, undo, end, go on."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import render
from django.views.decorators.http import require_POST

from prep.htmx import InPlace, wants_fragment
from questions.catalogue.filters import whole
from questions.models import Question

from .. import grading, marks, question_card, sessions
from .. import undo as undoing
from ..occasion import Occasion
from .current import CurrentSession, moment, with_session

ALREADY = (
    "This question was graded already: in another tab, by a second click, or before you went back. "
    "That grade stands, and Undo takes it back. Here is what comes next."
)
GONE = "That question was withdrawn meanwhile. Here is what comes next."
ODD_GRADE = "rating is 1, 2, 3 or 4; number is that of the review."
MOST_POINTS = 50

Act = Callable[[HttpRequest, CurrentSession, Question], HttpResponse]


def show_next(current: CurrentSession) -> HttpResponse:
    return InPlace(current.path)


def show_question(current: CurrentSession, question: int | None) -> HttpResponse:
    return InPlace(f"{current.path}?question={question}") if question else show_next(current)


def with_question(view: Act) -> Callable[..., HttpResponse]:
    """With the question of the form, or on to the next one where the learner may not open it."""

    @require_POST
    @with_session
    @wraps(view)
    def guarded(request: HttpRequest, current: CurrentSession) -> HttpResponse:
        question = current.question(whole(request.POST.get("question", "")))
        if question is None:
            messages.info(request, GONE)
            return show_next(current)
        return view(request, current, question)

    return guarded


def occasion(request: HttpRequest, current: CurrentSession, question: Question) -> Occasion:
    shown_at = moment(request.POST.get("shown", ""))
    return Occasion(current.user, question, current.learner.now, current.session, shown_at)


@with_question
def grade(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    points = ticked_points(request, question)
    rating = rating_of(request, current, question, points)
    number = whole(request.POST.get("number", ""))
    if rating is None or rating not in range(1, 5) or number is None:
        return HttpResponseBadRequest(ODD_GRADE, content_type="text/plain")
    given, settings = occasion(request, current, question), current.learner.settings
    try:
        if current.crams:
            grading.cram(given, rating)
        else:
            grading.grade(given, settings, number=number, rating=rating, points=points)
    except grading.AlreadyGraded:
        messages.info(request, ALREADY)
    return show_next(current)


def ticked_points(request: HttpRequest, question: Question) -> list[int]:
    """Only points of this question."""
    ticked = {whole(value) for value in request.POST.getlist("point")[:MOST_POINTS]}
    if not ticked:
        return []
    return [point for point in question_card.points_of(question) if point in ticked]


def rating_of(request: HttpRequest, current: CurrentSession, question: Question, points: list[int]) -> int | None:
    """The grade of a button, or the one that the ticks suggest.

    Without JavaScript no button can be marked as best.
    """
    rating = request.POST.get("rating", "")
    if rating != "ticked":
        return whole(rating)
    count = len(question_card.points_of(question))
    if not count:
        return None
    return question_card.suggestions(count, current.learner.settings)[len(points)]


@with_question
def skip(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    marks.skip(occasion(request, current, question))
    return show_next(current)


@with_question
def bury(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    """Until the learner's next day begins."""
    marks.bury(occasion(request, current, question), current.learner.end_of_day)
    return show_next(current)


@with_question
def mastered(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    value = request.POST.get("mastered") != "0"
    marks.master(occasion(request, current, question), mastered=value)
    return show_next(current)


@with_question
def starred(request: HttpRequest, current: CurrentSession, question: Question) -> HttpResponse:
    """The question stays, with its answer where it was revealed.

    In place, so does what was written and ticked.
    """
    value, session = request.POST.get("starred") != "0", current.session
    # The question is still before its learner: no time of it is over.
    marks.star(Occasion(current.user, question, current.learner.now, session), starred=value)
    if wants_fragment(request):
        last = undoing.last_act(current.user, session)
        undo = last.pk if last else ""
        context = {"session": session, "starred": value, "undo": undo, "moved": True}
        return render(request, "study/session.html#star", context)
    if "revealed" in request.POST:
        return InPlace(current.reveal_path(question.pk, request.POST))
    return show_question(current, question.pk)


@require_POST
@with_session
def undo(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    """Back to the question that the act was about."""
    act_id = whole(request.POST.get("act", "")) or 0
    try:
        undone = undoing.undo(user=current.user, act_id=act_id, now=current.learner.now)
    except undoing.CannotUndo as error:
        messages.warning(request, str(error))
        return show_next(current)
    sessions.reopen(current.learner, current.session)
    return show_question(current, undone.question_id)


@require_POST
@with_session
def end(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    sessions.end(current.learner, current.session)
    return show_next(current)


@require_POST
@with_session
def go_on(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    """With a session that had ended, here or because another one began."""
    sessions.reopen(current.learner, current.session)
    return show_next(current)
