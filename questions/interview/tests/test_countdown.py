"""The interview plan: its page, its form, and the days in the head of every page."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from questions.catalogue.selection import everything
from questions.catalogue.tests.test_question_list import text
from questions.interview.knowledge import knowledge_of
from questions.interview.readiness import readiness_on
from questions.learner.context import days_to_interview, learner_context
from questions.models import InterviewPlan, Question, StudySettings
from questions.study.tests.acting import grade
from questions.tests import factories

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def today(monkeypatch):
    """It is noon on the fourth of May, 2026."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return NOON.date()


@pytest.fixture
def learner(cast):
    return cast["member"]


def plan(user, day, **fields):
    return InterviewPlan.objects.create(user=user, day=day, since=NOON, **fields)


def learned(user, of, *, stability=5.0, last=NOON, **fields):
    memory = {"state": 2, "stability": stability, "difficulty": 5.0, "due": last + timedelta(days=5)}
    return factories.progress(user, of, last_review=last, **memory, **fields)


def head(response):
    found = re.search(r'<a class="who" href="/study/interview/">([^<]+)</a>', response.content.decode())
    return found and found[1]


def test_a_plan_is_made_changed_and_removed(as_, learner, today):
    factories.question_set("week", factories.questions(2), title="A Week")
    client = as_("member")
    page = client.get("/study/interview/")
    assert "Plan for an interview" in text(page) and head(page) is None
    assert '<option value="" selected>Everything</option>' in page.content.decode()
    assert '<option value="set=week">A Week</option>' in page.content.decode()
    sent = {"day": "2026-05-16", "query": "set=week", "minutes": "20"}
    page = client.post("/study/interview/", sent, follow=True)
    made = InterviewPlan.objects.get()
    assert (made.user, made.day, made.query, made.minutes, made.since) == (
        learner, date(2026, 5, 16), "set=week", 20, NOON
    )  # fmt: skip
    assert "The plan is made." in text(page)
    assert "Interview in 12 days Saturday, 16 May 2026, for the set A Week, 20 minutes a day" in text(page)
    assert head(page) == "Interview in 12 days"
    client.post("/study/interview/", sent | {"minutes": "45"})
    assert list(InterviewPlan.objects.values_list("minutes", "since")) == [(45, NOON)]
    page = client.post("/study/interview/remove/", follow=True)
    assert "The plan is removed." in text(page) and head(page) is None
    assert not InterviewPlan.objects.exists()
    assert client.post("/study/interview/remove/").status_code == 302


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"day": "2026-05-03"}, "This day is over. Choose today or a day to come."),
        ({"day": "2028-05-04"}, "A plan looks two years ahead at most."),
        ({"day": "16 May"}, "Enter a valid date."),
        ({"day": ""}, "This field is required."),
        ({"minutes": "4"}, "Ensure this value is greater than or equal to 5."),
        ({"minutes": "601"}, "Ensure this value is less than or equal to 600."),
        ({"query": "set=gone"}, "set=gone is not one of the available choices."),
        ({"query": "set=ours"}, "set=ours is not one of the available choices."),
    ],
)
def test_what_cannot_be_planned_comes_back_with_the_reason(as_, team, today, sent, said):
    factories.question_set("ours", [factories.question(owner=team)], owner=team)
    response = as_("outsider").post("/study/interview/", {"day": "2026-05-16", "minutes": "20"} | sent)
    assert (response.status_code, said in text(response)) == (422, True)
    assert not InterviewPlan.objects.exists()


@pytest.mark.parametrize("day", ["2026-05-04", "2028-05-03"])
def test_from_today_to_two_years_ahead(as_, today, day):
    assert as_("member").post("/study/interview/", {"day": day, "minutes": "20"}).status_code == 302
    assert InterviewPlan.objects.get().day.isoformat() == day


def test_a_filter_of_the_list_can_be_planned(as_, today):
    factories.question(tags=["sql"], difficulty=1)
    client = as_("member")
    page = client.get("/study/interview/?tag=sql&difficulty=easy&progress=new&sort=title").content.decode()
    query = "tag=sql&amp;difficulty=easy"
    assert f'<option value="{query}" selected>The difficulty easy, the tag sql</option>' in page
    client.post(
        "/study/interview/?tag=sql&difficulty=easy",
        {"day": "2026-05-16", "query": "tag=sql&difficulty=easy", "minutes": "20"},
    )
    assert "for the difficulty easy, the tag sql, 20 minutes a day" in text(client.get("/study/interview/"))


