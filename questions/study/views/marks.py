"""What learners write: mastered, starred, a note."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from prep.htmx import render_page, wants_fragment
from questions.catalogue import facets
from questions.catalogue.filters import list_path
from questions.catalogue.forms import NoteForm
from questions.catalogue.listing import listing_of, question_or_404, row_of
from questions.learner.requests import LearnerRequest, came_from, learners_only
from questions.models import Learner, Progress

from .. import marks


@require_POST
@learners_only
def mastered(request: LearnerRequest, pk: int) -> HttpResponse:
    return mark(request, pk, "mastered", marks.master)


@require_POST
@learners_only
def starred(request: LearnerRequest, pk: int) -> HttpResponse:
    return mark(request, pk, "starred", marks.star)


def mark(
    request: LearnerRequest, pk: int, name: str, act: Callable[..., tuple[marks.Marks, marks.Marks]]
) -> HttpResponse:
    if request.POST.get(name) not in {"0", "1"}:
        return HttpResponseBadRequest(f"{name} is 1 or 0.", content_type="text/plain")
    question = question_or_404(request.user, pk)
    back = urlsplit(came_from(request))
    on_list = back.path == list_path()
    with transaction.atomic():
        before, now = act(Learner.locked(request.user), question, **{name: request.POST[name] == "1"})
    listing = listing_of(request.user, QueryDict(back.query if on_list else ""))
    if not wants_fragment(request):
        return redirect(back._replace(fragment=f"q{pk}" if on_list else "").geturl() if back.path else question)
    row = row_of(question)
    row.mastered, row.starred = bool(now.mastered), bool(now.starred)
    context: dict[str, Any] = {"row": row, "accepted": before.changed and not now.changed}
    if on_list and (mine := listing.standing(listing.counts.total)):
        context["numbers"] = facets.numbers_of(mine)
    # Without a request: nothing here needs what the pages' contexts are filled with.
    return HttpResponse(render_to_string("study/marked.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
@learners_only
def note(request: LearnerRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    mine = Progress.objects.filter(user=request.user.pk, question=pk).first()
    form = NoteForm(request.POST if request.method == "POST" else None, instance=mine)
    back = came_from(request)
    if form.is_valid():
        marks.keep_note(request.user, question, note=form.cleaned_data["note"])
        if not wants_fragment(request):
            messages.success(request, "Note saved.")
            return redirect(f"{back or question.get_absolute_url()}#note")
    context = {"question": question, "note": form, "saved": form.is_valid(), "next": back}
    status = 422 if form.errors else 200
    return render_page(request, "study/note_page.html", context, fragment="form", status=status)
