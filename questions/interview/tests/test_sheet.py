"""The sheet for the morning of the interview: which questions, once each, with what one would say."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from questions.catalogue.tests.test_question_list import text
from questions.models import Answer, InterviewPlan
from questions.tests import factories

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    caches["local"].clear()
    monkeypatch.setattr(timezone, "now", lambda: NOON)


def learned(user, of, *, stability=5.0, last=NOON, **fields):
    memory = {"state": 2, "stability": stability, "difficulty": 5.0, "due": last + timedelta(days=5)}
    return factories.progress(user, of, last_review=last, **memory, **fields)


def made(number, *, changed=NOON - timedelta(days=90), **fields):
    return [factories.question(f"Question {at:02}", answer_changed_at=changed, **fields) for at in range(1, number + 1)]


def sections(page):
    return {
        each.title: [int(entry.question.title.removeprefix("Question ")) for entry in each.entries]
        for each in page.context["sections"]
    }


@pytest.fixture
def learner(cast):
    return cast["member"]


def test_each_question_stands_on_it_once_and_they_are_few(as_, learner):
    """The first ten are learned, the second least; the answers of the third to the eighth changed since."""
    asked = made(40)
    for at, each in enumerate(asked[:10], start=1):
        learned(learner, each, stability=1.0 if at == 2 else 2.0 + at, last=NOON - timedelta(days=3))
    for at, each in enumerate(asked[2:8]):
        each.answer_changed_at = NOON - timedelta(hours=at)
        each.save()
    factories.question_set("one", asked[20:30])
    factories.question_set("two", [*asked[25:28], *asked[30:35], asked[1]])
    assert sections(as_("member").get("/study/sheet/")) == {
        "Weakest": [2, 1, 3, 4, 5],
        "Changed": [6, 7, 8],
        "Most important": [26, 27, 28, 21],
    }


def test_what_was_never_studied_is_weakest_last(as_, learner):
    asked = made(8)
    learned(learner, asked[6])
    learned(learner, asked[3], stability=3.0)
    assert sections(as_("member").get("/study/sheet/")) == {"Weakest": [4, 7, 1, 2, 3]}


def test_the_plans_set_says_by_its_order_what_is_important(as_, learner):
    asked = made(20)
    factories.question_set("week", asked[::-1], title="A Week")
    InterviewPlan.objects.create(user=learner, day=date(2026, 5, 20), query="set=week")
    for each in asked[14:]:
        learned(learner, each)
    page = as_("member").get("/study/sheet/")
    assert sections(page) == {"Weakest": [15, 16, 17, 18, 19], "Most important": [20, 14, 13, 12]}
    assert "Interview morning Wednesday, 20 May 2026, the set A Week" in text(page)
    assert "The next of the set, in its order." in text(page)


def test_recall_is_that_of_the_morning(as_, learner):
    """What is weaker today is stronger by then: one forgets it slower."""
    slow, fast = made(2)
    learned(learner, slow, stability=30.0, last=NOON - timedelta(days=6))
    learned(learner, fast, stability=4.0, last=NOON)
    client = as_("member")
    assert sections(client.get("/study/sheet/")) == {"Weakest": [1, 2]}
    InterviewPlan.objects.create(user=learner, day=date(2026, 5, 20))
    assert sections(client.get("/study/sheet/")) == {"Weakest": [2, 1]}


@pytest.mark.parametrize(
    ("marks", "shown"),
    [
        ({"last_review": NOON - timedelta(days=2)}, True),
        ({"mastered_at": NOON - timedelta(days=2)}, True),
        ({"last_review": NOON, "mastered_at": NOON - timedelta(days=2)}, False),
        ({"last_review": NOON - timedelta(days=2), "mastered_at": NOON}, False),
        ({"starred": True}, False),
    ],
)
def test_changed_is_what_the_learner_has_not_seen_since(as_, learner, marks, shown):
    weak = made(7)
    for each in weak[:6]:
        learned(learner, each, stability=1.0, last=NOON - timedelta(days=3))
    weak[6].answer_changed_at = NOON - timedelta(days=1)
    weak[6].save()
    memory = {"state": 2, "stability": 500.0, "difficulty": 5.0} if "last_review" in marks else {}
    factories.progress(learner, weak[6], **memory, **marks)
    assert ("Changed" in sections(as_("member").get("/study/sheet/"))) == shown


def test_it_shows_short_answers_and_key_points(as_):
    factories.question("Question 1", short="Who **owns** it.", answer="Much more.", points=["Say who", "Say `when`"])
    factories.question("Question 2", answer=f"How it begins. {'So much more. ' * 40}\n\nHow it goes on.")
    factories.question("Question 3", answer="")
    page = as_("member").get("/study/sheet/")
    words, begins = text(page), f"How it begins.{' So much more.' * 25} So much…"
    assert f"Question 1 Who owns it. Say who Say when Question 2 {begins} Question 3 Nobody has written" in words
    assert "Much more." not in words and "How it goes on." not in words
    assert "<strong>owns</strong>" in page.content.decode() and "<code>when</code>" in page.content.decode()


def test_a_filter_in_the_address_goes_before_the_plans(as_, learner):
    made(2, tags=["sql"])
    factories.question("Question 09", tags=["git"])
    InterviewPlan.objects.create(user=learner, day=date(2026, 5, 20), query="tag=sql")
    client = as_("member")
    assert sections(client.get("/study/sheet/")) == {"Weakest": [1, 2]}
    assert sections(client.get("/study/sheet/?tag=git")) == {"Weakest": [9]}


def test_only_what_the_learner_may_read(as_, cast, team):
    factories.question("Question 1", status="draft")
    factories.question("Question 2", owner=team)
    shared = factories.question("Question 3")
    Answer.objects.create(question=shared, owner=team, answer="How we do it.", accepted=True)
    ours = factories.question_set("ours", [shared], owner=team)
    assert sections(as_("outsider").get("/study/sheet/")) == {"Weakest": [3]}
    assert sections(as_("member").get("/study/sheet/")) == {"Weakest": [2, 3]}
    assert sections(as_("outsider").get(f"/study/sheet/?set={ours.name}")) == {"Weakest": [3]}
    assert "Shared state." in text(as_("member").get("/study/sheet/"))


def test_an_answer_that_nobody_accepted_is_shown_where_there_is_no_other(as_, learner):
    Answer.objects.filter(question=made(1)[0]).update(accepted=False)
    assert "Shared state." in text(as_("member").get("/study/sheet/"))


def test_without_any_question(as_):
    page = as_("member").get("/study/sheet/?tag=gone")
    assert "There is no question to put on it." in text(page) and page.context["sections"] == []


def test_the_same_queries_for_any_number_of_questions(as_, learner, django_assert_num_queries):
    """One less where enough was studied for none to be looked for that was not."""
    client = as_("member")
    for more, queries in ((1, 10), (30, 9), (70, 9)):
        for each in made(more, tags=["sql"], points=["One", "Two"]):
            learned(learner, each, last=NOON - timedelta(days=100))
        factories.question_set(f"set-{more}", made(more))
        client.get("/study/sheet/")
        with django_assert_num_queries(queries):
            client.get("/study/sheet/")
