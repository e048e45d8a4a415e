"""A session: one question at a time, its answer, and the summary at the end."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from prep.htmx import render_page, wants_fragment

from .. import study
from ..models import Question
from ..study import showing
from ..study.queue import Choice
from .reveal import answers
from .sitting import Sitting, about, learners_only, moment

LISTED = 20


@require_safe
@learners_only
def page(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """The question that comes next, or the one the address names: after undo, the one it was about."""
    context = question_context(sitting, asked_again(sitting, request.GET.get("question", "")))
    return render(request, "study/session.html", context)


def asked_again(sitting: Sitting, value: str) -> Choice | None:
    try:
        return study.known(sitting.user, sitting.question(value)) if value else None
    except Http404:
        return None


def next_page(request: HttpRequest, sitting: Sitting, choice: Choice | None = None) -> HttpResponse:
    """After an act: the next question in place, or a new page with it. A session that is through ends."""
    if not wants_fragment(request) and choice:
        return redirect(f"{sitting.path}?question={choice.question_id}")
    context = question_context(sitting, choice)
    if "summary" in context and not sitting.session.ended_at:
        study.end(sitting.session, now=sitting.now)
    if not wants_fragment(request):
        return redirect(sitting.path)
    return render_page(request, "study/session.html", context, fragment="session")


def question_context(sitting: Sitting, choice: Choice | None = None) -> dict[str, Any]:
    """Of a choice, or of what the queue chooses; of the summary where it chooses none."""
    session = sitting.session
    if choice or session.ended_at:
        done = study.Done.of(session)
    else:
        choice, done = study.advance(session, sitting.pool, now=sitting.now)
    context = {"sitting": sitting, "path": sitting.path, "about": about(sitting.selection, session.mode)}
    context |= {"done": done, "undo": str(done.last_act or ""), "minutes": done.seconds // 60}
    if choice is None:
        return context | {"summary": summary(sitting, done)}
    return context | progress_of(sitting, done, choice) | asked(sitting, choice)


def asked(sitting: Sitting, choice: Choice) -> dict[str, Any]:
    progress = choice.progress
    question = showing.shown(choice)
    return {
        "question": question,
        "pk": str(choice.question_id),
        "meta": [*question.meta, showing.last_seen(progress, sitting.settings, sitting.now)],
        "number": str(choice.number),
        "shown": f"{sitting.now.timestamp():.3f}",
        "starred": bool(progress and progress.starred),
        "mastered": bool(progress and progress.mastered),
        "note": progress.note if progress else "",
    }


def progress_of(sitting: Sitting, done: study.Done, choice: Choice) -> dict[str, str]:
    """How far the session has come: in minutes where it has so many, else in questions."""
    session, count = sitting.session, len(done.graded)
    if session.minutes and not session.limit:
        return {
            "value": str(min(done.seconds, session.minutes * 60)),
            "of": str(session.minutes * 60),
            "place": f"Question {count + 1}",
        }
    at = count if choice.question_id in done.graded else count + 1
    total = max(at, min(session.limit or session.expected, session.expected))
    return {"value": str(count), "of": str(total), "place": f"{at} of {total}"}


@require_http_methods(["GET", "HEAD", "POST"])
@learners_only
def reveal(request: HttpRequest, sitting: Sitting, question: int) -> HttpResponse:
    """The answer and the grades. What the learner wrote comes without JavaScript only, and goes back into the page."""
    found = sitting.question(str(question))
    choice = study.known(sitting.user, found)
    context = answer_context(sitting, found, choice)
    if wants_fragment(request):
        return render(request, "study/session.html#answer", context)
    context |= question_context(sitting, choice) | {"revealed": True, "own": request.POST.get("own", "")}
    context["number"] = request.POST.get("number", context["number"])
    if moment(request.POST.get("shown", "")):
        context["shown"] = request.POST["shown"]
    return render(request, "study/session.html", context)


def answer_context(sitting: Sitting, question: Question, choice: Choice) -> dict[str, Any]:
    given = answers(question, sitting.user)
    points = list(given.pop("points"))
    grades = showing.grades(choice.progress, sitting.settings, sitting.now, intervals=not sitting.crams)
    suggestions = ",".join(str(each) for each in showing.suggestions(len(points), sitting.settings))
    return given | {
        "asked": question,
        "ticks": points,
        "grades": grades,
        "suggestions": suggestions,
        "path": sitting.path,
        "crams": sitting.crams,
    }


def summary(sitting: Sitting, done: study.Done) -> dict[str, Any]:
    forgotten, recalled = done.forgotten, done.recalled
    wanted = {*forgotten[:LISTED], *recalled[:LISTED]}
    listed = Question.objects.visible_to(sitting.user).filter(pk__in=wanted).only("pk", "title").in_bulk()
    return {
        "recalled": len(recalled),
        "forgotten": len(forgotten),
        "recalled_ones": [listed[pk] for pk in recalled[:LISTED] if pk in listed],
        "forgotten_ones": [listed[pk] for pk in forgotten[:LISTED] if pk in listed],
        "coming": study.coming(sitting.user, sitting.settings, sitting.now),
        "waiting": study.waiting(sitting.user, sitting.pool, sitting.settings, sitting.now),
        "minutes": round(done.seconds / 60),
    }
