from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import User
from questions.catalogue.filters import Filter
from questions.catalogue.selection import everything
from questions.learner.context import learner_context
from questions.models import Progress, Question, Review, StudySession, StudySettings
from questions.study.session_log import SessionLog
from questions.study.sessions import advance, end
from questions.study.tests import acting
from questions.study.tests.acting import bury, cram, grade, master, next_number, skip
from questions.study.undo import last_act, undo
from questions.tests.factories import progress, question, questions

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture
def learner(cast):
    user = cast["outsider"]
    StudySettings.objects.create(user=user, fuzz=False, new_per_day=3, time_zone="Europe/Berlin")
    return user


def adjust(user, **settings):
    for name, value in settings.items():
        setattr(user.study_settings, name, value)
    user.study_settings.save()


def listed(user):
    return Question.objects.listed_for(user)


def learned(user, of, *, due, last=None, stability=5.0, **fields):
    last = last or due - timedelta(days=5)
    return progress(user, of, state=2, stability=stability, difficulty=5.0, due=due, last_review=last, **fields)


def begin(user, now=NOON, **options):
    return acting.begin(user, now=now, **options)


def upcoming(session, now=NOON):
    return acting.upcoming(session, now=now)


def run(session, rating=4, now=NOON):
    """Grades until the session is through; the ids asked, in order."""
    asked = []
    while (pk := upcoming(session, now)) is not None:
        asked.append(pk)
        of = Question.objects.get(pk=pk)
        number = next_number(session.user, of)
        if session.mode == "cram":
            cram(user=session.user, question=of, session=session, rating=rating, now=now)
        else:
            grade(user=session.user, question=of, number=number, rating=rating, session=session, now=now)
    return asked


def test_due_ones_come_first_then_new_ones_within_the_limit(learner):
    first, later, *rest = questions(7)
    learned(learner, later, due=NOON - timedelta(days=1))
    learned(learner, rest[0], due=NOON - timedelta(days=2))
    learned(learner, rest[1], due=NOON + timedelta(days=2))
    session = begin(learner)
    new = [first.pk, rest[2].pk, rest[3].pk]
    assert run(session) == [rest[0].pk, later.pk, *new]
    assert run(begin(learner)) == []
    assert run(begin(learner, now=NOON + timedelta(days=1)), now=NOON + timedelta(days=1)) == [rest[4].pk]


def test_what_is_forgotten_comes_back_within_minutes(learner):
    one, two = questions(2)
    session = begin(learner)
    grade(user=learner, question=one, number=1, rating=1, session=session, now=NOON)
    assert upcoming(session) == two.pk
    assert upcoming(session, NOON + timedelta(minutes=1)) == one.pk
    grade(user=learner, question=two, number=1, rating=4, session=session, now=NOON)
    assert upcoming(session) == one.pk


def test_a_plan_asks_what_was_forgotten_after_all_else(learner):
    one, two = questions(2)
    session = StudySession.objects.create(user=learner, mode="interview", chosen=[one.pk, two.pk])
    grade(user=learner, question=one, number=1, rating=1, session=session, now=NOON)
    later = NOON + timedelta(minutes=5)
    assert upcoming(session, later) == two.pk
    grade(user=learner, question=two, number=1, rating=3, session=session, now=later)
    assert upcoming(session, later) == one.pk
    grade(user=learner, question=one, number=2, rating=3, session=session, now=later)
    assert upcoming(session, later) is None


def test_questions_on_other_topics_come_between(learner):
    due = NOON - timedelta(days=1)
    for at, tag in enumerate(["sql", "sql", "sql", "git", "git"]):
        learned(learner, question(f"Case {at}", tags=[tag]), due=due + timedelta(minutes=at))
    topics = [Question.objects.get(pk=pk).tags.get().name for pk in run(begin(learner))]
    assert topics == ["sql", "git", "sql", "git", "sql"]


@pytest.mark.parametrize(
    "out",
    [
        {"mastered_at": NOON},
        {"buried_until": NOON + timedelta(hours=1)},
        {"due": NOON + timedelta(days=1)},
        {"status": "retired"},
        {"status": "draft"},
    ],
)
def test_what_is_out_is_not_asked(learner, out):
    asked = question()
    row = learned(learner, asked, due=NOON - timedelta(days=1))
    session = begin(learner)
    assert upcoming(session) == asked.pk
    target = asked if "status" in out else row
    type(target).objects.filter(pk=target.pk).update(**out)
    assert upcoming(session) is None
    assert upcoming(begin(learner)) is None


