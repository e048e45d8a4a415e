"""Who may sign up."""

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from . import invitations


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        if settings.SIGNUP != "invited":
            return settings.SIGNUP == "open"
        key = request.POST.get("invitation") or request.GET.get("invitation", "")
        return invitations.is_open(key)
