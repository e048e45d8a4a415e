"""People in the admin: administrators only."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import Invitation, Team, User

pytestmark = pytest.mark.django_db
PEOPLE = ["user", "team", "membership", "invitation"]
NO_INLINES = {
    f"{prefix}-{part}_FORMS": 0 for prefix in ("memberships", "authenticator_set") for part in ("TOTAL", "INITIAL")
}


def user_form(user, **changes):
    form = {"username": user.username, "first_name": user.first_name, "last_name": user.last_name, "email": user.email}
    return form | {"is_active": "on"} | NO_INLINES | changes


@pytest.mark.parametrize("model", PEOPLE)
@pytest.mark.parametrize("page", ["", "add/"])
def test_administrators_get_every_page(as_, model, page):
    assert as_("administrator").get(f"/admin/accounts/{model}/{page}").status_code == 200


@pytest.mark.parametrize("model", PEOPLE)
@pytest.mark.parametrize("page", ["", "add/"])
def test_curators_get_none(as_, cast, model, page):
    # Not even with the permission that Django would ask for.
    cast["curator"].user_permissions.add(*Permission.objects.filter(content_type__app_label="accounts"))
    assert as_("curator").get(f"/admin/accounts/{model}/{page}").status_code == 403


def test_curators_do_not_see_people_in_the_admin(as_):
    response = as_("curator").get("/admin/")
    assertContains(response, "Questions")
    assertNotContains(response, "/admin/accounts/")


@pytest.mark.parametrize("name", ["member", "team_owner"])
def test_learners_get_no_admin(as_, name):
    assert as_(name).get("/admin/", follow=True).status_code == 403


@pytest.mark.parametrize("name", ["visitor", "member", "curator"])
def test_only_administrators_issue_links(as_, cast, name):
    response = as_(name).post(f"/admin/accounts/user/{cast['administrator'].pk}/link/")
    assert response.status_code in {302, 403}
    assert b"/password/reset/key/" not in response.content


def test_issues_a_link_on_demand_and_notes_it(as_, cast, client, settings):
    address = f"/admin/accounts/user/{cast['member'].pk}/link/"
    administrator = as_("administrator")
    assertContains(administrator.get(f"/admin/accounts/user/{cast['member'].pk}/change/"), address)
    page = administrator.get(address)
    assertContains(page, "Issue a one-time link")
    assertNotContains(page, "/password/reset/key/")
    page = administrator.post(address)
    assert "no-store" in page["Cache-Control"]
    assert LogEntry.objects.get().change_message == "Issued a one-time link."
    opened = client.get(page.context["link"].removeprefix(settings.SITE_URL), follow=True)
    assertContains(opened, "Set a password")


def test_nobody_inactive_gets_a_link(as_, cast):
    User.objects.filter(username="member").update(is_active=False)
    assert as_("administrator").post(f"/admin/accounts/user/{cast['member'].pk}/link/").status_code == 404


def test_a_new_user_has_no_password_and_gets_a_link(as_):
    administrator = as_("administrator")
    new = {"username": "wren", "first_name": "Jenny", "email": "Wren@example.org", "is_curator": "on"}
    response = administrator.post("/admin/accounts/user/add/", new)
    user = User.objects.get(username="wren")
    assertRedirects(response, f"/admin/accounts/user/{user.pk}/link/")
    assert (user.email, user.has_usable_password(), user.is_staff) == ("wren@example.org", False, True)
    assert user.has_perm("questions.change_question")


def test_the_curator_checkbox_gives_and_takes_the_admin(as_, cast):
    administrator, member = as_("administrator"), cast["member"]
    for ticked, status in (({"is_curator": "on"}, 200), ({}, 403)):
        administrator.post(f"/admin/accounts/user/{member.pk}/change/", user_form(member, **ticked))
        assert as_("member").get("/admin/", follow=True).status_code == status


def test_a_changed_address_is_the_only_one(as_, cast):
    member = cast["member"]
    member.emailaddress_set.create(email="member@example.org", primary=True, verified=True)
    change = f"/admin/accounts/user/{member.pk}/change/"
    as_("administrator").post(change, user_form(member, email="jenny@example.org"))
    assert list(member.emailaddress_set.values_list("email", flat=True)) == ["jenny@example.org"]


def test_refuses_an_address_of_somebody_else(as_, cast):
    member = cast["member"]
    change = f"/admin/accounts/user/{member.pk}/change/"
    response = as_("administrator").post(change, user_form(member, email="outsider@example.org"))
    assertContains(response, "A user is already registered with this email address.")


def test_removes_a_lost_second_factor_without_showing_its_secret(as_, cast):
    member = cast["member"]
    lost = TOTP.activate(member, "JBSWY3DPEHPK3PXP").instance
    change = f"/admin/accounts/user/{member.pk}/change/"
    administrator = as_("administrator")
    assertNotContains(administrator.get(change), "JBSWY3DPEHPK3PXP")
    inline = {f"authenticator_set-{part}_FORMS": 1 for part in ("TOTAL", "INITIAL")}
    inline |= {
        "authenticator_set-0-id": lost.pk,
        "authenticator_set-0-user": member.pk,
        "authenticator_set-0-DELETE": "on",
    }
    administrator.post(change, user_form(member, **inline))
    assert not Authenticator.objects.exists()


def test_calls_administrators_by_their_name(as_, cast):
    for page in ("add/", f"{cast['member'].pk}/change/"):
        response = as_("administrator").get(f"/admin/accounts/user/{page}")
        assertContains(response, "Administrator")
        assertNotContains(response, "uperuser status")


def test_finds_people(as_):
    page = as_("administrator").get("/admin/accounts/user/", {"q": "team_", "is_curator__exact": "0"})
    assert [user.username for user in page.context["cl"].result_list] == ["team_curator", "team_owner"]


@pytest.mark.parametrize("model", PEOPLE)
def test_lists_take_the_same_queries_however_long(as_, cast, django_assert_max_num_queries, model):
    for number in range(20):
        team = Team.objects.create(name=f"Team {number}", slug=f"team-{number}")
        team.memberships.create(user=cast["member"])
        Invitation.objects.create(created_by=cast["administrator"])
    administrator = as_("administrator")
    with django_assert_max_num_queries(9):
        administrator.get(f"/admin/accounts/{model}/")


def test_an_invitation_shows_its_link_once(as_, cast, client, settings):
    administrator = as_("administrator")
    expires = timezone.now() + timedelta(days=3)
    form = {"note": "For Jenny", "uses_left": 2, "expires_at_0": f"{expires:%Y-%m-%d}", "expires_at_1": "12:00:00"}
    page = administrator.post("/admin/accounts/invitation/add/", form)
    invitation = Invitation.objects.get()
    assert (str(invitation), invitation.uses_left, invitation.created_by) == ("For Jenny", 2, cast["administrator"])
    link = page.context["link"]
    assertContains(page, link)
    assertContains(client.get(link.removeprefix(settings.SITE_URL)), "Create an account")
    key = link.partition("=")[2]
    assertNotContains(administrator.get(f"/admin/accounts/invitation/{invitation.pk}/change/"), key)


def test_changing_an_invitation_keeps_its_link(as_):
    invitation = Invitation.objects.create()
    form = {"note": "More", "uses_left": 5, "expires_at_0": "2099-01-01", "expires_at_1": "12:00:00"}
    as_("administrator").post(f"/admin/accounts/invitation/{invitation.pk}/change/", form)
    digest = invitation.digest
    invitation.refresh_from_db()
    assert (invitation.note, invitation.uses_left, invitation.digest) == ("More", 5, digest)
