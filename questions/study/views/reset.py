"""Beginning again with a question, a filter, or everything: what it would take, and its undoing."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from accounts.models import User
from questions.catalogue import facets
from questions.catalogue.filters import list_path, whole
from questions.catalogue.listing import everything_listed, listing_of, question_or_404
from questions.learner.context import LearnerContext
from questions.learner.requests import came_from, learner_of, user_of
from questions.models import Act, Question
from questions.models.visibility import QuestionQuerySet

from .. import undo as undoing
from ..reset import loss_of, reset_progress

# So many that can be undone are listed.
MOST_RESETS = 5


@dataclass(frozen=True, slots=True)
class ResetScope:
    """What would be new again.

    `query` asks for it in an address; without `questions` it is all that was begun.
    """

    words: str
    query: str
    back: str
    questions: QuestionQuerySet | None = None


def scope_of(user: User, params: QueryDict) -> ResetScope | None:
    """None where the address names nothing, or nothing that is there: never more than it named."""
    if not params:
        return None
    if params.get("all"):
        return ResetScope("everything", "all=1", list_path())
    number = whole(params.get("question", ""))
    if number:
        question = question_or_404(user, number)
        return ResetScope(
            words=f"“{question.title}”",
            query=f"question={question.pk}",
            back=question.get_absolute_url(),
            questions=Question.objects.filter(pk=question.pk),
        )
    selection = listing_of(user, params).selection
    chosen = selection.chosen
    if not chosen:
        return None
    words = facets.words(selection)
    return ResetScope(words, chosen.query(), chosen.address(), selection.found())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reset(request: HttpRequest) -> HttpResponse:
    learner = learner_of(request)
    scope = scope_of(learner.user, request.GET)
    if scope is None:
        return render(request, "study/reset.html", offered_context(learner))
    # What is no longer there does not widen what was confirmed.
    if request.method == "POST" and request.POST.get("scope") == scope.query:
        act = reset_progress(user=learner.user, questions=scope.questions)
        return leave(request, scope, act)
    loss = loss_of(learner.user, scope.questions)
    context = {"learner": learner, "scope": scope, "loss": loss}
    status = 422 if request.method == "POST" else 200
    return render(request, "study/reset.html", context, status=status)


def offered_context(learner: LearnerContext) -> dict[str, Any]:
    """What can be begun again, and which resets can be taken back."""
    sets = everything_listed(learner).selection.filter_choices.sets
    return {
        "learner": learner,
        "sets": [(name, title) for name, (_, title, _) in sets.items()],
        "resets": undoing.undoable_resets(learner.user).filter(number__gt=0)[:MOST_RESETS],
        "zone": learner.calendar.zone,
    }


def leave(request: HttpRequest, scope: ResetScope, act: Act | None) -> HttpResponse:
    """For the questions, which are new again."""
    if act is None:
        messages.info(request, "There was nothing to reset.")
        return redirect(scope.back)
    query = urlencode({"next": scope.back})
    link = f"{reverse('study:undo_reset', args=[act.pk])}?{query}"
    said = format_html('You begin again with {}. <a href="{}">Undo</a>', scope.words, link)
    messages.success(request, said)
    return redirect(scope.back)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads back to where the reset was begun, as the address says, or to the other resets."""
    user, back = user_of(request), came_from(request)
    act = get_object_or_404(Act.objects.filter(user=user, kind=Act.Kind.RESET), pk=pk)
    if request.method != "POST":
        context = {"act": act, "number": act.reviews.count(), "back": back}
        return render(request, "study/undo_reset.html", context)
    try:
        undoing.undo(user=user, act_id=act.pk)
    except undoing.CannotUndo as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The reset is undone: you know what you knew before it.")
    return redirect(back or "study:reset")
