"""Reminders by mail: asking for them, and stopping them, signed in or from a mail."""

from allauth.account.models import EmailAddress
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from questions.learner.requests import learner_of
from questions.models import Reminder

from ..forms import ReminderForm


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    learner = learner_of(request)
    user = learner.user
    if "stop" in request.POST:
        Reminder.objects.filter(user=user).delete()
        messages.success(request, "No more reminders.")
        return redirect("reminders:page")
    reminder = Reminder.objects.filter(user=user).first()
    form = ReminderForm(request.POST or None, instance=reminder or Reminder(user=user))
    addresses = EmailAddress.objects.filter(user=user, email__iexact=user.email)
    verified = addresses.filter(verified=True).exists()
    if verified and form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("reminders:page")
    context = {
        "learner": learner,
        "form": form,
        "reminder": reminder,
        "verified": verified,
        "zone": learner.settings.time_zone,
        "address": user.email,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "study/reminders.html", context, status=status)


# A mail program that unsubscribes for its owner brings neither a session nor a token of ours, and
# follows no redirect (RFC 8058): the signed address is what lets it in.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    try:
        reminder = Reminder.of_token(token)
    except BadSignature:
        raise Http404 from None
    if request.method == "POST":
        reminder.delete()
    context = {"stopped": request.method == "POST"}
    return render(request, "study/reminders_stop.html", context)
