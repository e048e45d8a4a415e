"""Authenticator app and recovery codes."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.links import one_time_link
from prep.tests.cast import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN, CODE, ACTIVATE = "/accounts/login/", "/accounts/2fa/authenticate/", "/accounts/2fa/totp/activate/"
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def patience(settings):
    """The half minute may turn between making a code and entering it."""
    settings.MFA_TOTP_TOLERANCE = 1


def code(secret=SECRET):
    return format_hotp_value(hotp_value(secret, list(yield_hotp_counters_from_time())[1]))


@pytest.fixture
def member(cast):
    return cast["member"]


def prove(client):
    """What concerns the account's safety asks for the password again, however fresh the sign-in."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


@pytest.fixture
def signed_in(client, member):
    client.post(LOGIN, {"login": "member", "password": PASSWORD})
    prove(client)
    return client


@pytest.fixture
def protected(member):
    """The member with an app and recovery codes."""
    TOTP.activate(member, SECRET)
    return RecoveryCodes.activate(member)


def test_sets_up_the_app_and_gets_recovery_codes(signed_in, member):
    page = signed_in.get(ACTIVATE)
    assertContains(page, 'alt="QR code of the key below"')
    secret = page.context["form"].secret
    assertContains(signed_in.post(ACTIVATE, {"code": "000000"}), "Incorrect code.")
    response = signed_in.post(ACTIVATE, {"code": code(secret)}, follow=True)
    assert set(Authenticator.objects.filter(user=member).values_list("type", flat=True)) == {"totp", "recovery_codes"}
    assertContains(response, "10 of 10 are left")


def test_an_unverified_address_is_no_obstacle_without_mail(signed_in, member):
    member.emailaddress_set.update_or_create(email=member.email, defaults={"primary": True, "verified": False})
    assertContains(signed_in.get(ACTIVATE), "Set up an authenticator app")


def test_setting_up_asks_again_who_it_is(client, member):
    client.force_login(member)
    assertRedirects(client.get(ACTIVATE), f"/accounts/reauthenticate/?next={ACTIVATE.replace('/', '%2F')}")
    again = {"password": "wrong", "next": ACTIVATE}
    assertContains(client.post("/accounts/reauthenticate/", again), "Incorrect password.")
    assertRedirects(client.post("/accounts/reauthenticate/", again | {"password": PASSWORD}), ACTIVATE)


def test_signing_in_takes_both(client, protected):
    response = client.post(LOGIN, {"login": "member", "password": PASSWORD, "next": "/accounts/"})
    assertRedirects(response, CODE)
    assert "_auth_user_id" not in client.session
    assertContains(client.post(CODE, {"code": "000000"}), "Incorrect code.")
    assertRedirects(client.post(CODE, {"code": code()}), "/accounts/")
    assert "_auth_user_id" in client.session


def test_a_code_is_good_for_one_sign_in(client, protected):
    used = code()
    for leads_in in (True, False):
        client.post(LOGIN, {"login": "member", "password": PASSWORD})
        client.post(CODE, {"code": used})
        assert ("_auth_user_id" in client.session) is leads_in
        client.post("/accounts/logout/")


def test_a_recovery_code_is_good_for_one_sign_in(client, protected):
    recovery = protected.generate_codes()[3]
    for leads_in in (True, False):
        client.post(LOGIN, {"login": "member", "password": PASSWORD})
        client.post(CODE, {"code": recovery})
        assert ("_auth_user_id" in client.session) is leads_in
        client.post("/accounts/logout/")


def test_views_downloads_and_renews_recovery_codes(client, protected):
    client.post(LOGIN, {"login": "member", "password": PASSWORD})
    client.post(CODE, {"code": code()})
    prove(client)
    codes = protected.generate_codes()
    page = client.get("/accounts/2fa/recovery-codes/")
    assertContains(page, "\n".join(codes))
    assert client.get("/accounts/2fa/recovery-codes/download/").content.decode().split() == codes
    assertContains(client.get("/accounts/2fa/recovery-codes/generate/"), "The 10 codes you have stop working.")
    page = client.post("/accounts/2fa/recovery-codes/generate/", follow=True)
    assertContains(page, "10 of 10 are left")
    assertNotContains(page, codes[0])


def test_a_one_time_link_does_not_get_round_the_second_factor(client, protected, member, settings):
    page = client.get(one_time_link(member).removeprefix(settings.SITE_URL), follow=True)
    new = {"password1": "a nest in the ivy", "password2": "a nest in the ivy"}
    assertRedirects(client.post(page.request["PATH_INFO"], new), CODE)
    assert "_auth_user_id" not in client.session


def test_turns_the_app_off(client, protected, member):
    client.post(LOGIN, {"login": "member", "password": PASSWORD})
    client.post(CODE, {"code": code()})
    prove(client)
    client.post("/accounts/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=member, type="totp").exists()
