"""Whom a session belongs to."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from accounts.sessions import SessionStore


def signed_in(client):
    return b"Sign out" in client.get("/").content


def test_a_session_counts_until_it_is_over(as_):
    client = as_("member")
    assert signed_in(client)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not signed_in(client)


def test_a_made_up_key_is_never_taken_over(db):
    made_up = "a" * 32
    client = Client()
    client.cookies["sessionid"] = made_up
    assert not signed_in(client)
    store = SessionStore(made_up)
    assert store.get("x") is None
    store["x"] = 1
    store.save()
    assert store.session_key != made_up
    assert not Session.objects.filter(pk=made_up).exists()


def test_a_locked_out_account_is_signed_out(as_, cast):
    client = as_("member")
    cast["member"].is_active = False
    cast["member"].save()
    assert not signed_in(client)


def test_a_deleted_account_is_signed_out(as_, cast):
    client = as_("member")
    cast["member"].delete()
    assert not signed_in(client)
