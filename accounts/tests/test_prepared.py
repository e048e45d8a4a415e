"""Prepared queries answer as if they were built anew."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.models import Max
from django.db.transaction import TransactionManagementError
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Invitation, Team
from accounts.prepared import prepared

BUILT = []


@prepared
def names(least, *among, backwards):
    BUILT.append(len(among))
    teams = Team.objects.filter(pk__gte=least, name__startswith="T")
    if among:
        teams = teams.filter(pk__in=among)
    return teams.order_by("-pk" if backwards else "pk").values_list("pk", "name")


@prepared
def open_ones(now, note):
    found = Invitation.objects.filter(expires_at__gt=now, note=note).order_by("pk")
    return found.annotate(latest=Max("expires_at")).values_list("note", "expires_at", "latest", "created_by")


@pytest.fixture
def teams(db):
    return [Team.objects.create(name=name, slug=name).pk for name in ("T1", "T2", "U", "T3")]


def test_arguments_take_the_places_of_the_marks(teams):
    first, second, _, third = teams
    assert names(second, backwards=False) == [(second, "T2"), (third, "T3")]
    assert names(first, third, first, backwards=False) == [(first, "T1"), (third, "T3")]
    assert names(first, second, third, backwards=True) == [(third, "T3"), (second, "T2")]
    assert names(third + 1, backwards=False) == []


def test_moments_and_texts_go_in_and_come_out_as_python_has_them(db):
    now = timezone.now()
    soon, later = now + timedelta(hours=1), now + timedelta(hours=2)
    for at, note in ((soon, "A"), (later, "B"), (later, "100%\N{SNOWMAN}'")):
        Invitation.objects.create(note=note, expires_at=at)
    assert open_ones(now, "A") == [("A", soon, soon, None)]
    assert open_ones(soon, "A") == []
    assert open_ones(soon, "B") == [("B", later, later, None)]
    assert open_ones(now, "100%\N{SNOWMAN}'") == [("100%\N{SNOWMAN}'", later, later, None)]


@prepared
def earlier(now):
    return Invitation.objects.filter(expires_at__gt=now - timedelta(days=1)).values_list("pk")


@prepared
def containing(text):
    return Team.objects.filter(name__icontains=text).values_list("pk")


@prepared
def locked(pk):
    return Team.objects.select_for_update().filter(pk=pk).values_list("name")


@prepared
def nothing(pk):
    return Team.objects.filter(pk=pk, pk__in=[]).values_list("pk")


@pytest.mark.parametrize(("query", "argument"), [(earlier, timezone.now()), (containing, "T")])
def test_an_argument_that_the_query_changes_is_refused(db, query, argument):
    with pytest.raises(TypeError, match="changed before it gets into the query"):
        query(argument)


@pytest.mark.parametrize("value", [None, True, 1.5])
def test_what_is_no_id_no_text_and_no_moment_is_refused(db, value):
    with pytest.raises(TypeError, match="neither an id"):
        names(1, value, backwards=False)


def test_a_query_that_can_find_nothing_finds_nothing(teams):
    assert nothing(teams[0]) == []


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_rows_are_locked_in_a_transaction_only():
    team = Team.objects.create(name="T1", slug="t1")
    for _ in range(2):
        with transaction.atomic():
            assert locked(team.pk) == [("T1",)]
        with pytest.raises(TransactionManagementError):
            locked(team.pk)


def test_a_shape_is_built_once(teams):
    names(1, 2, backwards=False)
    BUILT.clear()
    with CaptureQueriesContext(connection) as queries:
        for least in (1, 2, 3):
            names(least, least, backwards=False)
    assert (BUILT, len(queries)) == ([], 3)
