"""One question, with its answer when asked for."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from prep.htmx import wants_fragment
from questions.models import Flag, Question
from questions.models.visibility import Viewer

from .. import freshness, lookups
from ..answers import answers, may_edit
from ..cache import remembered
from ..choices import FilterChoices, filter_choices_of
from ..filters import read_filter
from ..forms import NoteForm
from ..listing import question_or_404
from ..neighbors import neighbors
from ..rows import details, row_of
from ..selection import Selection

FLAGS_SHOWN = 3
TEMPLATE = "catalogue/question.html"


@require_safe
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, TEMPLATE, page_context(request, pk))


@require_safe
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The page with the answer open; for htmx, the answer alone."""
    if wants_fragment(request):
        question = question_or_404(request.user, pk)
        context = {"question": question, **answers(question, request.user)}
        return render(request, "catalogue/answer.html", context)
    context = page_context(request, pk) | {"revealed": True}
    context |= answers(context["question"], request.user)
    return render(request, TEMPLATE, context)


def page_context(request: HttpRequest, pk: int) -> dict[str, Any]:
    """Beside the answer: the learner's own, and the way through the list the learner came from."""
    page = page_or_404(request.user, pk)
    question, progress = page.question, page.progress
    row = row_of(question)
    if progress:
        row.mark(progress, question)
    return selection_context(request, page) | {
        "question": question,
        "row": row,
        "meta": [*page.tags, *details(question)],
        "point_count": page.points,
        "doubts": doubts(question, page.version),
        "note": NoteForm(instance=progress),
        "begun": progress is not None and progress.is_begun,
        "flags": Flag.objects.of(request.user, question)[:FLAGS_SHOWN],
        "edits": may_edit(request.user, question),
    }


def page_or_404(user: Viewer, pk: int) -> lookups.QuestionPage:
    try:
        return lookups.question_page(user, pk)
    except Question.DoesNotExist:
        raise Http404 from None


def selection_context(request: HttpRequest, page: lookups.QuestionPage) -> dict[str, Any]:
    """The list that the address names, and what comes before and after the question there."""
    filter_choices = FilterChoices()
    if request.GET:
        filter_choices = filter_choices_of(request.user, page.version)
    chosen = read_filter(request.GET, request.user, filter_choices)
    selection = Selection(request.user, chosen, filter_choices)
    before, behind = neighbors(selection, page.question)
    query = f"?{chosen.query()}" if chosen.query() else ""
    return {
        "before": before,
        "behind": behind,
        "query": query,
        "hidden": chosen.pairs(),
        "back": chosen.address(),
        "next": page.question.get_absolute_url() + query,
    }


def doubts(question: Question, version: int) -> list[str]:
    """Why the answer may be out of date."""
    if not (question.applies_to or question.verified_on):
        return []
    newest = remembered((version, "newest"), freshness.newest_versions)
    return freshness.reasons(question, timezone.localdate(), newest)
