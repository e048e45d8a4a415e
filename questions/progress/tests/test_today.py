"""What today asks is one number: on the front page, the plan's, the progress page and in the mail."""

import re
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.utils import timezone

from questions.catalogue.selection import everything
from questions.catalogue.tests.test_question_list import text
from questions.interview.today import today_for
from questions.learner.context import learner_context
from questions.models import InterviewPlan, Parameters, Review, StudySession, StudySettings
from questions.study import reminders
from questions.study.tests.acting import begin, grade, next_number
from questions.tests import factories


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def learner(cast):
    StudySettings.objects.create(user=cast["member"], fuzz=False)
    return cast["member"]


@pytest.fixture
def plan(learner):
    day = timezone.now().date() + timedelta(days=4)
    since = timezone.now() - timedelta(days=30)
    return InterviewPlan.objects.create(user=learner, day=day, minutes=5, since=since)


@pytest.fixture
def library(learner):
    """Thirty questions, of which the learner has studied six that are due."""
    made = factories.questions(30)
    due = timezone.now() - timedelta(days=1)
    memory = {"state": 2, "stability": 2.0, "difficulty": 5.0, "due": due}
    last = due - timedelta(days=3)
    for question in made[:6]:
        row = factories.progress(learner, question, last_review=last, **memory)
    # The progress page has figures once there is a log.
    shared = {"rating": 3, "due_after": due, "parameters": Parameters.stored([0.1] * 21)}
    Review.objects.create(user=learner, progress=row, number=1, at=last, **shared)
    return made


def study(learner, question, *, seconds):
    """A grade that takes the question out of the day."""
    shown_at = timezone.now() - timedelta(seconds=seconds)
    number = next_number(learner, question)
    grade(user=learner, question=question, number=number, rating=4, shown_at=shown_at)


def number_in(pattern, page):
    found = re.search(pattern, text(page))
    return sum(int(number) for number in found.groups() if number) if found else None


def numbers(client, learner):
    """As the front page, the plan's page, the progress page and the mail have it."""
    home, progress = client.get("/"), client.get("/progress/")
    plan = client.get("/study/interview/")
    asked = r"Today (?:(\d+) new questions?)?(?: and )?(?:(\d+) to see again)?, about"
    return (
        number_in(r"(\d+) questions? for your interview today", home),
        number_in(asked, plan),
        number_in(r"Due today (\d+) questions?", progress),
        reminders.work_of(learner_context(learner)).planned,
    )


@pytest.mark.parametrize("seconds", [20, 120, 270])
def test_before_the_minutes_are_done_all_say_what_is_left(as_, learner, plan, library, seconds):
    client = as_("member")
    fresh = today_for(learner_context(learner), everything(learner).scope)
    assert numbers(client, learner) == (fresh.total,) * 4
    study(learner, library[0], seconds=seconds)
    rest = today_for(learner_context(learner), everything(learner).scope)
    assert 0 < rest.total <= fresh.total and not rest.done
    assert numbers(client, learner) == (rest.total,) * 4
    assert len(begin(learner, mode="interview").chosen) == rest.total


@pytest.mark.parametrize("seconds", [271, 290, 300, 600])
def test_the_same_seconds_make_the_day_done_for_all(as_, learner, plan, library, seconds):
    """Half a minute is no rest."""
    client = as_("member")
    study(learner, library[0], seconds=seconds)
    today = today_for(learner_context(learner), everything(learner).scope)
    assert today.done and (today.asked, today.total > 0) == (0, True)
    assert numbers(client, learner) == (None, None, 0, 0)
    home, page = text(client.get("/")), text(client.get("/study/interview/"))
    assert f"Today's 5 minutes are done You can go on: {today.total} questions." in home
    assert f"5 minutes are done. You can go on: {today.new} new question" in page


def test_all_say_when_nothing_is_left(as_, learner, plan):
    client = as_("member")
    for question in factories.questions(2):
        study(learner, question, seconds=20)
    assert numbers(client, learner) == (None, None, 0, 0)
    assert "Your plan asks nothing more today" in text(client.get("/"))
    assert "Nothing is left for today. More would gain little." in text(client.get("/study/interview/"))


def test_a_plan_that_is_done_asks_for_no_mail_though_others_are_due(learner, plan, library):
    InterviewPlan.objects.update(query="progress=starred")
    work = reminders.work_of(learner_context(learner))
    assert (work.total, work.due, work.planned) == (0, 0, 0)


@pytest.mark.parametrize(("limit", "studied"), [(200, 0), (4, 0), (4, 3), (4, 4)])
def test_without_a_plan_the_same_number_is_due_everywhere(as_, learner, library, limit, studied):
    StudySettings.objects.update(reviews_per_day=limit)
    for question in library[:studied]:
        study(learner, question, seconds=20)
    due = min(6 - studied, limit - studied)
    client = as_("member")
    assert StudySession.objects.count() == 0
    assert number_in(r"(\d+) due, \d+ new today", client.get("/")) == (due or None)
    assert number_in(r"Due today (\d+) questions?", client.get("/progress/")) == due
    assert reminders.work_of(learner_context(learner)).due == due
