"""One question, with its answer when asked for."""

from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prep.htmx import wants_fragment
from questions.learner.forms import NoteForm
from questions.models import Answer, Flag, Origin, Progress, Question, QuestionSet
from questions.models.catalogue import owned_by

from .. import counts, freshness, lookups
from ..filters import Shelf, Someone, read_filter
from ..listing import Row, about, question_or_404, row_of
from ..selection import Selection

FLAGS_SHOWN = 3


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "questions/detail.html", page(request, pk))


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the answer open; for htmx, the answer alone."""
    if wants_fragment(request):
        question = question_or_404(request.user, pk)
        return render(request, "questions/answer.html", {"question": question, **answers(question, request.user)})
    shown = page(request, pk)
    opened = {**answers(shown["question"], request.user), "revealed": True}
    return render(request, "questions/detail.html", shown | opened)


def page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What surrounds the answer: the learner's own, and the way through the list the learner came from."""
    user = request.user
    opened = opened_or_404(user, pk)
    question, progress = opened.question, opened.progress
    shelf = counts.shelf_of(user, opened.version) if request.GET else Shelf()
    selection = Selection(user, read_filter(request.GET, user, shelf), shelf)
    query = selection.chosen.query()
    before, behind = lookups.neighbours(selection, question)
    return {
        "question": question,
        "row": marked_row(question, progress),
        "meta": [*opened.tags, *about(question)],
        "point_count": opened.points,
        "doubts": doubts(question, opened.version),
        "note": NoteForm(instance=progress),
        "begun": progress is not None and (progress.mastered or progress.last_review is not None),
        "flags": Flag.objects.of(user, question)[:FLAGS_SHOWN],
        "before": before,
        "behind": behind,
        "query": f"?{query}" if query else "",
        "hidden": selection.chosen.pairs(),
        "back": selection.chosen.address(),
        "next": f"{question.get_absolute_url()}{'?' if query else ''}{query}",
        "edits": edits(user, question),
    }


def opened_or_404(user: Someone, pk: int) -> lookups.Opened:
    try:
        return lookups.opened_question(user, pk)
    except Question.DoesNotExist:
        raise Http404 from None


def doubts(question: Question, version: int) -> list[str]:
    """Why the answer may be out of date."""
    if not (question.applies_to or question.verified_on):
        return []
    newest = counts.remembered((version, "newest"), freshness.newest)
    return freshness.reasons(question, timezone.localdate(), newest)


def marked_row(question: Question, progress: Progress | None) -> Row:
    row = row_of(question)
    if progress:
        row.mastered, row.starred, row.changed = (
            progress.mastered,
            progress.starred,
            progress.changed_since_mastered(question),
        )
    return row


def edits(user: Someone, row: Question | QuestionSet) -> bool:
    """Whether the admin lets this user change a question or a set."""
    return user.is_authenticated and (user.is_superuser or (user.is_curator and row.owner_id is None))


def answers(question: Question, user: Someone) -> dict[str, Any]:
    """The accepted answer and the others; of sources that are not public, only for people who have signed in."""
    given = Answer.objects.filter(owned_by(user.roles if user.is_authenticated else ()), question=question)
    origins = Origin.objects.filter(question=question).select_related("source")
    if not user.is_authenticated:
        given = given.filter(Q(accepted=True) | Q(origin=None) | Q(origin__source__public=True))
        origins = origins.filter(source__public=True)
    found = list(given)
    sources = {origin.pk: origin for origin in origins}
    accepted = next((each for each in found if each.accepted and each.owner_id == question.owner_id), None)
    accepted = accepted or (found[0] if found else None)
    return {
        "answer": accepted,
        "others": [(each, sources.get(each.origin_id or 0)) for each in found if each is not accepted],
        "points": question.key_points.all(),
        "sources": list(sources.values()),
    }
