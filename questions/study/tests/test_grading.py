import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection

from questions.models import Act, Learner, Parameters, Progress, Review, StudySession, StudySettings
from questions.models.progress import MEMORY
from questions.scheduling.fsrs import NEW, schedule
from questions.study.grading import AlreadyGraded
from questions.study.reset import loss_of, reset_progress
from questions.study.session_log import SessionLog
from questions.study.tests.acting import bury, cram, grade, master, next_number, skip, star
from questions.study.undo import CannotUndo, last_act, undo
from questions.tests.factories import question, questions

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
COLUMNS = (*MEMORY, "mastered_at", "starred", "note", "buried_until")


@pytest.fixture
def learner(cast):
    user = cast["outsider"]
    StudySettings.objects.create(user=user, fuzz=False)
    return user


def columns(user, of):
    return Progress.objects.filter(user=user, question=of).values(*COLUMNS).first()


def test_a_grade_is_a_review_and_a_memory(learner):
    asked = question(points=["One", "Two"])
    point = asked.key_points.first().pk
    shown = NOON - timedelta(seconds=42)
    review = grade(
        user=learner, question=asked, number=1, rating=3, shown_at=shown, points=[point], place="question", now=NOON
    )
    row = Review.objects.get()
    assert row == review
    assert (row.number, row.kind, row.rating, row.at, row.shown_at, row.seconds) == (1, "review", 3, NOON, shown, 42)
    assert (row.points, row.place, row.before, row.undone_at) == ([point], "question", NEW, None)
    expected = schedule(NEW, 3, NOON)
    assert Progress.objects.get().memory == expected
    assert row.due_after == expected.due


def test_a_second_grade_has_the_memory_before_it(learner):
    asked = question()
    for number in (1, 2):
        at = NOON + timedelta(days=number)
        grade(user=learner, question=asked, number=number, rating=4, now=at)
    first = schedule(NEW, 4, NOON + timedelta(days=1))
    assert Review.objects.get(number=2).before == first
    assert Progress.objects.get().memory == schedule(first, 4, NOON + timedelta(days=2))
    assert Parameters.objects.count() == 1


@pytest.mark.parametrize("number", [0, 1, 3, 99])
def test_only_the_next_number_is_graded(learner, number):
    asked = question()
    grade(user=learner, question=asked, number=1, rating=3, now=NOON)
    before = columns(learner, asked)
    with pytest.raises(AlreadyGraded):
        grade(user=learner, question=asked, number=number, rating=1, now=NOON + timedelta(days=1))
    assert columns(learner, asked) == before
    assert (Review.objects.count(), Act.objects.count()) == (1, 1)


def test_a_number_is_not_used_again_after_undo(learner):
    asked = question()
    grade(user=learner, question=asked, number=1, rating=3, now=NOON)
    undo(user=learner, act_id=last_act(learner).pk)
    assert next_number(learner, asked) == 2
    with pytest.raises(AlreadyGraded):
        grade(user=learner, question=asked, number=1, rating=3, now=NOON)


def test_a_clock_that_is_ahead_counts_no_seconds(learner):
    asked = question()
    late = NOON + timedelta(hours=1)
    assert grade(user=learner, question=asked, number=1, rating=3, shown_at=late, now=NOON).seconds is None


def test_a_long_absence_counts_ten_minutes(learner):
    shown = NOON - timedelta(hours=3)
    review = grade(user=learner, question=question(), number=1, rating=3, shown_at=shown, now=NOON)
    assert review.seconds == 600


def test_a_first_grade_makes_what_is_remembered_stale(learner):
    Learner.objects.create(user=learner, version=4)
    grade(user=learner, question=question(), number=1, rating=3, now=NOON)
    assert Learner.objects.get().version == 5


def test_cram_touches_neither_progress_nor_log(learner):
    asked = question()
    session = StudySession.objects.create(user=learner, mode="cram")
    cram(user=learner, question=asked, session=session, rating=1, now=NOON)
    with pytest.raises(AlreadyGraded):
        cram(user=learner, question=asked, session=session, rating=3, now=NOON)
    assert (Progress.objects.count(), Review.objects.count(), Act.objects.count()) == (0, 0, 1)
    assert SessionLog.of(session).forgotten == [asked.pk]


ACTS = {
    "grade": lambda **on: grade(number=2, rating=1, **on),
    "bury": bury,
    "star": lambda **on: star(starred=False, **on),
    "master": lambda **on: master(mastered=True, **on),
    "unmaster": lambda **on: master(mastered=False, **on),
    "reset": lambda question, **on: reset_progress(questions=type(question).objects.filter(pk=question.pk), **on),
}


@pytest.mark.parametrize("kind", ACTS)
def test_undo_restores_every_column(learner, kind):
    asked = question()
    grade(user=learner, question=asked, number=1, rating=4, now=NOON)
    marked = {"mastered_at": None if kind == "master" else NOON, "starred": True, "note": "mine"}
    Progress.objects.update(**marked, buried_until=None if kind == "bury" else NOON)
    before = columns(learner, asked)
    ACTS[kind](user=learner, question=asked, now=NOON + timedelta(days=3))
    assert columns(learner, asked) != before
    act = last_act(learner)
    assert undo(user=learner, act_id=act.pk).kind == {"unmaster": "unmaster", "star": "unstar"}.get(kind, kind)
    assert columns(learner, asked) == before
    assert Review.objects.standing().count() == 1


