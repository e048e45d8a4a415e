"""Signing up: open, invited, closed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts import invitations
from accounts.models import Invitation, User

pytestmark = pytest.mark.django_db
SIGNUP = "/accounts/signup/"
WREN = {"username": "wren", "password1": "a nest in the ivy", "password2": "a nest in the ivy"}


def names():
    return list(User.objects.values_list("username", flat=True))


def test_open_to_all_and_signed_in_at_once(client, settings):
    settings.SIGNUP = "open"
    assertRedirects(client.post(SIGNUP, WREN), "/")
    user = User.objects.get()
    assert (user.username, user.email, user.is_staff) == ("wren", "", False)
    assert client.session["_auth_user_id"] == str(user.pk)


def test_brings_back_to_where_one_came_from(client, settings):
    settings.SIGNUP = "open"
    assertRedirects(client.post(SIGNUP, WREN | {"next": "/accounts/"}), "/accounts/")


def test_with_an_address_one_can_sign_in_with_it(client, settings):
    settings.SIGNUP = "open"
    client.post(SIGNUP, WREN | {"email": "Wren@Example.org"})
    client.logout()
    assertRedirects(client.post("/accounts/login/", {"login": "wren@example.org", "password": WREN["password1"]}), "/")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"username": "wren@example.org"}, "Use letters, digits and . + - _ only."),
        ({"username": "MEMBER"}, "A user with that username already exists."),
        ({"email": "member@example.org"}, "A user is already registered with this email address."),
        ({"password2": "another nest"}, "You must type the same password each time."),
        ({"password1": "20262027", "password2": "20262027"}, "This password is entirely numeric."),
        ({"username": ""}, "This field is required."),
    ],
)
def test_says_beside_the_field_what_is_wrong(client, settings, cast, change, message):
    settings.SIGNUP = "open"
    response = client.post(SIGNUP, WREN | change)
    assertContains(response, message)
    assertContains(response, 'aria-invalid="true"', count=1)
    assert "wren" not in names()


@pytest.mark.parametrize("method", ["get", "post"])
def test_closed_says_so(client, settings, method):
    settings.SIGNUP = "closed"
    response = getattr(client, method)(SIGNUP, WREN)
    assertContains(response, "Sign-up is closed")
    assert names() == []


def test_closed_even_with_an_invitation(client, settings):
    settings.SIGNUP = "closed"
    assertContains(client.get(invitations.issue(Invitation()).removeprefix(settings.SITE_URL)), "Sign-up is closed")


def test_without_an_invitation_says_how_to_get_one(client, settings):
    settings.SIGNUP = "invited"
    assertContains(client.get(SIGNUP), "you follow an invitation link")
    assertContains(client.post(SIGNUP, WREN), "you follow an invitation link")
    assert names() == []


def test_an_invitation_works_until_it_is_used_up(client, settings):
    settings.SIGNUP = "invited"
    link = invitations.issue(Invitation()).removeprefix(settings.SITE_URL)
    page = client.get(link)
    assertContains(page, "Create an account")
    form = {"invitation": page.context["form"].initial["invitation"]}
    assertContains(client.post(SIGNUP, WREN | form | {"password2": ""}), form["invitation"])
    assertRedirects(client.post(SIGNUP, WREN | form), "/")
    client.logout()
    assertContains(client.get(link), "This invitation no longer works")
    assertContains(client.post(SIGNUP, WREN | form | {"username": "robin"}), "This invitation no longer works")
    assert names() == ["wren"]


def test_a_refused_form_uses_nothing_up(client, settings):
    settings.SIGNUP = "invited"
    key = invitations.issue(Invitation()).partition("=")[2]
    client.post(SIGNUP, WREN | {"invitation": key, "password2": "another"})
    assert Invitation.objects.get().uses_left == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_at_once_one_gets_the_last_use(settings):
    settings.SIGNUP = "invited"
    key = invitations.issue(Invitation()).partition("=")[2]

    def sign_up(name):
        try:
            return Client().post(SIGNUP, WREN | {"username": name, "invitation": key}).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(sign_up, ["wren", "robin", "siskin", "dunnock"])) == [200, 200, 200, 302]
    assert User.objects.count() == 1


@pytest.mark.parametrize(("mode", "there", "missing"), [
    ("open", "Create an account", "an invitation"),
    ("invited", "an invitation", "Create an account"),
    ("closed", "Forgot your password?", "New here?"),
])  # fmt: skip
def test_the_sign_in_page_tells_the_way_in(client, settings, mode, there, missing):
    settings.SIGNUP = mode
    response = client.get("/accounts/login/")
    assertContains(response, there)
    assertNotContains(response, missing)
