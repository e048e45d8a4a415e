"""Invitations to sign up: issue one, look at one, use one."""

import secrets
from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.urls import reverse

from .models import Invitation


class InvitationSpentError(Exception):
    """The key is unknown, used up or expired."""


def digest(key: str) -> str:
    # Keys are long and random: nothing is gained by a slow, salted hash.
    return sha256(key.encode()).hexdigest()


def issue(invitation: Invitation) -> str:
    """Saves the invitation under a new key and returns the link, which cannot be had again."""
    key = secrets.token_urlsafe(32)
    invitation.digest = digest(key)
    invitation.save()
    return f"{settings.SITE_URL}{reverse('account_signup')}?invitation={key}"


def is_open(key: str) -> bool:
    return Invitation.objects.open().filter(digest=digest(key)).exists()


def redeem(key: str) -> None:
    """Takes one use in one statement, so that no two people get the same.

    Belongs in the sign-up's transaction.
    """
    invitations = Invitation.objects.open().filter(digest=digest(key))
    if not invitations.update(uses_left=F("uses_left") - 1):
        raise InvitationSpentError
