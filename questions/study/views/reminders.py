"""Reminders by mail: asking for them, and stopping them, signed in or from a mail."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from questions.learner.requests import learner as signed_in
from questions.models import Reminder, StudySettings

from ..forms import ReminderForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    learner = User.objects.select_related("study_settings", "reminder").get(pk=signed_in(request).pk)
    reminder: Reminder | None = getattr(learner, "reminder", None)
    if "stop" in request.POST:
        Reminder.objects.filter(user=learner).delete()
        messages.success(request, "No more reminders.")
        return redirect("reminders:page")
    form = ReminderForm(request.POST or None, instance=reminder or Reminder(user=learner))
    verified = EmailAddress.objects.filter(user=learner, email__iexact=learner.email, verified=True).exists()
    if verified and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("reminders:page")
    zone = StudySettings.of(learner).time_zone
    context = {"form": form, "reminder": reminder, "verified": verified, "zone": zone, "address": learner.email}
    return render(request, "study/reminders.html", context, status=422 if request.method == "POST" else 200)


# A mail program that unsubscribes for its owner brings neither a session nor a token of ours, and follows no redirect
# (RFC 8058): the signed address is what lets it in.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    try:
        reminder = Reminder.of_token(token)
    except BadSignature:
        raise Http404 from None
    if request.method == "POST":
        reminder.delete()
    return render(request, "study/reminders_stop.html", {"stopped": request.method == "POST"})
