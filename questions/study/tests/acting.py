"""What a learner does, said in a line: who it is and when stand for the context of a request."""

from django.utils import timezone

from questions.catalogue.selection import everything
from questions.learner.context import learner_context
from questions.study import grading, marks, sessions
from questions.study.occasion import Occasion
from questions.study.options import SessionOptions


def occasion(user, question, now=None, session=None, shown_at=None):
    return Occasion(user, question, now or timezone.now(), session, shown_at)


def begin(user, scope=None, *, now=None, **options):
    learner = learner_context(user, now)
    return sessions.begin(learner, scope or everything(user).scope, SessionOptions(**options))


def upcoming(session, scope=None, *, now=None):
    """The id of the question that a session asks next."""
    scope = scope or everything(session.user).scope
    return sessions.advance(learner_context(session.user, now), session, scope)[0]


def next_number(user, question):
    return grading.next_number(grading.progress_of(user, question))


def grade(*, user, question, now=None, session=None, shown_at=None, **fields):
    settings = learner_context(user).settings
    return grading.grade(occasion(user, question, now, session, shown_at), settings, **fields)


def cram(*, rating, **on):
    return grading.cram(occasion(**on), rating)


def skip(**on):
    return marks.skip(occasion(**on))


def bury(*, user, now=None, **on):
    learner = learner_context(user, now)
    return marks.bury(occasion(user, now=learner.now, **on), learner.end_of_day).act


def master(*, mastered, **on):
    return marks.master(occasion(**on), mastered=mastered).act


def star(*, starred, **on):
    return marks.star(occasion(**on), starred=starred).act