def test_undo_of_the_first_act_leaves_the_question_new(learner):
    asked = question()
    grade(user=learner, question=asked, number=1, rating=2, now=NOON)
    undo(user=learner, act_id=last_act(learner).pk)
    assert Progress.objects.get().memory == NEW
    assert not Progress.objects.begun().exists()


def test_a_skip_is_undone_too(learner):
    asked = question()
    session = StudySession.objects.create(user=learner)
    act = skip(user=learner, question=asked, session=session)
    assert skip(user=learner, question=asked, session=session) is None
    assert SessionLog.of(session).removed == {asked.pk}
    undo(user=learner, act_id=act.pk)
    assert SessionLog.of(session).removed == set()


def test_undo_goes_back_any_number_of_steps(learner):
    asked = questions(4)
    states = [[columns(learner, each) for each in asked]]
    for at, (each, rating) in enumerate(zip([*asked, asked[0]], (1, 2, 3, 4, 3), strict=True)):
        number = next_number(learner, each)
        grade(user=learner, question=each, number=number, rating=rating, now=NOON + timedelta(minutes=at))
        states.append([columns(learner, each) for each in asked])
    reset_progress(user=learner)
    blank = dict.fromkeys(COLUMNS) | {"starred": False, "note": ""}
    assert [columns(learner, each) for each in asked] == [blank] * 4
    for expected in reversed(states):
        now = [columns(learner, each) for each in asked]
        if now != expected:
            undo(user=learner, act_id=last_act(learner).pk)
        assert [columns(learner, each) or blank for each in asked] == [each or blank for each in expected]
    assert last_act(learner) is None


def test_undo_twice_takes_back_one_step(learner):
    for each in questions(2):
        grade(user=learner, question=each, number=1, rating=3, now=NOON)
    act = last_act(learner)
    undo(user=learner, act_id=act.pk)
    with pytest.raises(CannotUndo, match="already"):
        undo(user=learner, act_id=act.pk)
    assert Review.objects.standing().count() == 1


@pytest.mark.parametrize("later", ["grade", "reset", "master"])
def test_what_something_later_builds_on_is_undone_after_it(learner, later):
    asked = question()
    grade(user=learner, question=asked, number=1, rating=4, now=NOON)
    first = last_act(learner)
    ACTS[later](user=learner, question=asked, now=NOON + timedelta(days=1))
    before = columns(learner, asked)
    with pytest.raises(CannotUndo, match="since"):
        undo(user=learner, act_id=first.pk)
    assert columns(learner, asked) == before
    undo(user=learner, act_id=last_act(learner).pk)
    undo(user=learner, act_id=first.pk)
    assert Progress.objects.get().memory == NEW


def test_nobody_undoes_somebody_else_s_act(learner, cast):
    grade(user=learner, question=question(), number=1, rating=3, now=NOON)
    with pytest.raises(CannotUndo):
        undo(user=cast["member"], act_id=last_act(learner).pk)


def test_a_reset_says_what_is_lost_and_keeps_the_rest(learner, cast):
    asked, other = questions(2)
    for user in (learner, cast["member"]):
        grade(user=user, question=asked, number=1, rating=3, now=NOON)
    master(user=learner, question=other, mastered=True, now=NOON)
    star(user=learner, question=asked, starred=True, now=NOON)
    assert str(loss_of(learner)) == (
        "2 questions will be new again. You lose the schedule of 1 and the mastered mark of 1. "
        "Stars, notes and the history of reviews are kept."
    )
    reset_progress(user=learner, now=NOON)
    assert loss_of(learner).questions == 0
    assert reset_progress(user=learner) is None
    assert Progress.objects.get(user=learner, question=asked).starred
    assert Progress.objects.get(user=cast["member"]).memory == schedule(NEW, 3, NOON)
    assert list(Review.objects.filter(user=learner, kind="reset").values_list("number", flat=True)) == [2, 1]


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
@pytest.mark.parametrize("begun", [False, True])
def test_of_grades_at_the_same_time_one_is_stored(learner, begun):
    asked = question()
    if begun:
        grade(user=learner, question=asked, number=1, rating=3, now=NOON)
    barrier, outcomes = threading.Barrier(6), []

    def click(rating):
        try:
            barrier.wait()
            grade(user=learner, question=asked, number=1 + begun, rating=rating, now=NOON + timedelta(days=1))
            outcomes.append("graded")
        except AlreadyGraded:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=click, args=[rating]) for rating in (1, 2, 3, 4, 3, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already"] * 5 + ["graded"]
    review = Review.objects.latest("number")
    assert (Review.objects.count(), Progress.objects.count()) == (1 + begun, 1)
    assert Progress.objects.get().memory == schedule(review.before, review.rating, review.at)
