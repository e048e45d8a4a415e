"""What a filter shows, in which order, and what comes before and after: against plain Python on the same rows."""

from datetime import timedelta
from itertools import pairwise, product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import QueryDict
from django.utils import timezone

from questions.catalogue.choices import filter_choices_of
from questions.catalogue.filters import Filter, read_filter
from questions.catalogue.neighbors import beyond, neighbors
from questions.catalogue.ordering import SORTS
from questions.catalogue.selection import Selection
from questions.models import Catalogue
from questions.tests import factories

NOW = timezone.now()
LEVELS = {"easy": 1, "medium": 2, "hard": 3, "": None}


@pytest.fixture
def library(cast):
    """Twelve questions that differ in everything a filter or an order looks at."""
    made = []
    for at, (level, tagged) in enumerate(product((2, None, 1, 3), (["sql"], ["sql", "locks"], []))):
        made.append(
            factories.question(
                f"Title {(at * 5) % 12 // 2} on rows",  # twice each
                difficulty=level,
                tags=tagged,
                answer_changed_at=NOW + timedelta(days=(at * 7) % 12 // 2),
                origin=factories.source("Second notes") if at % 4 == 0 else None,
            )
        )
    factories.question_set("mine", [made[5], made[1], made[8], made[3]])
    return made


def selection(user, query):
    filter_choices = filter_choices_of(user, Catalogue.current())
    return Selection(user, read_filter(QueryDict(query), user, filter_choices), filter_choices)


def expected_order(questions, sort):
    if sort == "title":
        return sorted(questions, key=lambda one: (one.title, one.pk))
    if sort == "easy":
        return sorted(questions, key=lambda one: (one.difficulty or 9, one.pk))
    if sort == "hard":
        return sorted(questions, key=lambda one: (one.difficulty is None, -(one.difficulty or 0), -one.pk))
    if sort == "changed":
        return sorted(questions, key=lambda one: (one.answer_changed_at, one.pk), reverse=True)
    return sorted(questions, key=lambda one: one.pk)


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("tags", [[], ["sql"], ["sql", "locks"]])
def test_orders_and_neighbors(library, cast, sort, tags):
    chosen = selection(cast["member"], "&".join([f"sort={sort}", *(f"tag={tag}" for tag in tags)]))
    wanted = [one for one in library if {*tags} <= {*one.tags.names()}]
    wanted = [one.pk for one in expected_order(wanted, sort)]
    assert [one.pk for one in chosen.listed()] == wanted
    around = [None, *wanted, None]
    for at, pk in enumerate(wanted, start=1):
        question = next(one for one in library if one.pk == pk)
        assert neighbors(chosen, question) == (around[at - 1], around[at + 1])


@pytest.mark.parametrize("sort", SORTS)
def test_neighbors_of_a_question_that_has_left_the_filter(library, cast, sort):
    everything = expected_order(library, sort)
    gone = everything[6]
    factories.progress(cast["member"], gone, mastered_at=NOW)
    chosen = selection(cast["member"], f"progress=new&sort={sort}")
    assert gone.pk not in [one.pk for one in chosen.listed()]
    assert neighbors(chosen, gone) == (everything[5].pk, everything[7].pk)


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
def test_neighbors_are_what_the_list_shows_beside(library, cast, query, sort, django_assert_num_queries):
    for at in (1, 5, 8):
        factories.progress(cast["member"], library[at], starred=True, mastered_at=NOW if at == 5 else None)
    chosen = selection(cast["member"], f"{query}&sort={sort}")
    listed = list(chosen.listed())
    numbers = [None, *(one.pk for one in listed), None]
    for at, question in enumerate(listed):
        with django_assert_num_queries(1):
            found = neighbors(chosen, question)
        assert found == (numbers[at], numbers[at + 2])


@pytest.mark.parametrize("name", ["visitor", "outsider", "member", "team_curator", "curator", "administrator"])
def test_neighbors_are_those_one_may_see(library, cast, team, name):
    factories.question("A draft", status="draft")
    factories.question("Theirs", owner=team)
    factories.question("Of notes", origin=factories.source("Our own", public=False))
    chosen = selection(cast.get(name, AnonymousUser()), "")
    listed = list(chosen.listed())
    for one, other in pairwise(listed):
        assert (neighbors(chosen, one)[1], neighbors(chosen, other)[0]) == (other.pk, one.pk)
    assert (neighbors(chosen, listed[0])[0], neighbors(chosen, listed[-1])[1]) == (None, None)


def test_a_question_that_is_gone_has_no_neighbors(library, cast):
    gone = library[3]
    number = gone.pk
    gone.delete()
    gone.pk = number
    assert neighbors(selection(cast["member"], ""), gone) == (None, None)


def test_a_set_has_its_own_order(library, cast):
    chosen = selection(cast["member"], "set=mine")
    wanted = [library[at].pk for at in (5, 1, 8, 3)]
    assert [one.pk for one in chosen.listed()] == wanted
    assert neighbors(chosen, library[1]) == (library[5].pk, library[8].pk)
    assert neighbors(chosen, library[5]) == (None, library[1].pk)
    titles = selection(cast["member"], "set=mine&sort=title")
    assert [one.pk for one in titles.listed()] == [
        one.pk for one in expected_order([library[at] for at in (5, 1, 8, 3)], "title")
    ]


def test_relevance_puts_titles_first_and_leads_from_one_to_the_next(cast):
    body = factories.question("Which one waits?", answer="A mutex makes the other wait.")
    title = factories.question("What is a mutex?", answer="It lets one in.")
    factories.question("Something else entirely", answer="No.")
    chosen = selection(AnonymousUser(), "q=mutex")
    assert [one.pk for one in chosen.listed()] == [title.pk, body.pk]
    assert neighbors(chosen, title) == (None, body.pk)
    assert neighbors(chosen, body) == (title.pk, None)
    in_order = selection(AnonymousUser(), "q=mutex&sort=order")
    assert [one.pk for one in in_order.listed()] == [body.pk, title.pk]


def test_progress_filters(library, cast):
    member, curator = cast["member"], cast["curator"]
    later = NOW + timedelta(days=30)
    starred, mastered, changed, noted, reviewed, unmarked = library[:6]
    factories.progress(member, starred, starred=True)
    factories.progress(member, mastered, mastered_at=later, starred=True)
    factories.progress(member, changed, mastered_at=changed.answer_changed_at - timedelta(minutes=1))
    factories.progress(member, noted, note="Later.")
    factories.progress(member, reviewed, last_review=NOW)
    factories.progress(member, unmarked)
    factories.progress(curator, library[7], mastered_at=later, starred=True)

    def shown(progress, user=member):
        return {one.pk for one in selection(user, f"progress={progress}").listed()}

    everything = {one.pk for one in library}
    assert shown("") == everything
    assert shown("mastered") == {mastered.pk, changed.pk}
    assert shown("starred") == {starred.pk, mastered.pk}
    assert shown("changed") == {changed.pk}
    assert shown("new") == everything - {mastered.pk, changed.pk, reviewed.pk}
    assert shown("mastered", AnonymousUser()) == everything


def test_a_source_is_looked_up_once_for_all_questions(library, cast):
    plan = selection(cast["member"], f"source={factories.source('Second notes').pk}").matching().explain()
    assert "CORRELATED" not in plan


def test_source_and_difficulty(library, cast):
    second = factories.source("Second notes")
    assert [one.pk for one in selection(cast["member"], f"source={second.pk}").listed()] == [
        library[at].pk for at in (0, 4, 8)
    ]
    assert [one.pk for one in selection(cast["member"], "difficulty=hard").listed()] == [
        one.pk for one in library if one.difficulty == 3
    ]


def test_the_address_says_the_filter_and_reads_back(library, cast):
    source = factories.source("Second notes").pk
    whole = Filter(
        q="rows & locks", tags=("sql", "locks"), difficulty="easy", progress="new", source=source, set="mine",
        sort="title", status="draft",
    )  # fmt: skip
    assert whole.query() == (
        f"q=rows+%26+locks&tag=sql&tag=locks&difficulty=easy&progress=new&source={source}&set=mine&sort=title&status=draft"
    )
    assert selection(cast["curator"], whole.query()).chosen == whole
    assert Filter().address() == "/questions/"


@pytest.mark.parametrize(
    "query",
    [
        "tag=nothing", "difficulty=extreme", "difficulty=", "progress=old", "source=999999", "source=x", "source=-1",
        f"source={10**40}", "source=٣", "set=nobody", "sort=random", "sort=relevance", "q=", "q=%00", "q=+",
        "status=odd", "unknown=1",
    ],
)  # fmt: skip
def test_what_is_unknown_is_ignored(library, cast, query):
    assert selection(cast["curator"], query).chosen == Filter()


def test_what_is_not_for_this_reader_is_ignored(library, cast, team):
    private = factories.source("Notes of our own", public=False)
    one = factories.question("Hidden", tags=["secret"], origin=private)
    factories.question_set("hidden", [one])
    query = f"tag=secret&source={private.pk}&set=hidden&progress=new&status=draft"
    assert selection(AnonymousUser(), query).chosen == Filter()
    assert selection(cast["member"], query).chosen == Filter(
        tags=("secret",), source=private.pk, set="hidden", progress="new"
    )
    assert selection(cast["team_owner"], "status=draft").chosen == Filter(status="draft")


def test_status_shows_curators_what_they_curate(library, cast, team):
    draft = factories.question("Draft", status="draft")
    team_draft = factories.question("Team draft", status="draft", owner=team)
    assert [one.pk for one in selection(cast["curator"], "status=draft").listed()] == [draft.pk]
    assert [one.pk for one in selection(cast["team_curator"], "status=draft").listed()] == [team_draft.pk]


def test_a_query_is_cut_and_tags_are_few(library, cast):
    chosen = selection(cast["member"], "q=" + "rows+" * 100 + "&tag=sql" * 50).chosen
    assert len(chosen.q) == 200
    assert chosen.tags == ("sql",)


def test_a_question_in_two_sets_has_a_place_in_each(cast):
    first, second, third = factories.questions(3)
    factories.question_set("mine", [first, second, third])
    factories.question_set("other", [third, second, factories.question("Between"), first])
    chosen = selection(cast["member"], "set=mine")
    assert [neighbors(chosen, one) for one in (first, second, third)] == [
        (None, second.pk), (first.pk, third.pk), (second.pk, None)
    ]  # fmt: skip
    assert [one.pk for part in beyond(chosen, first) for one in part] == [second.pk, third.pk]
