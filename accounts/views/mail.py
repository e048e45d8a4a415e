"""What needs a mail server, and what is said where there is none."""

from allauth.account import views as allauth_views
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render


def email(request: HttpRequest) -> HttpResponseBase:
    """Without mail no address can be verified: it is a plain field of the profile."""
    return allauth_views.email(request) if settings.HAS_EMAIL else redirect("accounts:profile")


def password_reset(request: HttpRequest) -> HttpResponseBase:
    if settings.HAS_EMAIL:
        return allauth_views.password_reset(request)
    return render(request, "account/password_reset_without_mail.html")
