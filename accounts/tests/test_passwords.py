"""Changing, forgetting and resetting a password; one-time links."""

import re
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.links import one_time_link
from accounts.models import User
from prep.tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
NEW = "a nest in the ivy"
RESET = "/accounts/password/reset/"


def follow(client, link, password=NEW):
    """Opens the link and sets the password there, as a browser does."""
    page = client.get(link, follow=True)
    if page.context.get("token_fail"):
        return page
    return client.post(page.request["PATH_INFO"], {"password1": password, "password2": password})


def path_of(link, settings):
    return link.removeprefix(settings.SITE_URL)


@pytest.fixture
def mail(settings, mailoutbox):
    settings.HAS_EMAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    return mailoutbox


def test_without_mail_an_administrator_is_the_way(client, cast, mailoutbox):
    for response in (client.get(RESET), client.post(RESET, {"email": "member@example.org"})):
        assertContains(response, "Ask an administrator for a one-time link")
    assert mailoutbox == []


def test_with_mail_a_link_is_sent_and_works_once(client, cast, mail):
    assertRedirects(client.post(RESET, {"email": "Member@example.org"}), RESET + "done/")
    (message,) = mail
    assert message.to == ["member@example.org"]
    assert message.subject == "[testserver] Set a new password"
    assert message.body.startswith("Somebody, probably you, asked for a new password for member. Set it here:\n\nhttp")
    link = re.search(r"https?://testserver(/\S+)", message.body)[1]
    assertRedirects(follow(client, link), "/")
    assert User.objects.get(username="member").check_password(NEW)
    client.logout()
    assertContains(follow(client, link), "This link no longer works")


def test_with_mail_strangers_learn_nothing(client, cast, mail):
    assertRedirects(client.post(RESET, {"email": "nobody@example.org"}), RESET + "done/")
    assert [message.to for message in mail] == [["nobody@example.org"]]
    assert "no account has this address" in mail[0].body
    assert "/password/reset/key/" not in mail[0].body


def test_a_one_time_link_sets_the_password_once(client, cast, settings):
    link = path_of(one_time_link(cast["member"]), settings)
    assertRedirects(follow(client, link), "/")
    assert client.session["_auth_user_id"] == str(cast["member"].pk)
    client.logout()
    assertContains(follow(client, link, "a second one for it"), "This link no longer works")
    assert User.objects.get(username="member").check_password(NEW)


def test_of_two_links_the_first_used_counts(client, cast, settings):
    first, second = (path_of(one_time_link(cast["member"]), settings) for _ in range(2))
    follow(client, second)
    client.logout()
    assertContains(follow(client, first), "This link no longer works")


def test_signing_in_makes_a_link_useless(client, cast, settings):
    link = path_of(one_time_link(cast["member"]), settings)
    client.post("/accounts/login/", {"login": "member", "password": PASSWORD})
    client.logout()
    assertContains(client.get(link), "This link no longer works")


def test_links_expire(client, cast, settings):
    link = path_of(one_time_link(cast["member"]), settings)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assertContains(client.get(link), "Ask an administrator for a new one")
    settings.PASSWORD_RESET_TIMEOUT = timedelta(days=3).total_seconds()
    assertRedirects(follow(client, link), "/")


def test_weak_passwords_are_refused_beside_the_field(client, cast, settings):
    response = follow(client, path_of(one_time_link(cast["member"]), settings), "12345678")
    assertContains(response, "This password is entirely numeric.")
    assert User.objects.get(username="member").check_password(PASSWORD)


def test_changes_the_password_and_stays_signed_in(client, cast):
    client.post("/accounts/login/", {"login": "member", "password": PASSWORD})
    change = {"oldpassword": "wrong", "password1": NEW, "password2": NEW}
    assertContains(client.post("/accounts/password/change/", change), "Please type your current password.")
    client.post("/accounts/password/change/", change | {"oldpassword": PASSWORD})
    assert User.objects.get(username="member").check_password(NEW)
    assert client.get("/accounts/").status_code == 200


@pytest.mark.parametrize("page", ["password_change/", "password_change/done/"])
def test_the_admin_leads_to_the_same_page(as_, page):
    response = as_("curator").get(f"/admin/{page}")
    assertRedirects(response, "/accounts/password/change/", fetch_redirect_response=False)


def test_a_first_password_is_set(client, cast):
    cast["member"].set_unusable_password()
    cast["member"].save()
    client.force_login(cast["member"])
    page = client.get("/accounts/password/change/", follow=True)
    assertContains(page, "Your account has none yet.")
    client.post(page.request["PATH_INFO"], {"password1": NEW, "password2": NEW})
    assert User.objects.get(username="member").check_password(NEW)


def run(*arguments):
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().splitlines()


def test_accountlink_prints_a_link_that_works(client, cast, settings):
    (link,) = run("accountlink", "MEMBER")
    assertRedirects(follow(client, path_of(link, settings)), "/")
    assert client.session["_auth_user_id"] == str(cast["member"].pk)


def test_accountlink_refuses_the_unknown_and_the_inactive(cast):
    User.objects.filter(username="member").update(is_active=False)
    for name in ("member", "nobody"):
        with pytest.raises(CommandError, match=f"No active account is called '{name}'."):
            run("accountlink", name)


def test_admin_link_until_an_administrator_has_a_password(client):
    said, link = run("admin_link", "--url", "http://127.0.0.1:8001/")
    assert said == "admin sets a password here, once:"
    assert link.startswith("http://127.0.0.1:8001/accounts/password/reset/key/")
    admin = User.objects.get()
    assert (admin.username, admin.is_superuser, admin.is_staff, admin.has_usable_password()) == (
        "admin", True, True, False,
    )  # fmt: skip
    assert len(run("admin_link")) == 2
    assertRedirects(follow(client, link.removeprefix("http://127.0.0.1:8001")), "/")
    assert run("admin_link") == ["An administrator has a password: sign in with it."]
    assert client.get("/admin/").status_code == 200


def test_admin_link_offers_nothing_where_an_administrator_was_made_otherwise(cast):
    assert run("admin_link") == ["An administrator has a password: sign in with it."]
    assert not User.objects.filter(username="admin").exists()


def test_admin_link_never_promotes_somebody_who_took_the_name():
    User.objects.create_user("admin", password=PASSWORD)
    with pytest.raises(CommandError, match="admin is no administrator; make one with createsuperuser"):
        run("admin_link")
    assert not User.objects.get().is_superuser


def test_forgot_your_password_is_offered_where_one_signs_in(client):
    response = client.get("/accounts/login/")
    assertContains(response, f'<a href="{RESET}">Forgot your password?</a>')
    assertNotContains(response, "Remember")
