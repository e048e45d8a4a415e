"""A learner tells the curators of a problem with a question, and reads what they answer."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from prep.htmx import render_page, wants_fragment
from questions.learner.requests import came_from, learner_of, learners_only, user_of
from questions.models import Flag

from ..filters import whole
from ..forms import FlagForm
from ..listing import question_or_404

PAGE_SIZE = 20
SENT = "Thank you. A curator will look at it. The answer will be with the question and under “All your flags”."


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def index(request: HttpRequest) -> HttpResponse:
    """All of one's own. What was on the page is read when its form says so, and nothing that came since."""
    learner = learner_of(request)
    user = learner.user
    if request.method == "POST":
        numbers = (whole(value) for value in request.POST.getlist("flag"))
        if Flag.objects.read(user, [number for number in numbers if number]):
            messages.success(request, "Marked as read.")
        return redirect("questions:flags")
    page = max(1, whole(request.GET.get("page", "")) or 1)
    start = (page - 1) * PAGE_SIZE
    found = list(Flag.objects.shown_to(user)[start : start + PAGE_SIZE + 1])
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


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def flag(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    mine = Flag.objects.of(request.user, question).open().first()
    form = FlagForm(request.POST if request.method == "POST" else None, instance=mine)
    back = came_from(request) or question.get_absolute_url()
    if form.is_valid():
        Flag.objects.put(user=user_of(request), question=question, **form.cleaned_data)
        if not wants_fragment(request):
            messages.success(request, SENT)
            return redirect(back)
    focus = next(iter(form.errors), "kind") if wants_fragment(request) else ""
    form.fields["text"].widget.attrs["autofocus"] = focus == "text"
    context = {"question": question, "form": form, "mine": mine, "back": back, "sent": SENT}
    if focus == "kind":
        context["focused_kind"] = form["kind"].value() or Flag.Kind.values[0]
    fragment = "sent" if form.is_valid() else "form"
    return render_page(request, "catalogue/flag.html", context, fragment=fragment, status=422 if form.errors else 200)


@require_POST
@learners_only
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    question = question_or_404(request.user, pk)
    Flag.objects.of(request.user, question).open().delete()
    messages.success(request, "Your flag is withdrawn.")
    return redirect(came_from(request) or question)
