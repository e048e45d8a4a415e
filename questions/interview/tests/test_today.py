from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import caches

from questions.catalogue.selection import everything
from questions.interview.knowledge import knowledge_of
from questions.interview.readiness import keep_readiness, readiness_by_tag, readiness_on, tag_counts
from questions.interview.today import costs_of
from questions.interview.verdict import Verdict, verdict_of
from questions.learner.context import learner_context
from questions.models import InterviewPlan, Progress, Question, Review, StudySettings
from questions.scheduling.forecasting import Costs
from questions.scheduling.fsrs import recall
from questions.study.tests.acting import begin, grade, next_number, upcoming
from questions.tests.factories import progress, question, questions

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def learner(cast):
    user = cast["outsider"]
    StudySettings.objects.create(user=user, fuzz=False)
    return user


@pytest.fixture
def plan(learner):
    return InterviewPlan.objects.create(user=learner, day=date(2026, 5, 11), minutes=30, since=NOON)


def listed(user):
    return Question.objects.listed_for(user)


@pytest.mark.django_db
def test_readiness_is_mean_recall_on_the_day_with_new_ones_counting_zero(learner, plan):
    weak, strong = question("Weak", tags=["sql"]), question("Strong", tags=["git", "sql"])
    question("New", tags=["git"])
    for of, stability in ((weak, 2.0), (strong, 40.0)):
        progress(learner, of, state=2, stability=stability, difficulty=5.0, due=NOON, last_review=NOON)
    morning = datetime(2026, 5, 11, 9, tzinfo=UTC)
    recalls = [recall(Progress.objects.get(question=of).memory, morning) for of in (weak, strong)]
    context = learner_context(learner)
    knowledge = knowledge_of(context, everything(learner).scope)
    ready = readiness_on(plan.day, knowledge, context.settings)
    assert ready.overall == pytest.approx(sum(recalls) / 3)
    assert (ready.questions, ready.new) == (3, 1)
    assert ready.weakest == [weak.pk, strong.pk]
    tags = readiness_by_tag(learner, ready.recalls, tag_counts(listed(learner)))
    assert [(tag.name, tag.slug, tag.questions) for tag in tags] == [("git", "git", 2), ("sql", "sql", 2)]
    assert [tag.share for tag in tags] == pytest.approx([recalls[1] / 2, sum(recalls) / 2])


@pytest.mark.django_db
def test_a_session_by_the_plan_changes_no_due_date_until_it_is_graded(learner, plan):
    asked = questions(4)
    for each in asked[:3]:
        progress(learner, each, state=2, stability=3.0, difficulty=5.0, due=NOON + timedelta(days=30), last_review=NOON)
    before = list(Progress.objects.values())
    later = NOON + timedelta(days=5)
    session = begin(learner, mode="interview", now=later)
    assert sorted(session.chosen) == [each.pk for each in asked]
    assert list(Progress.objects.values()) == before
    while (pk := upcoming(session, now=later)) is not None:
        of = Question.objects.get(pk=pk)
        number = next_number(learner, of)
        grade(user=learner, question=of, number=number, rating=4, session=session, now=later)
    assert Review.objects.count() == 4
    again = begin(learner, mode="interview", now=later + timedelta(hours=1))
    assert again.chosen == []


@pytest.mark.django_db
def test_another_session_on_the_same_day_brings_few_new_ones(learner, plan):
    """Ten a day, or what it takes to see all of them in seven days."""
    questions(24)
    for expected in (10, 2):
        session = begin(learner, mode="interview", now=NOON)
        assert len(session.chosen) == expected
        for each in Question.objects.filter(pk__in=session.chosen):
            grade(user=learner, question=each, number=1, rating=4, session=session, now=NOON)


@pytest.mark.django_db
def test_the_verdict_says_what_would_suffice(learner, plan):
    questions(10)
    context = learner_context(learner, NOON)
    knowledge = knowledge_of(context, everything(learner).scope)
    verdict = verdict_of(context, plan, knowledge, Costs())
    assert (verdict.met, verdict.days, verdict.left, verdict.new_per_day) == (True, 7, 10, 2)
    late = NOON + timedelta(days=6)
    plan.minutes = 5
    verdict = verdict_of(learner_context(learner, late), plan, knowledge, Costs())
    assert str(verdict) == (
        "5 minutes a day is not enough to see everything again: 10 minutes a day would be, or a plan of 5 questions."
    )


@pytest.mark.parametrize(
    ("minutes", "needed", "fit", "said"),
    [
        (5, 60, 5, "60 minutes a day would be, or a plan of 5 questions."),
        (5, 61, 5, "a plan of 5 questions would be, or 61 minutes a day."),
        (45, 90, 30, "90 minutes a day would be, or a plan of 30 questions."),
        (45, 91, 1, "a plan of 1 question would be, or 91 minutes a day."),
        (5, 61, 0, "61 minutes a day would be."),
    ],
)
def test_what_is_realistic_is_said_first(minutes, needed, fit, said):
    verdict = Verdict(days=1, minutes=minutes, left=100, minutes_needed=needed, fit=fit, new=100)
    assert str(verdict) == f"{minutes} minutes a day is not enough to see everything again: {said}"


@pytest.mark.django_db
@pytest.mark.parametrize(("hour", "days"), [(3, 2), (4, 1), (23, 1), (24, 0), (27, 0), (28, 0)])
def test_no_day_is_left_from_midnight_on(plan, hour, days):
    """Though the learner's days begin at four."""
    now = datetime(2026, 5, 10, tzinfo=UTC) + timedelta(hours=hour)
    assert learner_context(plan.user, now).study_days_left == days


@pytest.mark.django_db
def test_a_learner_s_own_times_count_once_there_are_enough(learner):
    assert costs_of(learner) == Costs()
    for each in questions(20):
        shown = NOON - timedelta(seconds=90)
        grade(user=learner, question=each, number=1, rating=3, shown_at=shown, now=NOON)
    assert costs_of(learner) == Costs(new=90)


@pytest.mark.django_db
def test_readiness_is_remembered_once_a_day(learner, plan):
    for hours, share in ((0, 0.1), (1, 0.25), (24, 0.5)):
        keep_readiness(plan, learner_context(learner, NOON + timedelta(hours=hours)).day, share)
    assert InterviewPlan.objects.get().readiness == {"2026-05-04": 0.25, "2026-05-05": 0.5}
