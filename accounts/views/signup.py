"""Signing up: open to all, by invitation, or closed."""

from typing import Any

from allauth.account.forms import SignupForm
from allauth.account.views import SignupView
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse

from .. import invitations


def ways_in(request: HttpRequest) -> dict[str, Any]:
    """For every template: who may sign up, and whether mail can be sent."""
    return {"signup": settings.SIGNUP, "has_email": settings.HAS_EMAIL}


class SignUp(SignupView):
    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"invitation": self.request.GET.get("invitation", "")}

    def form_valid(self, form: SignupForm) -> HttpResponse:
        try:
            with transaction.atomic():
                if settings.SIGNUP == "invited":
                    invitations.redeem(form.cleaned_data["invitation"])
                return super().form_valid(form)
        except invitations.InvitationSpentError:
            return self.closed()
