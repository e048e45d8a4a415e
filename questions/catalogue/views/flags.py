"""A learner tells the curators of a problem with a question, and reads what they answer."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from prep.htmx import render_page, wants_fragment
from questions.learner.requests import came_from, learner_of, learners_only, user_of
from questions.models import Flag

from ..filters import page_number, whole
from ..forms import FlagForm
from ..listing import question_or_404

PAGE_SIZE = 20
TEMPLATE = "catalogue/flag.html"
SENT = "Thank you. A curator will look at it. The answer will be with the question and under “All your flags”."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All of one's own."""
    if request.method == "POST":
        return mark_read(request)
    learner = learner_of(request)
    page = page_number(request.GET)
    start = (page - 1) * PAGE_SIZE
    # One more than is shown tells whether there are more.
    found = list(Flag.objects.shown_to(learner.user)[start : start + PAGE_SIZE + 1])
    flags = found[:PAGE_SIZE]
    context = {
        "flags": flags,
        "learner": learner,
        "zone": learner.calendar.zone,
        "unread": [flag for flag in flags if flag.is_unread],
        "newer": page - 1,
        "older": page + 1 if len(found) > PAGE_SIZE else None,
    }
    return render(request, "catalogue/own_flags.html", context)


def mark_read(request: HttpRequest) -> HttpResponse:
    """What was on the page when the form was sent, and nothing that came since."""
    numbers = [number for value in request.POST.getlist("flag") if (number := whole(value))]
    if Flag.objects.read(user_of(request), numbers):
        messages.success(request, "Marked as read.")
    return redirect("questions:flags")


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    open_flag = Flag.objects.of(request.user, question).open().first()
    form = FlagForm(request.POST if request.method == "POST" else None, instance=open_flag)
    back = came_from(request) or question.get_absolute_url()
    context = {"question": question, "form": form, "mine": open_flag, "back": back, "sent": SENT}
    if not form.is_valid():
        return flag_form(request, form, context)
    Flag.objects.put(user=user_of(request), question=question, **form.cleaned_data)
    if wants_fragment(request):
        return render_page(request, TEMPLATE, context, fragment="sent")
    messages.success(request, SENT)
    return redirect(back)


def flag_form(request: HttpRequest, form: FlagForm, context: dict[str, Any]) -> HttpResponse:
    """In place, the form has the focus, where something is wrong if anything is."""
    focus = ""
    if wants_fragment(request):
        focus = next(iter(form.errors), "kind")
    form.fields["text"].widget.attrs["autofocus"] = focus == "text"
    if focus == "kind":
        context["focused_kind"] = form["kind"].value() or Flag.Kind.values[0]
    status = 422 if form.errors else 200
    return render_page(request, TEMPLATE, context, fragment="form", status=status)


@require_POST
@learners_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    Flag.objects.of(request.user, question).open().delete()
    messages.success(request, "Your flag is withdrawn.")
    return redirect(came_from(request) or question)
