"""What the page of the interview plan offers and says: parts that fit, the day's minutes, and the day itself."""

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape

import pytest
from django.core.cache import caches
from django.utils import timezone

from accounts.models import Team
from prep.tests.pages import html_of
from questions.catalogue.tests.test_question_list import text
from questions.interview.tests.test_countdown import NOON, head, learned, plan
from questions.models import InterviewPlan, StudySettings
from questions.study.tests.acting import grade
from questions.tests import factories


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return NOON.date()


@pytest.fixture
def learner(cast):
    return cast["member"]


def buttons(page):
    return re.findall(r'<button class="btn" name="(query|minutes)" value="([^"]*)"', html_of(page))


def test_parts_that_fit_are_offered_the_realistic_choice_first(as_, learner, team, today):
    """Ten questions fit into ten minutes. Too many, too few, and what others have is not offered."""
    made = factories.questions(40, tags=["sql"])
    for at, each in enumerate(made):
        each.tags.add(*(name for name, most in (("ten", 10), ("eleven", 11), ("five", 5), ("four", 4)) if at < most))
    factories.question_set("week", made[:8], title="A week")
    factories.question_set("six", made[:6], title="Six")
    factories.question_set("ours", made[:7], title="Ours", owner=team)
    factories.question_set("theirs", made[:9], title="Theirs", owner=Team.objects.create(name="Theirs", slug="theirs"))
    plan(learner, date(2026, 5, 6), minutes=5)
    page = as_("member").get("/study/interview/")
    fewer = [("query", "tag=ten"), ("query", "set=week"), ("query", "set=wren.ours")]
    assert buttons(page) == [("minutes", "20"), *fewer]
    assert "Plan only the set A week, 8 questions" in text(page)
    InterviewPlan.objects.update(day=date(2026, 5, 5), minutes=10)
    factories.questions(30)
    assert buttons(as_("member").get("/study/interview/")) == [*fewer, ("minutes", "70")]
    as_("member").post("/study/interview/?set=week", {"day": "2026-05-05", "minutes": "10", "query": "set=week"})
    words = text(as_("member").get("/study/interview/"))
    assert "Everything will be seen again in time: 8 to go" in words and "Plan only" not in words


def test_a_part_of_a_part_can_be_planned(as_, learner, today):
    made = factories.questions(40)
    for each in made[:9]:
        each.tags.add("sql")
    factories.question_set("week", made)
    plan(learner, date(2026, 5, 6), minutes=5, query="set=week")
    client = as_("member")
    page = client.get("/study/interview/")
    (_, query), address = buttons(page)[1], re.search(r'formaction="([^"]*)"', html_of(page))[1]
    sent = {"day": "2026-05-06", "minutes": "5", "query": unescape(query)}
    assert client.post(unescape(address), sent).status_code == 302
    assert InterviewPlan.objects.get().query == "tag=sql&set=week"


@pytest.mark.parametrize(
    ("seconds", "said", "button"),
    [
        (270, "Today 1 new question, about 1 minute. You have studied 4 minutes today.", "Start the session"),
        (271, "5 minutes are done. You can go on: 5 new questions, about 5 minutes.", "Study more"),
        (600, "You can go on: 5 new questions, about 5 minutes. You have studied 10 minutes today.", "Study more"),
    ],
)
def test_it_says_when_the_days_minutes_are_done(as_, learner, today, seconds, said, button):
    first, *_ = factories.questions(30)
    plan(learner, date(2026, 5, 10), minutes=5)
    shown = NOON - timedelta(seconds=seconds)
    grade(user=learner, question=first, number=1, rating=4, shown_at=shown, now=NOON)
    words = text(as_("member").get("/study/interview/"))
    assert said in words and button in words


def test_the_day_itself_has_no_figures_of_days(as_, learner, today):
    slipping, *_ = factories.questions(3, tags=["sql"])
    factories.question_set("week", [slipping])
    plan(learner, today, query="set=week")
    page = as_("member").get("/study/interview/")
    assert "Read the sheet once more, and then rest." in text(page) and "weakest</a>" not in page.content.decode()
    learned(learner, slipping, last=NOON - timedelta(days=3))
    page = as_("member").get("/study/interview/")
    words = text(page)
    assert "Read the sheet once more, take a last look at what is weakest, and then rest." in words
    assert 'href="/study/?set=week&amp;weak=1&amp;number=10">A last look' in page.content.decode()
    assert "This morning you would recall" in words
    assert not any(each in words for each in ("Days left", "planned", "Can it be met?", "Start the session"))


def test_tags_are_folded_after_twelve(as_, learner, today):
    for at in range(14):
        factories.question(tags=[f"tag {at:02}"])
    plan(learner, date(2026, 5, 10))
    page = html_of(as_("member").get("/study/interview/"))
    first, rest = page.split("<details><summary>2 more tags</summary>")
    assert ("Readiness of tag 11" in first, "Readiness of tag 12" in first, "Readiness of tag 13" in rest) == (
        True, False, True
    )  # fmt: skip


@pytest.mark.parametrize(("zone", "kept"), [("America/St_Johns", "America/St_Johns"), ("", None), ("Mars", None)])
def test_the_first_plan_brings_the_time_zone(as_, learner, today, zone, kept):
    client = as_("member")
    page = client.get("/study/interview/").content.decode()
    assert '<input type="hidden" name="time_zone" value="">' in page and "study.js" in page
    client.post("/study/interview/", {"day": "2026-05-16", "minutes": "20", "time_zone": zone})
    assert InterviewPlan.objects.count() == 1
    assert list(StudySettings.objects.values_list("time_zone", flat=True)) == ([kept] if kept else [])
    if kept:
        client.post("/study/interview/", {"day": "2026-05-16", "minutes": "20", "time_zone": "Asia/Tokyo"})
        assert StudySettings.objects.get().time_zone == kept
        page = client.get("/study/interview/").content.decode()
        assert 'name="time_zone"' not in page and "study.js" not in page


@pytest.mark.parametrize("start", [0, 4, 12])
@pytest.mark.parametrize(("hour", "minute"), [(0, 30), (9, 0), (23, 30)])
def test_the_date_of_the_interview_is_that_day_at_any_hour(as_, learner, monkeypatch, start, hour, minute):
    """Also before the learner's day begins; and the first date that can be planned is today's."""
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 5, 4, hour, minute, tzinfo=UTC))
    StudySettings.objects.create(user=learner, day_start=start)
    factories.question()
    page = as_("member").get("/study/interview/")
    assert 'min="2026-05-04"' in page.content.decode()
    assert as_("member").post("/study/interview/", {"day": "2026-05-03", "minutes": "20"}).status_code == 422
    plan(learner, date(2026, 5, 4))
    page = as_("member").get("/study/interview/")
    assert head(page) == "Interview today" and "<h1>Interview today</h1>" in html_of(page)
    assert "Start the session" not in text(page)
    InterviewPlan.objects.update(day=date(2026, 5, 5))
    assert "<h1>Interview tomorrow</h1>" in html_of(as_("member").get("/study/interview/"))


def test_the_same_queries_where_time_is_short(as_, learner, today, django_assert_num_queries):
    made = factories.questions(40, tags=["sql"])
    factories.question_set("week", made[:8])
    plan(learner, date(2026, 5, 6), minutes=5)
    client = as_("member")
    client.get("/study/interview/")
    with django_assert_num_queries(7):
        client.get("/study/interview/")
