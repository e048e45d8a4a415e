"""The prepared look-ups find what the plain querysets find, in fewer queries."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from questions.catalogue import lookups
from questions.catalogue.filters import SORTS
from questions.catalogue.tests.test_selection import NOW, library, selection  # noqa: F401
from questions.models import Question
from questions.tests import factories

FILTERS = [
    "",
    "tag=sql",
    "difficulty=easy",
    "set=mine",
    "set=mine&tag=sql",
    "progress=new",
    "progress=starred",
    "q=rows",
]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", FILTERS)
def test_neighbours_are_those_of_the_selection(library, cast, query, sort, django_assert_num_queries):
    for at in (1, 5, 8):
        factories.progress(cast["member"], library[at], starred=True, mastered_at=NOW if at == 5 else None)
    chosen = selection(cast["member"], f"{query}&sort={sort}")
    for question in library:
        with django_assert_num_queries(1):
            found = lookups.neighbours(chosen, question)
        assert found == chosen.neighbours(question)


@pytest.mark.parametrize("name", ["visitor", "outsider", "member", "team_curator", "curator", "administrator"])
def test_neighbours_are_those_one_may_see(library, cast, team, name):
    factories.question("A draft", status="draft")
    factories.question("Theirs", owner=team)
    hidden = factories.question("Of notes", origin=factories.source("Our own", public=False))
    chosen = selection(cast.get(name, AnonymousUser()), "")
    for question in (*library, hidden):
        assert lookups.neighbours(chosen, question) == chosen.neighbours(question)


def test_a_question_that_is_gone_has_no_neighbours(library, cast):
    gone = library[3]
    number = gone.pk
    gone.delete()
    gone.pk = number
    assert lookups.neighbours(selection(cast["member"], ""), gone) == (None, None)


def test_a_question_comes_with_what_belongs_to_it(cast, django_assert_num_queries):
    one = factories.question(
        tags=["sql"], points=["Say who", "Say when"], applies_to="Python 3.13", verified_on=timezone.localdate()
    )
    one.tags.add("locks")
    one.tags.add("api")
    mine = factories.progress(cast["member"], one, note="Mine.", starred=True, stability=1.5, mastered_at=NOW, due=NOW)
    factories.progress(cast["outsider"], one, note="Theirs.")
    assert cast["member"].roles
    with django_assert_num_queries(1):
        opened = lookups.question_page(cast["member"], one.pk)
    stored = Question.objects.get(pk=one.pk)
    assert {name: vars(opened.question)[name] for name in vars(stored) if name != "_state"} == {
        name: value for name, value in vars(stored).items() if name != "_state"
    }
    mine.refresh_from_db()
    assert (opened.progress.pk, opened.progress.note, opened.progress.mastered_at) == (mine.pk, "Mine.", NOW)
    assert (opened.progress.starred, opened.progress.stability, opened.progress.due) == (True, 1.5, NOW)
    assert (opened.tags, opened.points) == (["sql", "locks", "api"], 2)
    assert opened.version == lookups.versions(cast["member"])[0]


def test_a_bare_question_belongs_to_nobody(cast):
    one = factories.question()
    for user in (cast["member"], AnonymousUser()):
        opened = lookups.question_page(user, one.pk)
        assert (opened.progress, opened.tags, opened.points) == (None, [], 0)


def test_what_may_not_be_opened_is_not_found(cast, team):
    draft, theirs = factories.question(status="draft"), factories.question(owner=team)
    for user, pk in (
        (cast["member"], draft.pk),
        (cast["outsider"], theirs.pk),
        (AnonymousUser(), theirs.pk),
        (cast["curator"], lookups.LARGEST + 1),
    ):
        with pytest.raises(Question.DoesNotExist):
            lookups.question_page(user, pk)
    assert lookups.question_page(cast["member"], theirs.pk).question == theirs
    assert lookups.question_page(cast["curator"], draft.pk).question == draft


def test_a_retired_question_opens_for_those_who_studied_it(cast):
    retired = factories.question(status="retired")
    factories.progress(cast["member"], retired)
    assert lookups.question_page(cast["member"], retired.pk).question == retired
    with pytest.raises(Question.DoesNotExist):
        lookups.question_page(cast["outsider"], retired.pk)
