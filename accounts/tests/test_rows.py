"""Rows written and read without the ORM's pains are the rows that the ORM writes and reads."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.forms import model_to_dict
from django.utils import timezone

from accounts import rows
from accounts.models import Invitation, Membership, Team, User


def test_a_row_is_stored_as_the_orm_would(cast):
    at = timezone.now() + timedelta(days=3)
    fields = {"note": "It's %s", "uses_left": 3, "expires_at": at, "created_by": cast["curator"]}
    row = Invitation(**fields)
    rows.insert(row)
    stored = Invitation.objects.get(pk=row.pk)
    assert model_to_dict(stored) == model_to_dict(Invitation.objects.create(**fields)) | {"id": row.pk}
    assert stored.digest == row.digest and stored.created_by == cast["curator"]
    assert (row._state.adding, stored.created_at == row.created_at) == (False, True)


def test_only_the_columns_named_are_written(db):
    row = Team.objects.create(name="Red", slug="red")
    row.name, row.slug = "Blue", "blue"
    rows.update(row, ["name"])
    assert list(Team.objects.values_list("name", "slug")) == [("Blue", "red")]


def test_constraints_hold(cast):
    team = Team.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.insert(Membership(team=team, user=cast["team_owner"]))


def test_columns_become_rows_again(cast):
    user = cast["team_owner"]
    found = User.objects.filter(pk=user.pk).values_list(*rows.names(User))[0]
    read = rows.instance(User, found)
    assert (read, read.username, read.date_joined, read._state.adding) == (user, "team_owner", user.date_joined, False)
    membership = rows.names(Membership, "memberships__")
    assert membership == ("memberships__id", "memberships__team_id", "memberships__user_id", "memberships__role")
    values = User.objects.filter(username__in=["team_owner", "outsider"]).order_by("username").values_list(*membership)
    outsider, owner = (rows.related(Membership, each) for each in values)
    assert outsider is None and owner == user.memberships.get()
