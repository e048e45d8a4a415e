"""Beginning again with a question, a filter, or everything: what it would take, the act, and its undoing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.models import User
from questions.catalogue import facets
from questions.catalogue.filters import list_path, whole
from questions.catalogue.listing import listing_of, question_or_404
from questions.learner.context import planner
from questions.learner.requests import came_from, learner
from questions.models import Act, Question, StudySettings
from questions.models.visibility import QuestionQuerySet

from ..reset import loss
from ..reset import reset as reset_
from ..undo import CannotUndo, undoable_resets
from ..undo import undo as undo_

# So many that can be undone are listed.
RESETS = 5


@dataclass(frozen=True, slots=True)
class Scope:
    """What would be new again. `query` asks for it in an address; without `questions` it is all that was begun."""

    words: str
    query: str
    back: str
    questions: QuestionQuerySet | None = None


def scope_of(user: User, params: QueryDict) -> Scope | None:
    """None where the address names nothing, or nothing that is there: never more than it named."""
    if not params:
        return None
    if params.get("all"):
        return Scope("everything", "all=1", list_path())
    if number := whole(params.get("question", "")):
        question = question_or_404(user, number)
        only = Question.objects.filter(pk=question.pk)
        return Scope(f"“{question.title}”", f"question={question.pk}", question.get_absolute_url(), only)
    selection = listing_of(user, params).selection
    if not selection.chosen:
        return None
    return Scope(facets.words(selection), selection.chosen.query(), selection.chosen.address(), selection.found())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reset(request: HttpRequest) -> HttpResponse:
    user = planner(request)
    scope = scope_of(user, request.GET)
    if scope is None:
        return render(request, "study/reset.html", offered(user))
    # What is no longer there does not widen what was confirmed.
    if request.method == "POST" and request.POST.get("scope") == scope.query:
        return done(request, scope, reset_(user=user, questions=scope.questions))
    context = {"scope": scope, "loss": loss(user, scope.questions)}
    return render(request, "study/reset.html", context, status=422 if request.method == "POST" else 200)


def offered(user: User) -> dict[str, Any]:
    """What can be begun again, and which resets can be taken back."""
    sets = listing_of(user, QueryDict()).selection.filter_choices.sets
    return {
        "sets": [(name, title) for name, (_, title, _) in sets.items()],
        "resets": undoable_resets(user).filter(number__gt=0)[:RESETS],
        "zone": StudySettings.of(user).calendar.zone,
    }


def done(request: HttpRequest, scope: Scope, act: Act | None) -> HttpResponse:
    if act is None:
        messages.info(request, "There was nothing to reset.")
    else:
        link = f"{reverse('study:undo_reset', args=[act.pk])}?{urlencode({'next': scope.back})}"
        messages.success(request, format_html('You begin again with {}. <a href="{}">Undo</a>', scope.words, link))
    return redirect(scope.back)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads back to where the reset was begun, as the address says, or to the other resets."""
    user, back = learner(request), came_from(request)
    resets: QuerySet[Act] = Act.objects.filter(user=user, kind=Act.Kind.RESET)
    act = get_object_or_404(resets, pk=pk)
    if request.method != "POST":
        return render(request, "study/undo_reset.html", {"act": act, "number": act.reviews.count(), "back": back})
    try:
        undo_(user=user, act_id=act.pk)
    except CannotUndo as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The reset is undone: you know what you knew before it.")
    return redirect(back or "study:reset")