def test_the_page_says_where_the_plan_stands(as_, learner, today):
    seen, slipping, *new = factories.questions(10, tags=["sql"])
    new[0].tags.add("git")
    learned(learner, seen, stability=40.0)
    learned(learner, slipping, stability=1.0, last=NOON - timedelta(days=3))
    factories.progress(learner, new[7], mastered_at=NOON)
    plan(learner, date(2026, 5, 11), minutes=30)
    page = as_("member").get("/study/interview/")
    words = text(page)
    assert "Today 7 new questions and 1 to see again, about 7 minutes." in words
    assert 'href="/study/?interview=1">Start the session</a>' in page.content.decode()
    assert "Everything will be seen again in time: 8 to go, at least 1 new a day." in words
    assert "Days left 7, today included" in words
    assert "Questions 10 , 8 of them never studied" in words
    assert "Seen for the plan 2, 8 not yet" in words
    assert "Minutes a day 30 planned, 2 needed to see everything again" in words
    context = learner_context(learner, NOON)
    knowledge = knowledge_of(context, everything(learner).scope)
    ready = readiness_on(date(2026, 5, 11), knowledge, context.settings)
    percent = round(ready.overall * 100)
    assert f"you would recall {percent}% of these questions" in words
    assert f'<progress aria-label="Readiness" value="{percent}" max="100">' in page.content.decode()
    assert re.findall(r'aria-label="Readiness of (\w+)" value="(\d+)"', page.content.decode()) == [
        ("git", "0"), ("sql", str(percent))
    ]  # fmt: skip
    assert '<a href="/questions/?tag=git">git</a>' in page.content.decode()
    assert InterviewPlan.objects.get().readiness == {"2026-05-04": round(ready.overall, 4)}


def test_it_says_what_would_be_enough(as_, learner, today):
    factories.questions(40)
    plan(learner, date(2026, 5, 6), minutes=5)
    page = as_("member").get("/study/interview/")
    assert (
        "5 minutes a day is not enough to see everything again: 20 minutes a day would be, or a plan of 10 questions."
        in text(page)
    )
    assert "Plan 20 minutes a day" in text(page) and "Plan only" not in text(page)
    sent = dict(re.findall(r' name="(day|query|minutes)" value="([^"]*)">', page.content.decode()))
    words = text(as_("member").post("/study/interview/", sent, follow=True))
    assert "Everything will be seen again in time: 40 to go, at least 20 new a day." in words


def test_where_no_day_is_long_enough_it_offers_none(as_, learner, today):
    Question.objects.bulk_create(
        [Question(key=f"q-{at}", title=f"Question {at}", status="published") for at in range(601)]
    )
    plan(learner, date(2026, 5, 5), minutes=600)
    words = text(as_("member").get("/study/interview/"))
    assert "601 minutes a day would be" in words and "Plan 601 minutes" not in words


def test_what_was_studied_today(as_, learner, today):
    asked = factories.questions(2)
    plan(learner, date(2026, 5, 6))
    for each in asked:
        grade(user=learner, question=each, number=1, rating=4, shown_at=NOON - timedelta(minutes=3), now=NOON)
    words = text(as_("member").get("/study/interview/"))
    assert "Nothing is left for today. More would gain little. You have studied 6 minutes today." in words
    assert "Start the session" not in words


@pytest.mark.parametrize(
    ("day", "said", "there"),
    [
        (date(2026, 5, 5), "Interview tomorrow", "Start the session"),
        (date(2026, 5, 4), "Interview today", "The day has come. Read the sheet once more, and then rest."),
        (date(2026, 5, 3), None, "The interview of Sunday, 3 May 2026 is over. When is the next one?"),
    ],
)
def test_the_last_days(as_, learner, today, day, said, there):
    factories.question()
    plan(learner, day)
    page = as_("member").get("/study/interview/")
    assert (head(page), there in text(page)) == (said, True)


def test_the_next_interview_begins_anew(as_, learner, today):
    old = plan(learner, date(2026, 5, 3), readiness={"2026-05-01": 0.5})
    InterviewPlan.objects.update(since=NOON - timedelta(days=30))
    as_("member").post("/study/interview/", {"day": "2026-06-01", "minutes": "20"})
    old.refresh_from_db()
    assert (old.day, old.since, old.readiness) == (date(2026, 6, 1), NOON, {})


def test_other_questions_begin_another_curve(as_, learner, today):
    factories.question(tags=["sql"])
    mine = plan(learner, date(2026, 5, 20), readiness={"2026-05-01": 0.5})
    before = NOON - timedelta(days=3)
    InterviewPlan.objects.update(since=before)
    for query, curve in (("", {"2026-05-01": 0.5}), ("tag=sql", {})):
        as_("member").post("/study/interview/", {"day": "2026-06-01", "query": query, "minutes": "20"})
        mine.refresh_from_db()
        assert (mine.since, mine.readiness) == (before, curve)


