"""One question, with its answer when asked for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prep.htmx import wants_fragment
from questions.models import Flag, Progress, Question

from .. import counts, freshness, lookups
from ..answers import answers, may_edit
from ..cache import remembered
from ..filters import FilterChoices, Viewer, read_filter
from ..forms import NoteForm
from ..listing import Row, about, question_or_404, row_of
from ..selection import Selection

FLAGS_SHOWN = 3


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "catalogue/question.html", page(request, pk))


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the answer open; for htmx, the answer alone."""
    if wants_fragment(request):
        question = question_or_404(request.user, pk)
        return render(request, "catalogue/answer.html", {"question": question, **answers(question, request.user)})
    shown = page(request, pk)
    opened = {**answers(shown["question"], request.user), "revealed": True}
    return render(request, "catalogue/question.html", shown | opened)


def page(request: HttpRequest, pk: int) -> dict[str, Any]:
    """What surrounds the answer: the learner's own, and the way through the list the learner came from."""
    user = request.user
    opened = opened_or_404(user, pk)
    question, progress = opened.question, opened.progress
    filter_choices = counts.filter_choices_of(user, opened.version) if request.GET else FilterChoices()
    selection = Selection(user, read_filter(request.GET, user, filter_choices), filter_choices)
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
        "edits": may_edit(user, question),
    }


def opened_or_404(user: Viewer, pk: int) -> lookups.QuestionPage:
    try:
        return lookups.question_page(user, pk)
    except Question.DoesNotExist:
        raise Http404 from None


def doubts(question: Question, version: int) -> list[str]:
    """Why the answer may be out of date."""
    if not (question.applies_to or question.verified_on):
        return []
    newest = remembered((version, "newest"), freshness.newest)
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
