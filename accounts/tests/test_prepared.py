"""Prepared queries answer as if they were built anew."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Max
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Invitation, Team, User
from accounts.prepared import columns_of, instance_of, prepared

BUILT = []


@prepared
def teams_between(least: int, most: int):
    BUILT.append(least)
    teams = Team.objects.filter(pk__gte=least, name__startswith="T", pk__lte=most)
    return teams.order_by("pk").values_list("pk", "name")


@prepared
def open_ones(now: datetime, note: str):
    found = Invitation.objects.filter(expires_at__gt=now, note=note).order_by("pk")
    found = found.annotate(latest=Max("expires_at"))
    return found.values_list("note", "expires_at", "latest", "created_by")


def test_arguments_take_the_places_of_the_marks(db):
    first, second, _, last = (Team.objects.create(name=name, slug=name).pk for name in ("T1", "T2", "U", "T3"))
    assert teams_between(second, last) == [[second, "T2"], [last, "T3"]]
    assert teams_between(first, second) == [[first, "T1"], [second, "T2"]]
    assert teams_between(last + 1, last + 2) == []


def test_moments_and_texts_go_in_and_come_out_as_python_has_them(db):
    now = timezone.now()
    soon, later = now + timedelta(hours=1), now + timedelta(hours=2)
    for at, note in ((soon, "A"), (later, "B"), (later, "100%\N{SNOWMAN}'")):
        Invitation.objects.create(note=note, expires_at=at)
    assert open_ones(now, "A") == [["A", soon, soon, None]]
    assert open_ones(soon, "A") == []
    assert open_ones(soon, "B") == [["B", later, later, None]]
    assert open_ones(now, "100%\N{SNOWMAN}'") == [["100%\N{SNOWMAN}'", later, later, None]]


@prepared
def earlier(now: datetime):
    return Invitation.objects.filter(expires_at__gt=now - timedelta(days=1)).values_list("pk")


@prepared
def containing(text: str):
    return Team.objects.filter(name__icontains=text).values_list("pk")


@pytest.mark.parametrize(("query", "argument"), [(earlier, timezone.now()), (containing, "T")])
def test_an_argument_that_the_query_changes_is_refused(db, query, argument):
    with pytest.raises(TypeError, match="changed before it gets into the query"):
        query(argument)


def test_too_few_or_too_many_arguments_are_refused(db):
    for values in ((1,), (1, 2, 3)):
        with pytest.raises(ValueError, match="zip"):
            teams_between(*values)


def test_a_query_is_built_once(db):
    teams_between(1, 2)
    BUILT.clear()
    with CaptureQueriesContext(connection) as queries:
        for least in (1, 2, 3):
            teams_between(least, 3)
    assert (BUILT, len(queries)) == ([], 3)


def test_columns_become_a_row_again(cast):
    user = cast["team_owner"]
    values = User.objects.filter(pk=user.pk).values_list(*columns_of(User))[0]
    read = instance_of(User, values)
    assert (read, read.username, read._state.adding) == (user, "team_owner", False)
    assert read.date_joined == user.date_joined
