"""Prepared queries answer as if they were built anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Team
from accounts.prepared import prepared

BUILT = []


@prepared
def names(least, *among, backwards):
    BUILT.append(len(among))
    teams = Team.objects.filter(pk__gte=least, name__startswith="T")
    if among:
        teams = teams.filter(pk__in=among)
    return teams.order_by("-pk" if backwards else "pk").values_list("pk", "name")


@pytest.fixture
def teams(db):
    return [Team.objects.create(name=name, slug=name).pk for name in ("T1", "T2", "U", "T3")]


def test_arguments_take_the_places_of_the_marks(teams):
    first, second, _, third = teams
    assert names(second, backwards=False) == [(second, "T2"), (third, "T3")]
    assert names(first, third, first, backwards=False) == [(first, "T1"), (third, "T3")]
    assert names(first, second, third, backwards=True) == [(third, "T3"), (second, "T2")]
    assert names(third + 1, backwards=False) == []


def test_a_shape_is_built_once(teams):
    names(1, 2, backwards=False)
    BUILT.clear()
    with CaptureQueriesContext(connection) as queries:
        for least in (1, 2, 3):
            names(least, least, backwards=False)
    assert (BUILT, len(queries)) == ([], 3)
