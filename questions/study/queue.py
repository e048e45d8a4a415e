"""Which question comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from accounts import rows
from questions.models import Progress, StudySession, StudySettings
from questions.pool import Pool
from questions.scheduling import Rating

from . import candidates
from .done import Done
from .mixing import pick, shuffled

# Where nothing else is left, a question that comes back in minutes comes back now.
AHEAD = timedelta(minutes=20)
Mode = StudySession.Mode


@dataclass(frozen=True, slots=True)
class Choice:
    """The next question. `number` is that of the review its grade would create; `progress` is None without."""

    question_id: int
    number: int
    progress: Progress | None

    @classmethod
    def of(cls, question: int, number: int, *columns: Any) -> "Choice":
        return cls(question, number, rows.related(Progress, columns))

    def in_play(self, now: datetime) -> bool:
        """Whatever the learner did elsewhere since the session began."""
        return self.progress is None or self.progress.in_play(now)

    @property
    def new(self) -> bool:
        return self.progress is None or self.progress.state is None


def known(user: int, question: int) -> Choice:
    """A question in the hands of a learner, whatever the queue would choose."""
    found = candidates.known(user, question)
    return Choice.of(*found[0]) if found else Choice(question, 1, None)


@dataclass(frozen=True, slots=True)
class Queue:
    """What a session may still ask, of what its filter finds (`pool`), after what was done in it so far."""

    session: StudySession
    pool: Pool
    done: Done
    settings: StudySettings
    now: datetime

    def next(self) -> Choice | None:
        """None where the session is through. Few queries, whatever the catalogue holds."""
        return None if self.done.is_full(self.session) else next(self.in_turn(), None)

    def in_turn(self) -> Iterator[Choice]:
        """What comes back within minutes goes first; then, in a session of due ones, what is due; then the session's
        own list; then what would come back soon."""
        mode = self.session.mode
        if mode == Mode.CRAM:
            yield from self.listed()
            return
        again, left = self.learned(), (each for each in self.listed() if each.in_play(self.now))
        if mode == Mode.INTERVIEW:
            yield from left
            # Repeated within minutes, little is gained for the day: only what was forgotten, and after all else.
            yield from (each for each in again if self.done.graded[each.question_id] == Rating.AGAIN)
            return
        yield from (each for each in again[:1] if each.progress and each.progress.is_due(self.now))
        if mode == Mode.DUE:
            yield from self.due()
            yield from (each for each in left if each.new)
        else:
            yield from left
        yield from again

    def listed(self) -> Iterator[Choice]:
        """What is left of the session's own list, and still listed."""
        left = [pk for pk in self.session.chosen if pk not in self.done.over]
        for start in range(0, len(left), candidates.WINDOW):
            window = candidates.filled(left[start : start + candidates.WINDOW])
            found = {row[0]: row for row in candidates.listed(self.session.user_id, *window, pool=self.pool)}
            yield from (Choice.of(*found[pk]) for pk in window if pk in found)

    def learned(self) -> list[Choice]:
        """What was graded in the session and is being learned, as it comes back within minutes."""
        asked = [pk for pk in self.done.graded if pk not in self.done.removed]
        if not asked:
            return []
        until = self.now + AHEAD
        found = candidates.learned(self.session.user_id, until, *candidates.filled(asked), pool=self.pool)
        return [Choice.of(*row) for row in found]

    def due(self) -> Iterator[Choice]:
        """One of the first that are due; once the day's limit of reviews is reached, of what is being learned."""
        found = self._first_due(anew=False)
        # Asked in the query itself, the limit would cost more than all the rest.
        if found and found[0].reviews_today >= self.settings.reviews_per_day:
            found = self._first_due(anew=True)
        if found:
            tags = {each.question: each.tags for each in found}
            order = list(tags)
            if self.session.shuffled:
                order = shuffled(order, self.session.pk + self.done.grades)
            yield known(self.session.user_id, pick(order, tags, found[0].tags_of_last))

    def _first_due(self, *, anew: bool) -> list[candidates.Due]:
        days = candidates.moments(self.settings, self.now)
        removed = candidates.filled(self.done.removed) if self.done.removed else []
        found = candidates.first_due(
            self.session.user_id, *days, self.done.last or 0, *removed, pool=self.pool, anew=anew
        )
        return [candidates.Due.of(*row) for row in found]
