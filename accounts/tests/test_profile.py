"""One's own page."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from prep.tests.cast import PASSWORD
from prep.tests.pages import html_of

pytestmark = pytest.mark.django_db
PROFILE = "/accounts/"


def test_is_for_those_signed_in(client):
    assertRedirects(client.get(PROFILE), f"/accounts/login/?next={PROFILE}")


@pytest.mark.parametrize(
    ("name", "role"), [("member", None), ("curator", "Library curator"), ("administrator", "Administrator")]
)
def test_says_who_one_is_and_leads_on(as_, name, role):
    html = html_of(as_(name).get(PROFILE))
    assert f"<dd>{name}</dd>" in html
    assert html.count("<dt>Role</dt>") == (1 if role else 0)
    if role:
        assert f"<dd>{role}</dd>" in html
    for page in ("password/change/", "2fa/", "2fa/webauthn/", "sessions/"):
        assert f'href="/accounts/{page}"' in html
    for page in ("study/settings/", "study/interview/", "study/reminders/", "questions/flags/", "progress/data/"):
        assert html.count(f'<li><a href="/{page}">') == 1


def test_changes_name_and_address(as_, cast, client):
    response = as_("member").post(PROFILE, {"first_name": "Jenny", "email": "Jenny@Example.org"})
    assertRedirects(response, PROFILE, fetch_redirect_response=False)
    cast["member"].refresh_from_db()
    assert (cast["member"].first_name, cast["member"].email) == ("Jenny", "jenny@example.org")
    sign_in = {"login": "jenny@example.org", "password": PASSWORD}
    assertRedirects(client.post("/accounts/login/", sign_in), "/")


def test_the_old_address_no_longer_signs_in(client, cast):
    client.post("/accounts/login/", {"login": "member@example.org", "password": PASSWORD})
    client.post(PROFILE, {"first_name": "", "email": ""})
    client.logout()
    assertContains(
        client.post("/accounts/login/", {"login": "member@example.org", "password": PASSWORD}), "not correct"
    )


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("outsider@example.org", "A user is already registered with this email address."),
        ("OUTSIDER@example.org", "A user is already registered with this email address."),
        ("nowhere", "Enter a valid email address."),
    ],
)
def test_refuses_addresses_beside_the_field(as_, cast, address, message):
    response = as_("member").post(PROFILE, {"first_name": "Jenny", "email": address})
    assertContains(response, message, status_code=422)
    assertContains(response, 'aria-describedby="id_email_error"', status_code=422)
    cast["member"].refresh_from_db()
    assert (cast["member"].first_name, cast["member"].email) == ("", "member@example.org")


def test_only_its_own_fields_can_be_changed(as_, cast):
    as_("member").post(PROFILE, {"first_name": "Jenny", "email": "", "is_superuser": "on", "username": "jenny"})
    cast["member"].refresh_from_db()
    assert (cast["member"].username, cast["member"].is_superuser) == ("member", False)


def test_without_mail_the_address_page_is_the_profile(as_):
    assertRedirects(as_("member").get("/accounts/email/"), PROFILE)


def test_with_mail_a_new_address_is_confirmed_first(client, cast, settings, mailoutbox):
    settings.HAS_EMAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    cast["member"].emailaddress_set.create(email="member@example.org", primary=True, verified=True)
    client.post("/accounts/login/", {"login": "member", "password": PASSWORD})
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assertNotContains(client.get(PROFILE), 'name="email"')
    client.post("/accounts/email/", {"email": "jenny@example.org", "action_add": ""})
    page = client.get("/accounts/email/")
    assertContains(page, "replace member@example.org")
    message = mailoutbox[-1]
    assert message.to == ["jenny@example.org"]
    link = next(word for word in message.body.split() if "/confirm-email/" in word).removeprefix("http://testserver")
    assertContains(client.get(link), "Does <strong>jenny@example.org</strong> belong to member?")
    client.post(link)
    cast["member"].refresh_from_db()
    assert cast["member"].email == "jenny@example.org"
    assert list(cast["member"].emailaddress_set.values_list("email", "verified")) == [("jenny@example.org", True)]
    assertContains(client.get("/accounts/confirm-email/nonsense/"), "This link no longer works")