def test_acts_take_a_question_out_and_undo_brings_it_back(learner):
    asked = question()
    learned(learner, asked, due=NOON - timedelta(days=1))
    session = begin(learner)
    for act in (skip, bury, lambda **on: master(mastered=True, **on)):
        done = act(user=learner, question=asked, session=session, now=NOON)
        assert upcoming(session) is None
        undo(user=learner, act_id=done.pk, now=NOON)
        assert upcoming(session) == asked.pk


def test_buried_until_the_learner_s_next_day(learner):
    """It begins at four in the morning in Berlin, on the night the clocks go forward."""
    asked, evening = question(), datetime(2026, 3, 29, 0, 30, tzinfo=UTC)
    bury(user=learner, question=asked, now=evening)
    assert Progress.objects.get().buried_until == datetime(2026, 3, 29, 2, tzinfo=UTC)


def test_the_day_s_limit_of_new_ones_is_counted_in_the_learner_s_day(learner):
    questions(5)
    before_four, after_four = datetime(2026, 5, 4, 1, 59, tzinfo=UTC), datetime(2026, 5, 4, 2, 1, tzinfo=UTC)
    assert len(run(begin(learner, now=before_four), now=before_four)) == 3
    assert len(run(begin(learner, now=after_four), now=after_four)) == 2


def test_a_review_is_due_from_the_beginning_of_its_day_but_not_within_24_hours(learner):
    one, two = questions(2)
    tonight = NOON + timedelta(hours=8)
    learned(learner, one, due=tonight, last=tonight - timedelta(days=3))
    learned(learner, two, due=tonight, last=tonight - timedelta(days=1))
    assert run(begin(learner)) == [one.pk]
    assert run(begin(learner, now=tonight), now=tonight) == [two.pk]


def test_the_limit_of_reviews_a_day(learner):
    adjust(learner, reviews_per_day=2)
    for each in questions(4):
        learned(learner, each, due=NOON - timedelta(days=1))
    assert len(run(begin(learner))) == 2
    undo(user=learner, act_id=last_act(learner).pk)
    assert len(run(begin(learner))) == 1


def test_a_number_of_questions_or_minutes_ends_it(learner):
    asked = questions(3)
    assert len(run(begin(learner, limit=2))) == 2
    Review.objects.all().delete()
    Progress.objects.all().delete()
    session = begin(learner, minutes=1)
    for each, seconds in zip(asked, (40, 30, 0), strict=True):
        assert (upcoming(session) is None) == (each == asked[2])
        shown = NOON - timedelta(seconds=seconds)
        grade(user=learner, question=each, number=1, rating=4, session=session, shown_at=shown, now=NOON)


def test_weak_ones_are_those_recalled_worst(learner):
    asked = questions(4)
    for each, stability in zip(asked, (9, 1, 30, 3), strict=True):
        learned(learner, each, due=NOON + timedelta(days=9), last=NOON - timedelta(days=4), stability=stability)
    assert run(begin(learner, mode="weak", limit=3)) == [asked[1].pk, asked[3].pk, asked[0].pk]


def test_cramming_asks_everything_once_and_touches_nothing(learner):
    asked = questions(3)
    learned(learner, asked[0], due=NOON + timedelta(days=9), mastered_at=NOON)
    before = list(Progress.objects.values())
    session = begin(learner, mode="cram")
    assert run(session, rating=1) == [each.pk for each in asked]
    assert list(Progress.objects.values()) == before
    assert not Review.objects.exists()
    assert SessionLog.of(session).forgotten == [each.pk for each in asked]


def test_shuffled_is_another_order_that_stays(learner):
    adjust(learner, new_per_day=20)
    questions(20)
    session = begin(learner, shuffled=True)
    assert session.chosen != sorted(session.chosen)
    assert sorted(session.chosen) == sorted(listed(learner).values_list("pk", flat=True))
    assert upcoming(session) == upcoming(session) == session.chosen[0]


def test_it_is_taken_up_again_on_another_device(learner):
    asked = questions(3)
    session = begin(learner)
    grade(user=learner, question=asked[0], number=1, rating=4, session=session, now=NOON)
    found = learner_context(learner, session=session.pk).session
    assert found == session == learner_context(learner).session
    assert upcoming(found) == asked[1].pk
    other = begin(learner)
    assert learner_context(learner).session == other
    end(learner_context(learner), other)
    assert learner_context(learner).session is None
    assert learner_context(learner, session=session.pk).session == session


