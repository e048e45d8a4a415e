"""Who is asking, on pages for learners."""

from typing import cast

from django.http import HttpRequest

from accounts.models import User


def learner(request: HttpRequest) -> User:
    """Whoever has signed in; the decorator of the view saw to it that somebody has."""
    return cast(User, request.user)
