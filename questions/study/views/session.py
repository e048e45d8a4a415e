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
from questions.rendering.words import counted

from .. import question_card, sessions
from ..cards import about
from ..session_log import SessionLog
from ..sessions import advance
from .acts import GONE
from .current import CurrentSession, learners_only
from .summary import summary


@require_safe
@learners_only
def page(request: HttpRequest, current: CurrentSession) -> HttpResponse:
    """The question that comes next, or the one the address names: after undo, the one it was about."""
    context = question_context(current, current.opened(whole(request.GET.get("question", ""))))
    if wants_fragment(request):
        # Without a request: nothing here needs what the pages' contexts are filled with.
        return HttpResponse(render_to_string("study/session.html#asked", context))
    return render(request, "study/session.html", context)


def question_context(current: CurrentSession, opened: QuestionPage | None = None) -> dict[str, Any]:
    """Of a question, or of the one that the queue chooses; of the summary where it chooses none."""
    session = current.session
    if opened or session.ended_at:
        done = SessionLog.of(session)
    else:
        question, done = advance(session, current.pool, now=current.now)
        opened = current.opened(question)
    context = {"session": session, "about": about(current.selection, session.mode), "undo": str(done.last_act or "")}
    if opened is None:
        unfinished = session.ended_at and advance(session, current.pool, now=current.now)[0]
        # Through, whoever notices it first.
        sessions.end(session, now=current.now)
        end = summary(current, done) | {"unfinished": bool(unfinished)}
        return context | {"current": current, "done": done, "summary": end}
    return context | place(current, done, opened) | asked(current, opened)


def asked(current: CurrentSession, opened: QuestionPage) -> dict[str, Any]:
    progress = opened.progress
    pk, number, shown = str(opened.question.pk), str(opened.number), f"{int(10 * current.now.timestamp()) / 10}"
    return {
        "question": opened.question,
        "fields": {"question": pk, "number": number, "shown": shown},
        "reveal": current.reveal_path(opened.question.pk, {"number": number, "shown": shown}),
        "crams": current.crams,
        "meta": question_card.meta(opened, current.settings, current.now),
        "points": counted(opened.points, "key point") if opened.points else "",
        "starred": bool(progress and progress.starred),
        "mastered": bool(progress and progress.mastered),
        "note": bool(progress and progress.note),
        "here": f"{current.path}?question={pk}",
    }


def place(current: CurrentSession, done: SessionLog, opened: QuestionPage) -> dict[str, Any]:
    """How far the session has come: in minutes where it has so many, else in questions. As texts."""
    session, count = current.session, len(done.graded)
    timer = {
        "timer": current.options.timer and current.settings.timer,
        "seconds": str(done.seconds),
        "minutes": str(done.seconds // 60),
        "of_minutes": f" of {session.minutes}" if session.minutes else "",
    }
    if session.minutes and not session.limit:
        whole = session.minutes * 60
        return timer | {"value": str(min(done.seconds, whole)), "of": str(whole), "place": f"Question {count + 1}"}
    total = done.wanted(session)
    if opened.question.pk in done.graded:
        total = max(count, total)
        return timer | {"value": str(count), "of": str(total), "place": f"Once more, {count} of {total} done"}
    total = max(count + 1, total)
    return timer | {"value": str(count), "of": str(total), "place": f"{count + 1} of {total}"}


@require_http_methods(["GET", "HEAD", "POST"])
@learners_only
def reveal(request: HttpRequest, current: CurrentSession, question: int) -> HttpResponse:
    """The answer and the grades. What the learner wrote comes without JavaScript only, and goes back into the page."""
    opened = current.opened(question)
    if opened is None:
        messages.info(request, GONE)
        return redirect(current.path)
    context = answer_context(current, opened)
    if wants_fragment(request):
        return HttpResponse(render_to_string("study/session.html#answer", context))
    context |= question_context(current, opened) | {"revealed": True, "own": request.POST.get("own", "")}
    # The grade will be of what was shown, and since then.
    context["fields"] |= current.kept(request.GET) | {"revealed": "1"}
    return render(request, "study/session.html", context)


def answer_context(current: CurrentSession, opened: QuestionPage) -> dict[str, Any]:
    given = answers(opened.question, current.user)
    points = list(given.pop("points"))
    grades = question_card.grades(opened.progress, current.settings, current.now, intervals=not current.crams)
    suggestions = ",".join(str(each) for each in question_card.suggestions(len(points), current.settings))
    return given | {
        "asked": opened.question,
        "ticks": points,
        "grades": grades,
        "suggestions": suggestions,
        "suggested": question_card.words(current.settings),
        "session": current.session,
        "crams": current.crams,
    }
