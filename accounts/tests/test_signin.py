"""Signing in and out."""

import pytest
from pytest_django.asserts import assertContains, assertRedirects

from prep.tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


@pytest.mark.parametrize("login", ["member", "Member", "member@example.org", "MEMBER@example.org", " member "])
def test_by_name_or_address(client, cast, login):
    assertRedirects(client.post(LOGIN, {"login": login, "password": PASSWORD}), "/")
    assert client.session["_auth_user_id"] == str(cast["member"].pk)


@pytest.mark.parametrize("login", ["member", "member@example.org", "nobody"])
def test_a_wrong_password_is_refused_alike_for_everybody(client, cast, login):
    response = client.post(LOGIN, {"login": login, "password": "a wrong one"})
    kind = "email address" if "@" in login else "username"
    assertContains(response, f"The {kind} and/or password you specified are not correct.")
    assert "_auth_user_id" not in client.session


def test_an_inactive_account_stays_outside(client, cast):
    cast["member"].is_active = False
    cast["member"].save()
    response = client.post(LOGIN, {"login": "member", "password": PASSWORD}, follow=True)
    assertContains(response, "<h1>Your account is switched off</h1>")
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("target", "leads_to"),
    [
        ("/accounts/", "/accounts/"),
        ("/questions/?tag=flask", "/questions/?tag=flask"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_returns_only_to_pages_of_ours(client, cast, target, leads_to):
    assertContains(client.get(LOGIN, {"next": "/accounts/"}), 'name="next" value="/accounts/"')
    response = client.post(LOGIN, {"login": "member", "password": PASSWORD, "next": target})
    assertRedirects(response, leads_to, fetch_redirect_response=False)


def test_only_posting_signs_out(client, cast):
    client.force_login(cast["member"])
    assertContains(client.get("/accounts/logout/"), "Sign out of this browser?")
    assert "_auth_user_id" in client.session
    assertRedirects(client.post("/accounts/logout/"), "/")
    assert "_auth_user_id" not in client.session


def test_lists_sessions_and_ends_the_others(client, cast):
    other = type(client)()
    for browser in (client, other):
        browser.post(LOGIN, {"login": "member", "password": PASSWORD}, headers={"user-agent": "Nest 1.0"})
    assertContains(client.get("/accounts/sessions/"), "Nest 1.0", count=2)
    client.post("/accounts/sessions/")
    assertContains(client.get("/accounts/sessions/"), "This browser", count=1)
    assertRedirects(other.get("/accounts/"), "/accounts/login/?next=/accounts/")
