"""Counts are true: of a filter, and of a learner in it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.utils import timezone

from questions.catalogue import counts, search
from questions.catalogue.counts import Standing
from questions.catalogue.tests.test_selection import selection
from questions.models import Catalogue, Progress
from questions.study import marks
from questions.tests import factories


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


def counts_of(user, query=""):
    return counts.counts_of(selection(user, query), Catalogue.current())


def standing(user, query=""):
    chosen = selection(user, query)
    found = counts.standing_of(chosen, user)
    total = counts_of(user, query).total
    assert counts.standing_of(chosen, user, total) == found
    return found


def tags(user, query=""):
    return {name: number for _, name, number in counts_of(user, query).tags}


def test_counts_of_a_filter(cast):
    member = cast["member"]
    second = factories.source("Second notes")
    factories.question("One", tags=["sql", "locks"], difficulty=1)
    factories.question("Two", tags=["sql"], difficulty=3, origin=second)
    factories.question("Three", tags=["http"], difficulty=3)
    factories.question("Four", tags=["sql"], status="draft")
    assert counts_of(member).total == 3
    assert tags(member) == {"sql": 2, "http": 1, "locks": 1}
    assert [name for _, name, _ in counts_of(member).tags] == ["sql", "http", "locks"]
    assert counts_of(member).difficulties == {"easy": 1, "medium": 0, "hard": 2}
    assert [(title, number) for _, title, number in counts_of(member).sources] == [
        ("Field notes", 2),
        ("Second notes", 1),
    ]
    assert tags(member, "tag=sql") == {"sql": 2, "locks": 1}
    # The difficulty chosen does not hide what the others would show; the same for sources.
    assert counts_of(member, "difficulty=hard").difficulties == {"easy": 1, "medium": 0, "hard": 2}
    assert counts_of(member, "difficulty=hard").total == 2
    assert [number for *_, number in counts_of(member, f"source={second.pk}").sources] == [2, 1]


def test_a_visitor_counts_what_is_public(cast):
    factories.question("One", tags=["sql"])
    factories.question("Two", tags=["secret"], origin=factories.source("Our own", public=False))
    assert (counts_of(AnonymousUser()).total, tags(AnonymousUser())) == (1, {"sql": 1})
    assert counts_of(cast["outsider"]).total == 2
    assert [title for _, title, _ in counts_of(AnonymousUser()).sources] == ["Field notes"]


def test_teams_count_their_own(cast, team):
    factories.question("Ours", owner=team, tags=["ours"])
    factories.question("Everybody's")
    assert counts_of(cast["member"]).total == 2
    assert counts_of(cast["outsider"]).total == 1
    assert "ours" in tags(cast["member"])
    assert "ours" not in tags(cast["outsider"])


def test_a_write_to_the_catalogue_is_counted_at_once(cast):
    one = factories.question("One", tags=["sql"])
    assert tags(cast["member"]) == {"sql": 1}
    one.tags.add("locks")
    search.refresh([one.pk])
    assert tags(cast["member"]) == {"sql": 1, "locks": 1}


def test_a_search_with_too_many_matches_counts_no_tags(cast, monkeypatch):
    monkeypatch.setattr(counts, "COUNTED_MATCHES", 1)
    factories.question("One mutex", tags=["sql"])
    factories.question("Two mutexes", tags=["sql"])
    found = counts_of(cast["member"], "q=mutex")
    assert (found.total, found.tags) == (2, [("sql", "sql", None)])


def test_counting_again_asks_nothing(cast, django_assert_num_queries):
    factories.question("One", tags=["sql"])
    chosen = selection(cast["member"], "tag=sql")
    version = Catalogue.current()
    first = counts.counts_of(chosen, version)
    with django_assert_num_queries(0):
        assert counts.counts_of(chosen, version) == first


def test_standing(cast):
    member = cast["member"]
    now = timezone.now()
    made = factories.questions(6, tags=["sql"])
    factories.progress(member, made[0], mastered_at=now + timedelta(hours=1))
    factories.progress(member, made[1], mastered_at=now - timedelta(days=1), starred=True)
    factories.progress(member, made[2], last_review=now)
    factories.progress(member, made[3], starred=True)
    factories.progress(cast["curator"], made[4], mastered_at=now)
    factories.progress(member, factories.question("Draft", status="draft"), mastered_at=now)
    assert standing(member) == Standing(total=6, mastered=2, starred=2, begun=3, changed=1)
    assert standing(member).new == 3
    assert standing(member, "tag=sql&progress=mastered") == standing(member)
    assert standing(cast["outsider"]) == Standing(total=6, mastered=0, starred=0, begun=0, changed=0)


def test_standing_in_a_search_and_within_two_queries(cast, django_assert_num_queries):
    member, now = cast["member"], timezone.now()
    found = factories.question("What is a mutex?")
    factories.progress(member, found, mastered_at=now)
    factories.progress(member, factories.question("Another"), mastered_at=now)
    factories.question("A mutex again")
    chosen = selection(member, "q=mutex")
    with django_assert_num_queries(2):
        assert counts.standing_of(chosen, member).mastered == 1
    with django_assert_num_queries(1):
        assert counts.standing_of(chosen, member, 2).new == 1


def test_a_note_changes_no_count(cast):
    one = factories.question()
    marks.keep_note(user=cast["member"], question=one, note="Remember the lock.")
    assert standing(cast["member"]) == Standing(total=1, mastered=0, starred=0, begun=0, changed=0)
    assert Progress.objects.get().note == "Remember the lock."


def test_weakest_tags_first(cast):
    member = cast["member"]
    sql = [factories.question(f"Sql {at}", tags=["sql"]) for at in range(2)]
    for at in range(3):
        factories.question(f"Http {at}", tags=["http"])
    factories.question("Lone", tags=["lone"])
    factories.progress(member, sql[0], mastered_at=timezone.now())
    found = counts.by_tag(selection(member, ""), counts_of(member))
    assert [(tag.name, tag.mastered, tag.total, tag.href) for tag in found] == [
        ("http", 0, 3, "/questions/?tag=http"),
        ("sql", 1, 2, "/questions/?tag=sql"),
    ]
