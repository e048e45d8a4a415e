"""Beginning again: the page that says what is lost, the reset, and its undoing."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import pytest
from django.core.cache import caches
from django.utils import timezone

from prep.tests.pages import html_of
from questions.catalogue.tests.test_question_list import text
from questions.models import Act, Progress, Question, StudySettings
from questions.study.reset import reset_progress
from questions.study.tests.acting import grade
from questions.study.tests.acting import star as star_question
from questions.study.undo import undo as undo_
from questions.tests import factories

NOW = timezone.now()


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def learned(cast):
    """Of four questions, the member has learned the first, mastered the second, both the third, and starred the last."""
    made = factories.questions(4)
    memory = {"state": 2, "stability": 4.0, "difficulty": 5.0, "due": NOW, "last_review": NOW - timedelta(days=4)}
    marks = (memory, {"mastered_at": NOW}, memory | {"mastered_at": NOW}, {"starred": True})
    for of, fields in zip(made, marks, strict=True):
        factories.progress(cast["member"], of, **fields)
        factories.progress(cast["outsider"], of, **memory)
    return made


def begun(user):
    return list(Progress.objects.filter(user=user).begun().order_by("question").values_list("question", flat=True))


def columns():
    return list(Progress.objects.order_by("pk").values())


@pytest.mark.parametrize(
    ("query", "words", "loss", "left"),
    [
        ("question=", "“Question 01”", "1 question will be new again. You lose the schedule of 1. Stars", [1, 2]),
        ("question=mastered", "“Question 02”", "be new again. You lose the mastered mark of 1. Stars", [0, 2]),
        ("set=two", "the set Two", "You lose the schedule of 1 and the mastered mark of 2", [0]),
        ("all=1", "everything", "You lose the schedule of 2 and the mastered mark of 2", []),
        ("difficulty=easy&set=two", "the difficulty easy, the set Two", "2 questions will be new again", [0]),
    ],
)
def test_it_says_what_is_lost_does_it_and_undoes_it(as_, cast, learned, query, words, loss, left):
    for each in learned:
        each.difficulty = 1
        each.save()
    factories.question_set("two", learned[1:3], title="Two")
    numbers = {"question=": learned[0].pk, "question=mastered": learned[1].pk}
    query = f"question={numbers[query]}" if query in numbers else query
    before, client = columns(), as_("member")
    page = client.get(f"/study/reset/?{query}")
    assert f"Begin again with {words}?" in text(page)
    assert loss in text(page)
    assert columns() == before
    response = client.post(f"/study/reset/?{query}", {"scope": page.context["scope"].query})
    assert begun(cast["member"]) == [learned[at].pk for at in left]
    assert len(begun(cast["outsider"])) == 4
    assert Progress.objects.get(user=cast["member"], question=learned[3]).starred
    after = client.get(response["Location"])
    act = Act.objects.get()
    undo = f"/study/reset/undo/{act.pk}/?next={quote(response['Location'], safe='')}"
    assert f'You begin again with {words}. <a href="{undo}">Undo</a>' in after.content.decode()
    asked = client.get(undo)
    assert "Undo the reset?" in text(asked)
    assert begun(cast["member"]) == [learned[at].pk for at in left]
    undone = client.post(f"/study/reset/undo/{act.pk}/", {"next": asked.context["back"]})
    assert undone["Location"] == response["Location"]
    assert "The reset is undone" in text(client.get(undone["Location"]))
    assert columns() == before
    assert "It is undone already." in text(client.get(f"/study/reset/undo/{act.pk}/"))
    again = client.post(f"/study/reset/undo/{act.pk}/")
    assert again["Location"] == "/study/reset/"
    assert "That is undone already." in text(client.get(again["Location"]))


def test_back_to_where_the_questions_are(as_, learned):
    factories.question_set("two", learned[1:3], title="Two")
    client = as_("member")
    for query, back in (
        (f"question={learned[0].pk}", f"/questions/{learned[0].pk}/"),
        ("set=two", "/questions/?set=two"),
        ("all=1", "/questions/"),
    ):
        assert client.post(f"/study/reset/?{query}", {"scope": query})["Location"] == back


def listed(page):
    return re.findall(r"<li><span>([^<]+)</span> <a href=\"/study/reset/undo/(\d+)/\"", html_of(page))


def test_resets_that_can_be_undone_are_listed_with_the_learners_time(as_, cast, learned):
    member, client = cast["member"], as_("member")
    assert "Resets you can undo" not in text(client.get("/study/reset/"))
    StudySettings.objects.create(user=member, time_zone="America/St_Johns")
    one = Question.objects.filter(pk=learned[0].pk)
    first = reset_progress(user=member, questions=one, now=datetime(2026, 11, 26, 2, 59, tzinfo=UTC))
    rest = reset_progress(user=member, now=datetime(2026, 11, 26, 3, 30, tzinfo=UTC))
    assert listed(client.get("/study/reset/")) == [
        ("26 November 2026, 00:00, 2 questions", str(rest.pk)),
        ("25 November 2026, 23:29, 1 question", str(first.pk)),
    ]
    assert listed(as_("outsider").get("/study/reset/")) == []
    grade(user=member, question=learned[0], number=2, rating=3)
    assert [pk for _, pk in listed(client.get("/study/reset/"))] == [str(rest.pk)]
    undo_(user=member, act_id=rest.pk)
    assert listed(client.get("/study/reset/")) == []


def test_the_last_five_resets_are_listed(as_, cast, django_assert_num_queries):
    made = factories.questions(7)
    client = as_("member")
    for each in made:
        factories.progress(cast["member"], each, mastered_at=NOW)
    acts = [reset_progress(user=cast["member"], questions=Question.objects.filter(pk=each.pk)) for each in made[:1]]
    client.get("/study/reset/")
    with django_assert_num_queries(4):
        client.get("/study/reset/")
    acts += [reset_progress(user=cast["member"], questions=Question.objects.filter(pk=each.pk)) for each in made[1:]]
    with django_assert_num_queries(4):
        page = client.get("/study/reset/")
    assert [int(pk) for _, pk in listed(page)] == [act.pk for act in acts[:1:-1]]


def test_the_rest_is_restored_where_a_question_was_deleted_since(as_, cast, learned):
    before = list(Progress.objects.filter(user=cast["member"]).exclude(question=learned[1]).order_by("pk").values())
    act = reset_progress(user=cast["member"])
    Question.objects.get(pk=learned[1].pk).delete()
    client = as_("member")
    assert [words.split(", ")[-1] for words, _ in listed(client.get("/study/reset/"))] == ["2 questions"]
    assert "2 questions get back what you knew" in text(client.get(f"/study/reset/undo/{act.pk}/"))
    client.post(f"/study/reset/undo/{act.pk}/")
    assert list(Progress.objects.filter(user=cast["member"]).order_by("pk").values()) == before


def test_a_reset_of_which_every_question_was_deleted_is_not_listed(as_, cast, learned):
    reset_progress(user=cast["member"])
    Question.objects.all().delete()
    assert listed(as_("member").get("/study/reset/")) == []


@pytest.mark.parametrize("address", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_undoing_leads_to_no_other_place(as_, cast, learned, address):
    act = reset_progress(user=cast["member"])
    assert address not in as_("member").get(f"/study/reset/undo/{act.pk}/", {"next": address}).content.decode()
    assert as_("member").post(f"/study/reset/undo/{act.pk}/", {"next": address})["Location"] == "/study/reset/"


def test_one_chooses_between_everything_and_sets(as_, team, learned):
    factories.question_set("two", learned[1:3], title="Two & more")
    factories.question_set("ours", learned, title="Ours", owner=team)
    page = as_("member").get("/study/reset/").content.decode()
    assert '<a href="/study/reset/?all=1">Everything</a>' in page
    assert '<a href="/study/reset/?set=two">Two &amp; more</a>' in page
    assert '<a href="/study/reset/?set=wren.ours">Ours</a>' in page
    assert "Ours" not in text(as_("outsider").get("/study/reset/"))


@pytest.mark.parametrize("query", ["", "set=gone", "tag=gone", "question=", "question=x", "sort=title", "status=draft"])
def test_what_names_nothing_resets_nothing(as_, learned, query):
    before = columns()
    response = as_("member").post(f"/study/reset/?{query}", {"scope": query})
    assert "Choose what to begin again" in text(response)
    assert columns() == before


def test_what_is_gone_since_does_not_widen_the_reset(as_, learned):
    made = factories.question_set("two", learned[1:2], title="Two")
    for each in learned:
        each.tags.add("sql")
    client, before = as_("member"), columns()
    scope = client.get("/study/reset/?tag=sql&set=two").context["scope"].query
    assert scope == "tag=sql&set=two"
    made.delete()
    caches["local"].clear()
    response = client.post("/study/reset/?tag=sql&set=two", {"scope": scope})
    assert (response.status_code, columns()) == (422, before)
    assert "Begin again with the tag sql?" in text(response)


@pytest.mark.parametrize("sent", [{}, {"scope": ""}, {"scope": "set=other"}])
def test_it_has_to_be_confirmed(as_, learned, sent):
    before = columns()
    assert as_("member").post("/study/reset/?all=1", sent).status_code == 422
    assert columns() == before


def test_where_nothing_was_begun(as_, learned):
    page = as_("curator").get("/study/reset/?all=1")
    assert "There is nothing to reset" in text(page) and '<button class="btn grave"' not in page.content.decode()
    response = as_("curator").post("/study/reset/?all=1", {"scope": "all=1"}, follow=True)
    assert "There was nothing to reset." in text(response)
    assert not Act.objects.exists()


def test_a_forbidden_question_is_a_missing_one(as_, team):
    ours = factories.question(owner=team)
    for number in (ours.pk, ours.pk + 1000):
        assert as_("outsider").get(f"/study/reset/?question={number}").status_code == 404


def test_a_visitor_signs_in_first(as_, cast, learned):
    address = f"/study/reset/undo/{reset_progress(user=cast['outsider']).pk}/"
    for send in (as_("visitor").get, as_("visitor").post):
        assert send(address)["Location"] == f"/accounts/login/?next={address}"
    for verb in ("put", "patch", "delete"):
        assert getattr(as_("outsider"), verb)(address).status_code == 405


def test_an_act_is_its_learners_and_a_reset(as_, cast, learned):
    act = reset_progress(user=cast["outsider"])
    star = star_question(user=cast["member"], question=learned[0], starred=True)
    for each in (act, star):
        assert as_("member").post(f"/study/reset/undo/{each.pk}/").status_code == 404
    assert begun(cast["outsider"]) == []


def test_what_was_studied_since_is_undone_first(as_, cast, learned):
    act = reset_progress(user=cast["member"])
    grade(user=cast["member"], question=learned[0], number=2, rating=3)
    response = as_("member").post(f"/study/reset/undo/{act.pk}/", follow=True)
    assert "You did something else with this question since." in text(response)
    assert begun(cast["member"]) == [learned[0].pk]


def test_the_page_of_a_question_leads_there_once_it_was_begun(as_, learned):
    link = "/study/reset/?question={}"
    client = as_("member")
    shown = [link.format(each.pk) in client.get(each.get_absolute_url()).content.decode() for each in learned]
    assert shown == [True, True, True, False]
    assert link.format(learned[0].pk) not in as_("visitor").get(learned[0].get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["one", "many"])
def test_queries_of_the_confirmation(as_, learned, name, django_assert_num_queries):
    if name == "many":
        factories.questions(20)
    client = as_("member")
    client.get("/study/reset/?all=1")
    with django_assert_num_queries(4):
        client.get("/study/reset/?all=1")
