"""Many acts of one learner on one question at the same moment, in threads with connections of their own."""

import threading

import pytest
from django.core.management import call_command
from django.db import connection

from questions.models import Act, Learner, Progress, Review, StudySession, StudySettings
from questions.study import marks
from questions.study.grading import AlreadyGraded
from questions.study.reset import reset_progress
from questions.study.tests.acting import begin, grade, master, next_number, star
from questions.study.undo import CannotUndo, last_act
from questions.study.undo import undo as undo_
from questions.tests import factories

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


def at_once(*acts):
    """What each gave, or the exception that it ended with."""
    barrier, outcomes = threading.Barrier(len(acts)), [None] * len(acts)

    def run(at, act):
        try:
            barrier.wait()
            outcomes[at] = act()
        except Exception as error:
            outcomes[at] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_whatever_comes_together_is_done_in_turn(cast, capsys):
    learner, asked = cast["member"], factories.question()
    StudySettings.objects.create(user=learner, fuzz=False)
    allowed = (AlreadyGraded, CannotUndo)
    for step in range(12):
        number = next_number(learner, asked)

        def give(rating, number=number):
            return grade(user=learner, question=asked, number=number, rating=rating)

        def undo():
            last = last_act(learner)
            return last and undo_(user=learner, act_id=last.pk)

        outcomes = at_once(
            lambda: give(3),
            lambda: give(1),
            undo,
            lambda: reset_progress(user=learner),
            lambda: master(user=learner, question=asked, mastered=step % 2 == 0),  # noqa: B023
            lambda: star(user=learner, question=asked, starred=step % 3 == 0),  # noqa: B023
            lambda: marks.keep_note(user=learner, question=asked, note=f"Step {step}"),  # noqa: B023
        )
        wrong = [each for each in outcomes if isinstance(each, Exception) and not isinstance(each, allowed)]
        assert wrong == []
        assert sum(isinstance(each, Review) for each in outcomes[:2]) <= 1
    assert Progress.objects.count() == 1
    numbers = list(Review.objects.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert Act.objects.filter(kind="grade").count() == Review.objects.filter(kind="review").count()
    call_command("recompute_progress", "--check")
    assert capsys.readouterr().out == "1 checked, 0 differ.\n"


def test_every_change_of_what_lists_count_makes_a_version_of_its_own(cast):
    learner, asked = cast["member"], factories.questions(6)
    Learner.objects.create(user=learner)
    outcomes = at_once(*(lambda each=each: star(user=learner, question=each, starred=True) for each in asked))
    assert not [each for each in outcomes if isinstance(each, Exception)]
    assert Learner.objects.get(pk=learner.pk).version == len(asked)


def test_of_sessions_begun_together_one_is_under_way(cast):
    learner = cast["member"]
    factories.questions(3)
    for _ in range(5):
        at_once(*[lambda: begin(learner)] * 3)
        assert StudySession.objects.filter(user=learner, ended_at=None).count() == 1
