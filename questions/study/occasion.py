"""On what occasion a learner does something."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import User
from questions.models import Act, Question, StudySession

# Longer than this, and the learner was elsewhere.
LONGEST = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who does something with which question, when, in a session or not, and since when it was
    seen."""

    user: User
    question: Question
    now: datetime = field(default_factory=timezone.now)
    session: StudySession | None = None
    shown_at: datetime | None = None

    @property
    def seconds(self) -> int | None:
        """Of study, at most LONGEST; None where it is not known when the question was shown."""
        if self.shown_at is None or self.shown_at > self.now:
            return None
        return round(min(self.now - self.shown_at, LONGEST).total_seconds())

    def act(self, kind: str, rating: int | None = None) -> Act:
        """Not saved."""
        return Act(
            user=self.user,
            question=self.question,
            session=self.session,
            kind=kind,
            rating=rating,
            at=self.now,
            seconds=self.seconds,
        )
