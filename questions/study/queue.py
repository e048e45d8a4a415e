"""Which question comes next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from questions.catalogue.pool import Pool
from questions.catalogue.selection import everything
from questions.models import StudySession, StudySettings
from questions.scheduling.fsrs import Rating
from questions.scheduling.mixing import pick, shuffled

from . import queries
from .session_log import SessionLog

# Where nothing else is left, a question that comes back in minutes comes back now.
AHEAD = timedelta(minutes=20)
Mode = StudySession.Mode


@dataclass(frozen=True, slots=True)
class Queue:
    """What a session may still ask, of what its filter finds (`pool`), after what was done in it so far."""

    session: StudySession
    pool: Pool
    done: SessionLog
    settings: StudySettings
    now: datetime

    def next(self) -> int | None:
        """The id of a question; None where the session is through. Few queries, whatever the catalogue holds."""
        return None if self.done.is_over_time(self.session) else next(self.in_turn(), None)

    def in_turn(self) -> Iterator[int]:
        """What comes back within minutes goes first; then, in a session of due ones, what is due; then the session's
        own list; then what would come back soon. Once all that was asked for was asked, only what was forgotten."""
        mode, full = self.session.mode, self.done.is_full(self.session)
        if mode == Mode.CRAM:
            yield from () if full else self.listed()
            return
        again = self.learned()
        if full or mode == Mode.INTERVIEW:
            yield from () if full else self.listed()
            # Repeated within minutes, little is gained for the day: only what was forgotten, and after all else.
            yield from (pk for pk in again if self.done.graded[pk] == Rating.AGAIN)
            return
        yield from (pk for pk, due in again.items() if due <= self.now)
        if mode == Mode.DUE:
            yield from self.due()
        yield from self.listed()
        yield from again

    def listed(self) -> Iterator[int]:
        """What is left of the session's own list. In a session of due ones these are the new ones."""
        crams, new = self.session.mode == Mode.CRAM, self.session.mode == Mode.DUE
        left = [pk for pk in self.session.chosen if pk not in self.done.over]
        # Mostly one of the first; where all of those dropped out meanwhile, the rest is asked for at once.
        for part in (left[: queries.WINDOW], left[queries.WINDOW :]):
            if not part:
                return
            window = queries.filled(part)
            found = queries.listed(self.session.user_id, self.now, *window, pool=self.pool, crams=crams, new=new)
            listed = {pk for (pk,) in found}
            yield from (pk for pk in window if pk in listed)

    def learned(self) -> dict[int, datetime]:
        """What was graded in the session, is being learned, and comes back soon, with the moment; the first first."""
        asked = [pk for pk in self.done.graded if pk not in self.done.removed]
        if not asked:
            return {}
        # The filter may be of what grading changes, such as new ones: what was asked once is asked again all the same.
        listed, until = everything(self.session.user).pool, self.now + AHEAD
        return dict(queries.learned(self.session.user_id, until, *queries.filled(asked), pool=listed))

    def due(self) -> Iterator[int]:
        """One of the first that are due; once the day's limit of reviews is reached, of what is being learned."""
        found = self._first_due(anew=False)
        # Asked in the query itself, the limit would cost more than all the rest.
        if found and found[0].reviews_today >= self.settings.reviews_per_day and not self.session.more:
            found = self._first_due(anew=True)
        if found:
            tags = {each.question: each.tags for each in found}
            order = list(tags)
            if self.session.shuffled:
                order = shuffled(order, self.session.pk + self.done.grades)
            yield pick(order, tags, found[0].tags_of_last)

    def _first_due(self, *, anew: bool) -> list[queries.Due]:
        days = queries.moments(self.settings, self.now)
        removed = queries.filled(self.done.removed) if self.done.removed else []
        found = queries.first_due(self.session.user_id, *days, self.done.last or 0, *removed, pool=self.pool, anew=anew)
        return [queries.Due.of(*row) for row in found]
