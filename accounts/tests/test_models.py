"""Roles, names and addresses."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from accounts.models import CURATORS, Membership, User

pytestmark = pytest.mark.django_db


def fresh(user):
    """As the next request sees it, without cached permissions."""
    return User.objects.get(pk=user.pk)


def test_curators_have_their_permissions_on_an_empty_database():
    codenames = set(Group.objects.get(name=CURATORS).permissions.values_list("codename", flat=True))
    assert {"add_question", "change_answer", "view_source", "change_keypoint"} <= codenames
    assert not Permission.objects.filter(group__name=CURATORS, content_type__app_label="accounts").exists()


def test_the_checkbox_gives_and_takes_the_group_the_permissions_and_the_admin():
    user = User.objects.create_user("wren")
    assert (user.is_staff, user.has_perm("questions.change_question")) == (False, False)
    user.is_curator = True
    user.save()
    assert (fresh(user).is_staff, fresh(user).has_perm("questions.change_question")) == (True, True)
    user.is_curator = False
    user.save(update_fields=["is_curator"])
    assert (fresh(user).is_staff, fresh(user).has_perm("questions.change_question")) == (False, False)
    assert list(user.groups.all()) == []


def test_an_administrator_is_staff_without_being_a_curator():
    user = User.objects.create_superuser("robin")
    assert (user.is_staff, list(user.groups.all())) == (True, [])


def test_nobody_is_staff_by_the_field_alone():
    assert User.objects.create_user("wren", is_staff=True).is_staff is False


def test_saving_other_fields_leaves_the_roles():
    user = User.objects.create_user("wren", is_curator=True)
    user.groups.clear()
    user.first_name = "Jenny"
    user.save(update_fields=["first_name"])
    assert list(user.groups.all()) == []


def test_names_differ_by_more_than_case():
    User.objects.create_user("Wren")
    with pytest.raises(ValidationError, match="already exists"):
        User(username="wren", password="x").full_clean()
    with pytest.raises(IntegrityError):
        User.objects.create_user("wren")


def test_addresses_are_kept_in_lower_case():
    assert User.objects.create_user("wren", "Wren@Example.ORG").email == "wren@example.org"


def test_a_new_address_replaces_all_others():
    user = User.objects.create_user("wren", "new@example.org")
    user.emailaddress_set.create(email="old@example.org", primary=True, verified=True)
    user.forget_other_addresses()
    assert list(user.emailaddress_set.values_list("email", "primary", "verified")) == [("new@example.org", True, False)]


def test_no_address_leaves_none():
    user = User.objects.create_user("wren")
    user.emailaddress_set.create(email="old@example.org", primary=True)
    user.forget_other_addresses()
    assert not user.emailaddress_set.exists()


def test_one_membership_per_team_and_user(team, cast):
    with pytest.raises(IntegrityError):
        Membership.objects.create(team=team, user=cast["member"])


def test_unknown_roles_are_refused(team, cast):
    with pytest.raises(IntegrityError):
        Membership.objects.create(team=team, user=cast["outsider"], role="captain")
