"""What learners write on the list and on a question's page: mastered, starred, a note."""

from datetime import datetime
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from prep.htmx import render_page, wants_fragment
from questions.catalogue import facets
from questions.catalogue.filters import list_path
from questions.catalogue.forms import NoteForm
from questions.catalogue.listing import listing_of, question_or_404
from questions.catalogue.rows import row_of
from questions.learner.requests import LearnerRequest, came_from, learners_only
from questions.models import Progress, Question

from ..marks import Mark, keep_note, master, star
from ..occasion import Occasion


@require_POST
@learners_only
def mastered(request: LearnerRequest, pk: int) -> HttpResponse:
    value = request.POST.get("mastered", "")
    if value not in {"0", "1"}:
        return refusal("mastered")
    question = question_or_404(request.user, pk)
    mark = master(Occasion(request.user, question), mastered=value == "1")
    return marked(request, question, mark)


@require_POST
@learners_only
def starred(request: LearnerRequest, pk: int) -> HttpResponse:
    value = request.POST.get("starred", "")
    if value not in {"0", "1"}:
        return refusal("starred")
    question = question_or_404(request.user, pk)
    mark = star(Occasion(request.user, question), starred=value == "1")
    return marked(request, question, mark)


def refusal(name: str) -> HttpResponse:
    return HttpResponseBadRequest(f"{name} is 1 or 0.", content_type="text/plain")


def marked(request: LearnerRequest, question: Question, mark: Mark) -> HttpResponse:
    """Back to where the form was; in place, the marks and the counts that changed with them."""
    address = urlsplit(came_from(request))
    if not wants_fragment(request):
        return redirect(page_with(question, address))
    row = row_of(question)
    row.mastered, row.starred = mark.progress.mastered, mark.progress.starred
    context: dict[str, Any] = {"row": row, "accepted": accepts_change(question, mark)}
    if address.path == list_path():
        listing = listing_of(request.user, QueryDict(address.query))
        standing = listing.standing(listing.counts.total)
        context["numbers"] = facets.numbers_of(standing) if standing else None
    # Without a request: nothing here needs what the pages' contexts are filled with.
    return HttpResponse(render_to_string("study/marked.html", context))


def page_with(question: Question, address: SplitResult) -> str:
    """The page that an address is of, at the question's row on a list."""
    if not address.path:
        return question.get_absolute_url()
    row = f"q{question.pk}" if address.path == list_path() else ""
    return address._replace(fragment=row).geturl()


def accepts_change(question: Question, mark: Mark) -> bool:
    """Whether the answer had changed since the question was mastered, and no longer has."""
    before = mark.act.before.get("mastered_at") if mark.act else None
    return before is not None and datetime.fromisoformat(before) < question.answer_changed_at


@require_http_methods(["GET", "HEAD", "POST"])
@learners_only
def note(request: LearnerRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    progress = Progress.objects.filter(user=request.user, question=question).first()
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, instance=progress)
    back = came_from(request)
    if form.is_valid():
        keep_note(user=request.user, question=question, note=form.cleaned_data["note"])
        if not wants_fragment(request):
            messages.success(request, "Note saved.")
            return redirect(f"{back or question.get_absolute_url()}#note")
    context = {"question": question, "note": form, "saved": form.is_valid(), "next": back}
    status = 422 if form.errors else 200
    return render_page(request, "study/note_page.html", context, fragment="form", status=status)
