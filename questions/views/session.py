"""A session: one question at a time, its answer, and the summary at the end."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from prep.htmx import wants_fragment

from .. import study
from ..filters import list_path
from ..models import Question
from ..study import showing
from ..study.queue import Choice
from . import figures
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
        return study.known(sitting.user.pk, sitting.question(value).pk) if value else None
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
    # Without a request: nothing here needs what the pages' contexts are filled with.
    return HttpResponse(render_to_string("study/session.html#asked", context))


def question_context(sitting: Sitting, choice: Choice | None = None) -> dict[str, Any]:
    """Of a choice, or of what the queue chooses; of the summary where it chooses none."""
    session = sitting.session
    if choice or session.ended_at:
        done = study.Done.of(session)
    else:
        choice, done = study.advance(session, sitting.pool, now=sitting.now)
    context = {"path": sitting.path, "about": about(sitting.selection, session.mode), "undo": str(done.last_act or "")}
    if choice is None:
        return context | {"sitting": sitting, "done": done, "summary": summary(sitting, done)}
    return context | place(sitting, done, choice) | asked(sitting, choice)


def asked(sitting: Sitting, choice: Choice) -> dict[str, Any]:
    progress, question = choice.progress, showing.shown(choice)
    pk, number, shown = str(choice.question_id), str(choice.number), f"{int(10 * sitting.now.timestamp()) / 10}"
    return {
        "question": question,
        "pk": pk,
        "number": number,
        "shown": shown,
        "fields": [("question", pk), ("number", number), ("shown", shown)],
        "meta": [*question.meta, showing.last_seen(progress, sitting.settings, sitting.now)],
        "points": figures.counted(question.points, "key point") if question.points else "",
        "starred": bool(progress and progress.starred),
        "mastered": bool(progress and progress.mastered),
        "note": bool(progress and progress.note),
        "note_path": f"{list_path()}{pk}/note/?next={sitting.path}%3Fquestion={pk}",
    }


def place(sitting: Sitting, done: study.Done, choice: Choice) -> dict[str, Any]:
    """How far the session has come: in minutes where it has so many, else in questions. As texts."""
    session, count = sitting.session, len(done.graded)
    timer = {
        "timer": sitting.options.timer and sitting.settings.timer,
        "seconds": str(done.seconds),
        "minutes": str(done.seconds // 60),
        "of_minutes": f" of {session.minutes}" if session.minutes else "",
    }
    if session.minutes and not session.limit:
        whole = session.minutes * 60
        return timer | {"value": str(min(done.seconds, whole)), "of": str(whole), "place": f"Question {count + 1}"}
    at = count if choice.question_id in done.graded else count + 1
    total = max(at, min(session.limit or session.expected, session.expected))
    return timer | {"value": str(count), "of": str(total), "place": f"{at} of {total}"}


@require_http_methods(["GET", "HEAD", "POST"])
@learners_only
def reveal(request: HttpRequest, sitting: Sitting, question: int) -> HttpResponse:
    """The answer and the grades. What the learner wrote comes without JavaScript only, and goes back into the page."""
    found = sitting.question(str(question))
    choice = study.known(sitting.user.pk, found.pk)
    context = answer_context(sitting, found, choice)
    if wants_fragment(request):
        return HttpResponse(render_to_string("study/session.html#answer", context))
    context |= question_context(sitting, choice) | {"revealed": True, "own": request.POST.get("own", "")}
    # The grade will be of what was shown, and since then.
    kept = {name: request.GET[name] for name in ("number", "shown") if moment(request.GET.get(name, ""))}
    context["fields"] = [*(dict(context["fields"]) | kept).items()]
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
