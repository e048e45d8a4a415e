"""Which questions are stale, on both sides of each limit, and the command that lists them."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import Team
from questions.catalogue import freshness
from questions.models import Question
from questions.tests import factories

TODAY = date(2026, 11, 20)


def question(key, *, status="published", **fields):
    return Question.objects.create(key=key, title=key, status=status, **fields)


def stale():
    """Keys, as the queryset finds them and as the reasons say; the other published questions are fresh."""
    newest = freshness.newest_versions()
    by_reason = {each.key for each in Question.objects.all() if freshness.reasons(each, TODAY, newest)}
    found = set(freshness.stale(Question.objects.all(), TODAY).values_list("key", flat=True))
    assert found == by_reason
    fresh = freshness.fresh(Question.objects.all(), TODAY).values_list("key", flat=True)
    published = Question.objects.filter(status="published").values_list("key", flat=True)
    assert sorted(fresh) == sorted(set(published) - found)
    return found


@pytest.mark.parametrize(
    ("applies_to", "named"),
    [
        ("", []),
        ("Flask 3.1", [("Flask", (3, 1))]),
        ("Flask 3.1, Flask-Login 0.6.3", [("Flask", (3, 1)), ("Flask-Login", (0, 6, 3))]),
        ("Wren Queue v2; Python 3.11+", [("Wren Queue", (2,)), ("Python", (3, 11))]),
        ("Flask", []),
        ("3.1", []),
        ("Flask 3.x", []),
        ("Flask before 3", [("Flask before", (3,))]),
    ],
)
def test_versions(applies_to, named):
    assert list(freshness.versions(applies_to)) == named


def test_newest_is_compared_as_numbers():
    named = ["Flask 3.9", "flask 3.10, Wren 2", "Wren 1.9"]
    assert freshness.newest_among(named) == {"flask": (3, 10), "wren": (2,)}


@pytest.mark.parametrize(
    ("applies_to", "reasons"),
    [
        ("Flask 3.0", ["for Flask 3.0, while others are for 3.1"]),
        ("Flask 2, wren 1.10", ["for Flask 2, while others are for 3.1", "for wren 1.10, while others are for 2.0"]),
        ("Flask 3", []),
        ("Flask 3.1.2", []),
        ("Flask 3.2", []),
        ("Owl 1", []),
    ],
)
def test_outdated(applies_to, reasons):
    assert list(freshness.outdated(applies_to, {"flask": (3, 1), "wren": (2, 0)})) == reasons


@pytest.mark.django_db
def test_verified_too_long_ago(settings):
    settings.STALE_AFTER_DAYS = 30
    question("limit", verified_on=TODAY - timedelta(days=30))
    question("beyond", verified_on=TODAY - timedelta(days=31))
    assert stale() == {"beyond"}
    assert freshness.reasons(Question.objects.get(key="beyond"), TODAY, {}) == [
        "verified on 2026-10-20, more than 30 days ago"
    ]


@pytest.mark.django_db
def test_a_year_unless_set_otherwise():
    question("limit", verified_on=date(2025, 11, 20))
    question("beyond", verified_on=date(2025, 11, 19))
    assert stale() == {"beyond"}


@pytest.mark.django_db
def test_never_verified_matters_only_where_it_says_what_it_applies_to():
    question("silent")
    question("named", applies_to="every bird")
    assert stale() == {"named"}


@pytest.mark.django_db
def test_for_an_older_version():
    question("old", applies_to="Flask 3.0, Wren 2", verified_on=TODAY)
    question("new", applies_to="flask 3.1", verified_on=TODAY)
    assert stale() == {"old"}


@pytest.mark.django_db
@pytest.mark.parametrize("status", ["draft", "retired"])
def test_only_published_questions_are_stale_or_make_others_stale(status):
    question("old", applies_to="Flask 3.0", verified_on=TODAY)
    question("new", applies_to="Flask 3.1", status=status)
    assert stale() == set()


@pytest.mark.django_db
def test_a_team_does_not_make_the_library_stale_but_the_library_a_team():
    team = Team.objects.create(name="Wren team", slug="wren")
    question("library", applies_to="Flask 3.1", verified_on=TODAY)
    question("ahead", applies_to="Flask 3.2", verified_on=TODAY, owner=team)
    question("behind", applies_to="Flask 3.0", verified_on=TODAY, owner=team)
    assert stale() == {"behind"}


@pytest.mark.django_db
def test_only_what_is_asked_for():
    question("one", applies_to="every bird")
    question("two", applies_to="every bird")
    found = freshness.stale(Question.objects.filter(key="two"), TODAY)
    assert [each.key for each in found] == ["two"]


@pytest.mark.django_db
def test_the_command_lists_and_exits(capsys):
    team = Team.objects.create(name="Wren team", slug="wren")
    long_ago = timezone.localdate() - timedelta(days=366)
    question("old", applies_to="Flask 3.0", verified_on=long_ago)
    question("new", applies_to="Flask 3.1", verified_on=timezone.localdate())
    question("ours", applies_to="every bird", owner=team)
    with pytest.raises(SystemExit) as ended:
        call_command("check_stale")
    assert ended.value.code == 1
    assert sorted(capsys.readouterr().out.splitlines()) == [
        "2 of 3 published questions are stale",
        f"old: verified on {long_ago}, more than 365 days ago; for Flask 3.0, while others are for 3.1",
        "ours (team wren): never verified",
    ]


@pytest.mark.django_db
def test_the_command_is_content_with_a_fresh_library(capsys):
    question("new", applies_to="Flask 3.1", verified_on=timezone.localdate())
    call_command("check_stale")
    assert capsys.readouterr().out == "0 of 1 published questions are stale\n"


@pytest.mark.parametrize("query", ["", "?difficulty=easy"])
def test_the_page_of_a_stale_question_says_why(as_, query):
    old = factories.question("Old", difficulty=1, applies_to="Flask 2.3")
    new = factories.question("New", difficulty=1, applies_to="Flask 3.1", verified_on=timezone.localdate())
    shown = as_("visitor").get(f"/questions/{old.pk}/{query}").content.decode()
    assert (
        '<span class="warn">May be out of date: never verified; for Flask 2.3, while others are for 3.1</span>' in shown
    )
    assert "May be out of date" not in as_("visitor").get(f"/questions/{new.pk}/{query}").content.decode()
