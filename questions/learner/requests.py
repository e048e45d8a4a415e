"""Who is asking, on pages for learners."""

from collections.abc import Callable
from functools import wraps
from typing import cast
from urllib.parse import urlsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User

from .context import LearnerContext, learner_context


def user_of(request: HttpRequest) -> User:
    """Whoever has signed in; the decorator of the view saw to it that somebody has."""
    return cast(User, request.user)


def learner_of(request: HttpRequest) -> LearnerContext:
    """Whoever has signed in, as a learner."""
    return learner_context(user_of(request))


class LearnerRequest(HttpRequest):
    user: User


View = Callable[[HttpRequest, int], HttpResponse]


def learners_only(view: Callable[[LearnerRequest, int], HttpResponse]) -> View:
    """Everybody else signs in and comes back to the question, with the filter they had."""

    @wraps(view)
    def guarded(request: HttpRequest, pk: int) -> HttpResponse:
        if request.user.is_authenticated:
            return view(cast(LearnerRequest, request), pk)
        path, query = reverse("questions:detail", args=[pk]), urlsplit(came_from(request)).query
        return redirect_to_login(f"{path}?{query}" if query else path)

    return guarded


def came_from(request: HttpRequest) -> str:
    """The page a form was on, as it says, or as the address of the form's page does.

    Empty for one that is not ours.
    """
    address = request.POST.get("next", "") or request.GET.get("next", "")
    if address.startswith("/") and url_has_allowed_host_and_scheme(address, None):
        return address
    return ""
