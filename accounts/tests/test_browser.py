"""The account pages in a real browser."""

import pytest

from accounts import invitations
from accounts.models import Invitation, User
from prep.tests.cast import PASSWORD

NEST = "a nest in the ivy"


def sign_in_by_form(page, name="member", password=PASSWORD):
    page.goto("/accounts/login/")
    page.get_by_label("Username or email").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def prove(page):
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()


@pytest.fixture
def authenticator(page):
    """A fingerprint reader that says yes."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    reader = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": reader | {"isUserVerified": True}})


@pytest.mark.parametrize("javascript", [True, False])
def test_signs_up_with_an_invitation(new_page, live_server, javascript):
    page = new_page(javascript=javascript)
    page.goto(invitations.issue(Invitation()).replace("http://localhost:8000", live_server.url))
    page.get_by_label("Username").fill("wren")
    page.get_by_label("Password", exact=True).fill(NEST)
    page.get_by_label("Password (again)").fill("another nest")
    page.get_by_role("button", name="Create the account").click()
    beside = page.locator(".field", has=page.get_by_label("Password (again)"))
    assert beside.get_by_text("You must type the same password each time.").is_visible()
    page.get_by_label("Password", exact=True).fill(NEST)
    page.get_by_label("Password (again)").fill(NEST)
    page.get_by_role("button", name="Create the account").click()
    page.get_by_role("link", name="wren").click()
    assert page.get_by_role("heading", level=1).inner_text() == "wren"
    assert User.objects.get().username == "wren"


def test_sign_in_brings_back_without_javascript(plain_page, cast):
    plain_page.goto("/accounts/sessions/")
    assert plain_page.get_by_role("button", name="Sign in with a passkey").is_hidden()
    plain_page.get_by_label("Username or email").fill("member@example.org")
    plain_page.get_by_label("Password").fill(PASSWORD)
    plain_page.get_by_role("button", name="Sign in", exact=True).click()
    assert plain_page.get_by_role("heading", level=1).inner_text() == "Where you are signed in"
    plain_page.get_by_role("button", name="Sign out").click()
    assert plain_page.get_by_role("banner").get_by_role("link", name="Sign in").is_visible()


def test_adds_a_passkey_and_signs_in_with_it(page, cast, authenticator):
    sign_in_by_form(page)
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Add one").click()
    prove(page)
    page.get_by_label("Name").fill("My laptop")
    page.get_by_label("Passwordless").check()
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    page.goto("/accounts/2fa/webauthn/")
    assert page.get_by_text("My laptop").is_visible()
    page.get_by_role("button", name="Sign out").click()
    page.goto("/accounts/login/?next=/accounts/sessions/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_role("heading", name="Where you are signed in").wait_for()
    assert cast["member"].authenticator_set.get(type="webauthn").last_used_at is not None


@pytest.mark.parametrize("mode", ["open", "invited", "closed"])
def test_nothing_is_in_a_visitors_way(page, axe, settings, mode):
    settings.SIGNUP = mode
    for address in ("login/", "signup/", "signup/?invitation=used-up", "password/reset/", "password/reset/key/1-x-y/"):
        page.goto(f"/accounts/{address}")
        axe(page)


def test_nothing_is_in_the_way_of_a_refused_form(page, axe, settings, cast):
    settings.SIGNUP = "open"
    page.goto("/accounts/signup/")
    page.get_by_label("Username").fill("member")
    page.get_by_label("Password", exact=True).fill("12345678")
    page.get_by_label("Password (again)").fill("1234")
    page.get_by_role("button", name="Create the account").click()
    axe(page)
    sign_in_by_form(page, password="wrong")
    assert page.get_by_role("alert").is_visible()
    axe(page)


def test_nothing_is_in_a_members_way(page, axe, cast, authenticator):
    sign_in_by_form(page)
    page.goto("/accounts/reauthenticate/")
    axe(page)
    prove(page)
    for address in ("", "password/change/", "sessions/", "logout/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/add/"):
        page.goto(f"/accounts/{address}")
        axe(page)
    page.get_by_label("Name").fill("My laptop")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("heading", name="Recovery codes").wait_for()
    axe(page)
    key = cast["member"].authenticator_set.get(type="webauthn").pk
    for address in (
        "",
        "webauthn/",
        f"webauthn/keys/{key}/edit/",
        f"webauthn/keys/{key}/remove/",
        "recovery-codes/generate/",
    ):
        page.goto(f"/accounts/2fa/{address}")
        axe(page)
    page.get_by_role("button", name="Sign out").click()
    sign_in_by_form(page)
    page.get_by_role("heading", name="One more step").wait_for()
    axe(page)
    page.get_by_role("button", name="Use a passkey or key").click()
    page.get_by_role("link", name="member").wait_for()


def test_nothing_is_in_the_way_where_mail_is_sent(page, axe, cast, settings):
    settings.HAS_EMAIL = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "optional"
    cast["member"].emailaddress_set.create(email="member@example.org", primary=True, verified=True)
    for address in ("password/reset/", "password/reset/done/", "confirm-email/nonsense/"):
        page.goto(f"/accounts/{address}")
        axe(page)
    sign_in_by_form(page)
    page.goto("/accounts/reauthenticate/")
    prove(page)
    page.goto("/accounts/email/")
    axe(page)
    page.get_by_label("Email").fill("jenny@example.org")
    page.get_by_role("button", name="Change the address").click()
    page.get_by_text("We sent a link to jenny@example.org").wait_for()
    axe(page)


def test_fits_a_phone(new_page, sign_in):
    page = new_page(viewport={"width": 360, "height": 740})
    sign_in(page, "member")
    for address in ("", "2fa/", "sessions/", "password/change/"):
        page.goto(f"/accounts/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
