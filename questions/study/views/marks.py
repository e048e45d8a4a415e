"""What learners write: mastered, starred, a note."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, HttpResponseBadRequest, QueryDict
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_POST

from prep.htmx import render_page, wants_fragment
from questions.catalogue import counts, facets, lookups
from questions.catalogue.filters import Filter, list_path
from questions.catalogue.forms import NoteForm
from questions.catalogue.listing import Listing, listing_as_of, question_or_404, row_of
from questions.learner.requests import LearnerRequest, came_from, learners_only
from questions.models import Progress, Question

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
        version, learner = lookups.locked_versions(request.user)
        listing = listing_as_of(request.user, QueryDict(back.query if on_list else ""), version, learner)
        before, now = act(learner, question, **{name: request.POST[name] == "1"}, tallies=tallies(question, listing))
    if not wants_fragment(request):
        return redirect(back._replace(fragment=f"q{pk}" if on_list else "").geturl() if back.path else question)
    row = row_of(question)
    row.mastered, row.starred = bool(now.mastered), bool(now.starred)
    context: dict[str, Any] = {"row": row, "accepted": before.changed and not now.changed}
    if on_list and (mine := listing.standing(listing.counts.total)):
        context["numbers"] = facets.numbers_of(mine)
    # Without a request: nothing here needs what the pages' contexts are filled with.
    return HttpResponse(render_to_string("study/marked.html", context))


def tallies(question: Question, listing: Listing) -> dict[str, bool]:
    """The remembered counts that this page and the front page show, and whether the question is counted in them."""
    everything = replace(listing.selection, chosen=Filter())
    return {
        counts.tally_key(each.chosen, listing.version): each.holds(question) for each in (everything, listing.selection)
    }


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
