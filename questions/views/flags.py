"""A learner tells the curators of a problem with a question."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from ..forms import FlagForm
from ..models import Flag
from .desk import question_or_404
from .learner import learner
from .marks import came_from, learners_only


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    mine = Flag.objects.of(request.user, question).open().first()
    form = FlagForm(request.POST if request.method == "POST" else None, instance=mine)
    back = came_from(request) or question.get_absolute_url()
    if form.is_valid():
        Flag.objects.put(user=learner(request), question=question, **form.cleaned_data)
        messages.success(request, "Thank you. A curator will look at it and answer you on this question.")
        return redirect(back)
    context = {"question": question, "form": form, "mine": mine, "back": back}
    return render(request, "questions/flag.html", context, status=422 if form.errors else 200)


@require_POST
@learners_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    Flag.objects.of(request.user, question).open().delete()
    messages.success(request, "Your flag is withdrawn.")
    return redirect(came_from(request) or question)
