"""One-time links on which somebody sets a password.

They are allauth's own reset links, handed over instead of mailed.
"""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.urls import reverse

from .models import User


class NameTakenError(Exception):
    """Somebody who is no administrator has the administrator's name."""


def one_time_link(user: User, base: str = "") -> str:
    """Works until it is used, the user signs in, or PASSWORD_RESET_TIMEOUT is over."""
    site = (base or settings.SITE_URL).rstrip("/")
    token = default_token_generator.make_token(user)
    arguments = {"uidb36": user_pk_to_url_str(user), "key": token}
    return site + reverse("account_reset_password_from_key", kwargs=arguments)


def waiting_administrator(name: str = "admin") -> User | None:
    """The administrator who has yet to set a password, made if there is none.

    None once any administrator has set one.
    """
    administrators = User.objects.filter(is_superuser=True, is_active=True).order_by("pk")
    if any(user.has_usable_password() for user in administrators):
        return None
    if administrators:
        return administrators[0]
    # None as the password is one that nobody can enter.
    defaults = {"is_superuser": True, "password": make_password(None)}
    user, created = User.objects.get_or_create(username=name, defaults=defaults)
    if not created:
        raise NameTakenError(name)
    return user