def test_somebody_s_session_is_nobody_else_s(learner, cast):
    assert learner_context(cast["member"], session=begin(learner).pk).session is None


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.parametrize("due", [True, False])
def test_the_next_question_takes_few_queries(learner, django_assert_max_num_queries, count, due):
    adjust(learner, new_per_day=50)
    asked = questions(count)
    session = begin(learner)
    grade(user=learner, question=asked[0], number=1, rating=1, session=session, now=NOON)
    if due:
        for each in asked[1:]:
            learned(learner, each, due=NOON - timedelta(days=1))
    context = learner_context(learner, NOON, session=session.pk)
    with django_assert_max_num_queries(5):
        advance(context, context.session, everything(learner).scope)


@pytest.mark.parametrize("crams", [True, False])
def test_what_dropped_out_meanwhile_costs_one_query_more(learner, django_assert_max_num_queries, crams):
    adjust(learner, new_per_day=200)
    asked = questions(120)
    session = begin(learner, mode="cram" if crams else "due")
    Question.objects.exclude(pk=session.chosen[-1]).update(status="retired")
    context = learner_context(learner, NOON, session=session.pk)
    # Two for the list, one for the acts, and the roles and what is due.
    with django_assert_max_num_queries(5):
        assert advance(context, session, everything(learner).scope)[0] == session.chosen[-1]
    assert len(session.chosen) == len(asked)


def test_what_was_forgotten_comes_back_after_as_many_as_were_asked_for(learner):
    one, two, _ = questions(3)
    session = begin(learner, limit=2)
    grade(user=learner, question=one, number=1, rating=1, session=session, now=NOON)
    grade(user=learner, question=two, number=1, rating=3, session=session, now=NOON)
    assert upcoming(session) == one.pk
    grade(user=learner, question=one, number=2, rating=2, session=session, now=NOON)
    assert upcoming(session) is None


def test_a_filter_of_new_ones_asks_again_what_was_forgotten(learner):
    one, two = questions(2)
    scope = replace(everything(learner), chosen=Filter(progress="new")).scope
    session = acting.begin(learner, scope, now=NOON)
    grade(user=learner, question=one, number=1, rating=1, session=session, now=NOON)
    assert acting.upcoming(session, scope, now=NOON) == two.pk
    assert acting.upcoming(session, scope, now=NOON + timedelta(minutes=2)) == one.pk


@pytest.mark.parametrize("out", ["mastered", "buried", "skipped", "learned", "withdrawn", "left"])
def test_what_is_learned_comes_back_only_while_it_is_in_play(learner, team, out):
    one, two = question(owner=team if out == "left" else None), question()
    if out == "left":
        membership = learner.memberships.create(team=team, role="member")
    learner = User.objects.get(pk=learner.pk)
    session = begin(learner)
    grade(user=learner, question=one, number=1, rating=1, session=session, now=NOON)
    later = NOON + timedelta(minutes=2)
    assert upcoming(session, later) == one.pk
    if out == "mastered":
        Progress.objects.filter(question=one).update(mastered_at=NOON)
    elif out == "buried":
        bury(user=learner, question=one, session=session, now=NOON)
    elif out == "skipped":
        skip(user=learner, question=one, session=session, now=NOON)
    elif out == "learned":
        Progress.objects.filter(question=one).update(state=2, due=NOON + timedelta(minutes=3))
    elif out == "withdrawn":
        Question.objects.filter(pk=one.pk).update(status="retired")
    else:
        membership.delete()
        del learner.roles
    assert upcoming(session, later) == two.pk


def test_a_new_one_graded_elsewhere_is_no_longer_new(learner):
    one, two = questions(2)
    session = begin(learner)
    grade(user=learner, question=one, number=1, rating=4, now=NOON)
    assert upcoming(session) == two.pk


def test_the_summary_counts_each_question_by_its_first_answer(learner):
    asked = questions(2)
    session = begin(learner)
    for number, rating in ((1, 1), (2, 3)):
        grade(user=learner, question=asked[0], number=number, rating=rating, session=session, now=NOON)
    grade(user=learner, question=asked[1], number=1, rating=2, session=session, now=NOON)
    done = SessionLog.of(session)
    assert (done.recalled, done.forgotten, done.grades) == ([asked[1].pk], [asked[0].pk], 3)
    assert StudySession.objects.get() == session
