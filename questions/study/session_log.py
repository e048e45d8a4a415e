"""What was done in a session so far, from its acts."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from accounts.prepared import prepared
from questions.models import Act, StudySession
from questions.scheduling.fsrs import Rating

Kind = Act.Kind
REMOVING = {Kind.SKIP, Kind.BURY, Kind.MASTER}


@dataclass(slots=True)
class SessionLog:
    """`graded` has a question's last rating by its id, in the order they were first asked."""

    graded: dict[int, int] = field(default_factory=dict)
    first: dict[int, int] = field(default_factory=dict)
    removed: set[int] = field(default_factory=set)
    last: int | None = None
    last_act: int | None = None
    grades: int = 0
    seconds: int = 0

    @classmethod
    def of(cls, session: StudySession) -> "SessionLog":
        """In one query."""
        return cls.from_acts(_acts(session.pk))

    @classmethod
    def from_acts(cls, acts: Iterable[tuple]) -> "SessionLog":
        done = cls()
        for pk, kind, question, rating, seconds in acts:
            done.last_act = pk
            done.seconds += seconds or 0
            if rating:
                done.graded[question] = rating
                done.first.setdefault(question, rating)
                done.last = question
                done.grades += 1
            elif kind in REMOVING:
                done.removed.add(question)
            elif kind == Kind.UNMASTER:
                done.removed.discard(question)
        return done

    def wanted(self, session: StudySession) -> int:
        """How many questions the session is about, without those that were put aside ungraded."""
        left = session.expected - len(self.removed - self.graded.keys())
        return max(min(session.limit or left, left), 0)

    def is_over_time(self, session: StudySession) -> bool:
        return session.minutes is not None and self.seconds >= session.minutes * 60

    def is_full(self, session: StudySession) -> bool:
        """Whether as many questions were asked as were asked for. One that is asked again counts once."""
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


@prepared
def _acts(session: int) -> QuerySet[Any, Any]:
    acts = Act.objects.standing().filter(session=session).order_by("pk")
    return acts.values_list("pk", "kind", "question", "rating", "seconds")
