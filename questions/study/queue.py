"""Which question comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from questions.catalogue.lookups import tags_of
from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.models import StudySession
from questions.scheduling.fsrs import REVIEW, Rating
from questions.scheduling.mixing import pick, shuffled

from . import queries
from .session_log import SessionLog

# Where nothing else is left, a question that comes back in minutes comes back now.
AHEAD = timedelta(minutes=20)
Mode = StudySession.Mode


@dataclass(frozen=True, slots=True)
class Queue:
    """What a session may still ask, of its scope, after what was done in it so far."""

    learner: LearnerContext
    session: StudySession
    scope: SessionScope
    log: SessionLog

    def next(self) -> int | None:
        """The id of a question; None where the session is through.

        In few queries, whatever the catalogue holds.
        """
        if self.log.is_over_time(self.session):
            return None
        return next(self.in_turn(), None)

    def in_turn(self) -> Iterator[int]:
        """What comes back within minutes goes first; then, in a session of due ones, what is due;
        then the session's own list; then what would come back soon."""
        mode, now = self.session.mode, self.learner.now
        if self.log.is_full(self.session):
            yield from self.forgotten()
        elif mode == Mode.CRAM:
            yield from self.listed()
        elif mode == Mode.INTERVIEW:
            # Repeated within minutes, little is gained for the day.
            yield from self.listed()
            yield from self.forgotten()
        else:
            yield from self.learning(now)
            if mode == Mode.DUE:
                yield from self.due()
            yield from self.listed()
            yield from self.learning(now + AHEAD)

    def learning(self, until: datetime) -> Iterator[int]:
        """What was graded in the session and comes back until then, the first first."""
        asked = [question for question, due in self.log.due.items() if due <= until]
        rest = set(asked) - self.log.removed
        if rest:
            yield from queries.being_learned(self.learner, rest, until)

    def forgotten(self) -> Iterator[int]:
        """Of that, what was forgotten: it is asked even where all that was asked for was asked."""
        for question in self.learning(self.learner.now + AHEAD):
            if self.log.graded[question] == Rating.AGAIN:
                yield question

    def listed(self) -> Iterator[int]:
        """What is left of the session's own list: in a session of due ones, the new ones."""
        over = self.log.over
        rest = [question for question in self.session.chosen if question not in over]
        # Mostly one of the first; where all of those dropped out meanwhile, all others are tried.
        yield from self.still_asked(rest[: queries.WINDOW])
        yield from self.still_asked(rest[queries.WINDOW :])

    def still_asked(self, questions: list[int]) -> Iterator[int]:
        if questions:
            mode = self.session.mode
            crams, new = mode == Mode.CRAM, mode == Mode.DUE
            found = queries.still_asked(self.learner, self.scope, questions, crams=crams, new=new)
            yield from filter(found.__contains__, questions)

    def due(self) -> Iterator[int]:
        """One of the first that are due, on another topic than the last one.

        Once the day's limit of reviews is reached, only of what is being learned.
        """
        rows = queries.due_rows(self.learner, self.scope)
        found = queries.first_due(rows, self.log.removed)
        if REVIEW in found.values() and self.is_over_limit():
            anew = rows.filter(state__in=queries.ANEW)
            found = queries.first_due(anew, self.log.removed)
        if found:
            yield self.on_another_topic(list(found))

    def is_over_limit(self) -> bool:
        if self.session.more:
            return False
        return self.learner.studied_today.repeated >= self.learner.settings.reviews_per_day

    def on_another_topic(self, questions: list[int]) -> int:
        """Than the last question of the session, as far as there is such a one."""
        last = self.log.last or 0
        tags = tags_of([*questions, last])
        if self.session.shuffled:
            questions = shuffled(questions, self.session.pk + self.log.grades)
        return pick(questions, tags, tags.get(last, frozenset()))
