"""Keys that work as often as they should."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import close_old_connections, connections
from django.utils import timezone

from accounts import invitations
from accounts.models import Invitation


def key_of(invitation):
    return invitations.issue(invitation).partition("?invitation=")[2]


@pytest.mark.django_db
def test_the_link_leads_to_the_sign_up_and_the_key_is_not_kept(settings):
    settings.SITE_URL = "https://prep.example.org"
    invitation = Invitation()
    link = invitations.issue(invitation)
    address, _, key = link.partition("?invitation=")
    assert address == "https://prep.example.org/accounts/signup/"
    assert len(key) == 43
    assert key not in str(Invitation.objects.values().get())


@pytest.mark.django_db
def test_works_as_often_as_it_says():
    key = key_of(Invitation(uses_left=2))
    for _ in range(2):
        assert invitations.is_open(key)
        invitations.redeem(key)
    assert not invitations.is_open(key)
    with pytest.raises(invitations.InvitationSpentError):
        invitations.redeem(key)
    assert Invitation.objects.get().uses_left == 0


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["", "nonsense", "\x00"])
def test_unknown_keys_do_not_work(key):
    Invitation.objects.create()
    assert not invitations.is_open(key)
    with pytest.raises(invitations.InvitationSpentError):
        invitations.redeem(key)


@pytest.mark.django_db
def test_expires():
    invitation = Invitation(expires_at=timezone.now() - timedelta(seconds=1))
    key = key_of(invitation)
    assert (invitation.is_open, invitations.is_open(key)) == (False, False)
    with pytest.raises(invitations.InvitationSpentError):
        invitations.redeem(key)


@pytest.mark.django_db
def test_a_new_link_makes_the_old_one_useless():
    invitation = Invitation()
    old, new = key_of(invitation), key_of(invitation)
    assert (invitations.is_open(old), invitations.is_open(new)) == (False, True)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_at_once_only_as_many_as_allowed_get_in():
    key = key_of(Invitation(uses_left=3))

    def attempt(_):
        try:
            invitations.redeem(key)
        except invitations.InvitationSpentError:
            return False
        finally:
            connections.close_all()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(attempt, range(12))) == 3
    close_old_connections()
    assert Invitation.objects.get().uses_left == 0
