"""How a learner studies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..forms import SettingsForm
from ..requests import learner_of


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def page(request: HttpRequest) -> HttpResponse:
    learner = learner_of(request)
    form = SettingsForm(request.POST or None, instance=learner.settings)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("study:settings")
    # What was sent is not to be changed, and nor is what was saved.
    asks_time_zone = learner.settings._state.adding and not form.is_bound
    context = {"learner": learner, "form": form, "asks_time_zone": asks_time_zone}
    return render(request, "learner/settings.html", context, status=422 if form.errors else 200)
