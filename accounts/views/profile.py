"""Who am I, and where to change it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from ..forms import ProfileForm
from ..models import User


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def profile(request: HttpRequest) -> HttpResponse:
    # Not the user of the request: a refused name must not show in the page's head.
    copy = User.objects.get(username=request.user.get_username())
    form = ProfileForm(request.POST or None, instance=copy)
    if form.is_valid():
        user = form.save()
        if "email" in form.changed_data:
            user.forget_other_addresses()
        messages.success(request, "Saved.")
        return redirect("accounts:profile")
    status = 422 if form.errors else 200
    return render(request, "accounts/profile.html", {"form": form}, status=status)
