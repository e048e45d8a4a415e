"""What was done in a session so far, from its acts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from questions.models import Act, StudySession
from questions.scheduling.fsrs import Rating

Kind = Act.Kind
REMOVING = {Kind.SKIP, Kind.BURY, Kind.MASTER}
COLUMNS = ("pk", "kind", "question", "rating", "seconds", "reviews__due_after")


@dataclass(slots=True)
class SessionLog:
    """What was done, by the ids of questions.

    `graded` has the last rating, in the order in which they were first asked; `first` the first
    one; `due` when they come back after the last one, where a review was stored.
    """

    graded: dict[int, int] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    due: dict[int, datetime] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    last: int | None = None
    last_act: int | None = None
    grades: int = 0
    seconds: int = 0

    @classmethod
    def of(cls, session: StudySession) -> "SessionLog":
        """In one query."""
        acts = Act.objects.standing().filter(session=session).order_by("pk")
        return cls.from_acts(acts.values_list(*COLUMNS))

    @classmethod
    def from_acts(cls, acts: Iterable[tuple]) -> "SessionLog":
        """`acts`: rows of Act, with COLUMNS."""
        log = cls()
        for pk, kind, question, rating, seconds, due in acts:
            log.last_act = pk
            log.seconds += seconds or 0
            if rating:
                log.add_grade(question, rating, due)
            elif kind in REMOVING:
                log.removed.add(question)
            elif kind == Kind.UNMASTER:
                log.removed.discard(question)
        return log

    def add_grade(self, question: int, rating: int, due: datetime | None) -> None:
        self.graded[question] = rating
        self.first.setdefault(question, rating)
        if due:
            self.due[question] = due
        self.last = question
        self.grades += 1

    def wanted(self, session: StudySession) -> int:
        """How many questions the session has, without those that were put aside ungraded."""
        count = session.expected - len(self.removed - self.graded.keys())
        return max(min(session.limit or count, count), 0)

    def is_over_time(self, session: StudySession) -> bool:
        return session.minutes is not None and self.seconds >= session.minutes * 60

    def is_full(self, session: StudySession) -> bool:
        """Whether as many were asked as were asked for. One that is asked again counts once."""
        return session.limit is not None and len(self.graded) >= session.limit

    @property
    def over(self) -> set[int]:
        """What the session's own list does not ask again."""
        return self.removed | self.graded.keys()

    @property
    def recalled(self) -> list[int]:
        """Known when first asked in the session."""
        return [question for question, rating in self.first.items() if rating > Rating.AGAIN]

    @property
    def forgotten(self) -> list[int]:
        return [question for question, rating in self.first.items() if rating == Rating.AGAIN]