def test_a_set_that_is_gone_is_said(as_, learner, today):
    factories.question_set("week", [factories.question()]).delete()
    plan(learner, date(2026, 5, 20), query="set=week")
    words = text(as_("member").get("/study/interview/"))
    assert "Some of what this plan was made for is no longer there. It is for everything now." in words


def test_without_any_question(as_, learner, today):
    plan(learner, date(2026, 5, 20))
    words = text(as_("member").get("/study/interview/"))
    assert "No question matches this plan. Choose others below." in words
    assert InterviewPlan.objects.get().readiness == {}


def test_a_plan_is_its_learners(as_, learner, today):
    plan(learner, date(2026, 5, 20))
    page = as_("outsider").get("/study/interview/")
    assert "Plan for an interview" in text(page) and head(page) is None
    as_("outsider").post("/study/interview/remove/")
    assert InterviewPlan.objects.get().user == learner


@pytest.mark.parametrize(
    ("zone", "moment", "days"),
    [
        ("UTC", datetime(2026, 5, 3, 23, 59, tzinfo=UTC), 8),
        ("UTC", datetime(2026, 5, 4, tzinfo=UTC), 7),
        ("Pacific/Auckland", datetime(2026, 5, 4, 11, 59, tzinfo=UTC), 7),
        ("Pacific/Auckland", datetime(2026, 5, 4, 12, tzinfo=UTC), 6),
        ("America/Los_Angeles", datetime(2026, 5, 4, 6, 59, tzinfo=UTC), 8),
        ("America/Los_Angeles", datetime(2026, 5, 4, 7, tzinfo=UTC), 7),
    ],
)
def test_days_are_the_learners(learner, zone, moment, days):
    """They change at midnight where the learner is, whenever the learner's day begins."""
    StudySettings.objects.create(user=learner, time_zone=zone, day_start=12)
    plan(learner, date(2026, 5, 11))
    assert days_to_interview(learner, moment) == days


@pytest.mark.parametrize(("day", "before", "after"), [(date(2026, 3, 29), 23, 22), (date(2026, 10, 25), 22, 23)])
def test_days_over_a_change_of_the_clock(learner, day, before, after):
    """In Berlin, the date of the change begins at the one hour of world time and ends at the other."""
    StudySettings.objects.create(user=learner, time_zone="Europe/Berlin")
    plan(learner, day + timedelta(days=1))
    midnight = datetime.combine(day, time(0), tzinfo=UTC)
    for starts, days in ((midnight - timedelta(hours=24 - before), 2), (midnight + timedelta(hours=after), 1)):
        found = [days_to_interview(learner, starts - timedelta(minutes=each)) for each in (1, 0)]
        assert found == [days, days - 1]


def test_days_without_settings_are_those_of_the_defaults(learner):
    plan(learner, date(2026, 5, 11))
    assert days_to_interview(learner, datetime(2026, 5, 3, 23, 59, tzinfo=UTC)) == 8


@pytest.mark.parametrize("planned", [True, False])
def test_days_cost_a_query_or_none_where_the_plan_is_known(learner, planned, django_assert_num_queries):
    if planned:
        plan(learner, date(2026, 5, 11))
    days = 7 if planned else None
    with django_assert_num_queries(1):
        assert days_to_interview(learner, NOON) == days
    with django_assert_num_queries(1):
        context = learner_context(learner, NOON)
    with django_assert_num_queries(0):
        assert context.days_to_interview == days


def test_a_visitor_signs_in_first(as_):
    for path in ("/study/interview/", "/study/sheet/", "/study/reset/"):
        assert as_("visitor").get(path)["Location"] == f"/accounts/login/?next={path}"
    response = as_("visitor").post("/study/interview/remove/")
    assert response["Location"] == "/accounts/login/?next=/study/interview/"


def test_the_same_queries_for_any_number_of_questions(as_, learner, today, django_assert_num_queries):
    plan(learner, date(2026, 5, 20))
    client = as_("member")
    for more in (1, 99):
        for at in range(more):
            learned(learner, factories.question(f"Question {at}", tags=["sql", f"tag {at}"]))
            factories.question(f"New {at}")
        client.get("/study/interview/")
        with django_assert_num_queries(7) as context:
            client.get("/study/interview/")
        assert len({re.sub(r"\d+|'[^']*'", "?", query["sql"]) for query in context.captured_queries}) == 7
