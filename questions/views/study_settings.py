"""How a learner studies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..forms import SettingsForm
from ..models import StudySettings
from .learner import learner


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=StudySettings.of(learner(request)))
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("study:settings")
    return render(request, "study/settings.html", {"form": form}, status=422 if form.errors else 200)
