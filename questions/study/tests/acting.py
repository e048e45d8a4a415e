"""What a learner does, said in a line: who it is and when stand for the context of a request."""

from questions.catalogue.selection import everything
from questions.learner.context import learner_context
from questions.study import grading, marks, sessions
from questions.study.options import Options


def begin(user, scope=None, *, now=None, **options):
    learner = learner_context(user, now)
    return sessions.begin(learner, scope or everything(user).scope, Options(**options))


def upcoming(session, scope=None, *, now=None):
    """The id of the question that a session asks next."""
    scope = scope or everything(session.user).scope
    return sessions.advance(learner_context(session.user, now), session, scope)[0]


def next_number(user, question):
    return grading.next_number(grading.progress_of(user, question))


def grade(*, user, now=None, **fields):
    return grading.grade(learner=learner_context(user, now), **fields)


def cram(*, user, now=None, **fields):
    return grading.cram(learner=learner_context(user, now), **fields)


def bury(*, user, now=None, **fields):
    return marks.bury(learner=learner_context(user, now), **fields).act


def master(**fields):
    return marks.master(**fields).act


def star(**fields):
    return marks.star(**fields).act
