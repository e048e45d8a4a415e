"""A session: one question at a time, its answer, and the summary at the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from prep.htmx import wants_fragment
from questions.catalogue.answers import answers
from questions.catalogue.filters import whole
from questions.catalogue.lookups import QuestionPage
from questions.models import Progress, Question, StudySession
from questions.rendering.words import counted

from .. import cards, question_card, sessions
from ..grading import progress_of
from ..queue import Queue
from ..session_log import SessionLog
from .acts import GONE
from .current import CurrentSession, with_session
from .summary import summary


@require_safe
@with_session
def page(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    """What comes next, or the question of the address: after undo, the one it was about."""
    named = current.question_page(whole(request.GET.get("question", "")))
    context = session_context(current, named)
    if wants_fragment(request):
        # Without a request: nothing here needs what the pages' contexts are filled with.
        return HttpResponse(render_to_string("study/session.html#asked", context))
    return render(request, "study/session.html", context)


def session_context(current: CurrentSession, question: QuestionPage | None) -> dict[str, Any]:
    """Of this question, else of the next one; of the summary where there is none."""
    learner, session = current.learner, current.session
    if question or session.ended_at:
        log = SessionLog.of(session)
    else:
        upcoming, log = sessions.advance(learner, session, current.scope)
        question = current.question_page(upcoming)
    context = {
        "learner": learner,
        "session": session,
        "about": cards.about(current.selection, session.mode),
        "undo": str(log.last_act or ""),
    }
    if question is None:
        return context | end_context(current, log)
    return context | place_context(current, log, question) | question_context(current, question)


def end_context(current: CurrentSession, log: SessionLog) -> dict[str, Any]:
    learner, session = current.learner, current.session
    unfinished = False
    if session.ended_at:
        unfinished = Queue(learner, session, current.scope, log).next() is not None
    # Through, whoever notices it first.
    sessions.end(learner, session)
    end = summary(current, log) | {"unfinished": unfinished}
    return {"current": current, "done": log, "summary": end}


def question_context(current: CurrentSession, page: QuestionPage) -> dict[str, Any]:
    progress, learner = page.progress or Progress(), current.learner
    # Texts, since a template takes pains to write a number.
    pk, number = str(page.question.pk), str(page.number)
    shown = str(int(10 * learner.now.timestamp()) / 10)
    return {
        "question": page.question,
        "fields": {"question": pk, "number": number, "shown": shown},
        "reveal": current.reveal_path(page.question.pk, {"number": number, "shown": shown}),
        "crams": current.crams,
        "meta": question_card.meta(page, learner),
        "points": counted(page.points, "key point") if page.points else "",
        "starred": progress.starred,
        "mastered": progress.mastered,
        "note": progress.note,
        "here": f"{current.path}?question={pk}",
    }


def place_context(current: CurrentSession, log: SessionLog, page: QuestionPage) -> dict[str, Any]:
    """How far the session has come: in minutes where it has so many, else in questions."""
    session, seconds = current.session, log.seconds
    value, most, place = place_among_questions(session, log, page.question.pk)
    if session.minutes and not session.limit:
        most = session.minutes * 60
        value, place = min(seconds, most), f"Question {len(log.graded) + 1}"
    return {
        "timer": current.options.timer and current.learner.settings.timer,
        "seconds": str(seconds),
        "minutes": str(seconds // 60),
        "of_minutes": f" of {session.minutes}" if session.minutes else "",
        "value": str(value),
        "of": str(most),
        "place": place,
    }


def place_among_questions(session: StudySession, log: SessionLog, question: int) -> tuple[int, int, str]:
    """How many are done of how many, and the same in words."""
    count = len(log.graded)
    if question in log.graded:
        most = max(count, log.wanted(session))
        return count, most, f"Once more, {count} of {most} done"
    most = max(count + 1, log.wanted(session))
    return count, most, f"{count + 1} of {most}"


@require_http_methods(["GET", "HEAD", "POST"])
@with_session
def reveal(request: HttpRequest, current: CurrentSession, question: int) -> HttpResponse:
    """The answer and the grades.

    What the learner wrote comes without JavaScript only, and goes back into the page.
    """
    page = None if wants_fragment(request) else current.question_page(question)
    asked = page.question if page else current.question(question)
    if asked is None:
        messages.info(request, GONE)
        return redirect(current.path)
    progress = page.progress if page else progress_of(current.user, asked)
    context = answer_context(current, asked, progress or Progress())
    if page is None:
        return HttpResponse(render_to_string("study/session.html#answer", context))
    context |= session_context(current, page)
    context |= {"revealed": True, "own": request.POST.get("own", "")}
    # The grade will be of what was shown, and since then.
    context["fields"] |= current.valid(request.GET) | {"revealed": "1"}
    return render(request, "study/session.html", context)


def answer_context(
    current: CurrentSession,
    question: Question,
    progress: Progress,
) -> dict[str, Any]:
    context, learner = answers(question, current.user), current.learner
    points = list(context.pop("points"))
    buttons = question_card.grade_buttons(progress, learner, intervals=not current.crams)
    suggestions = question_card.suggestions(len(points), learner.settings)
    return context | {
        "asked": question,
        "ticks": points,
        "grades": buttons,
        "suggestions": ",".join(map(str, suggestions)),
        "suggested": question_card.suggestion_words(learner.settings),
        "session": current.session,
        "crams": current.crams,
    }
