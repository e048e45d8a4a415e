"""What waits for a learner: now, and in the days to come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Exists, Max, Min, OuterRef, Q

from accounts.models import User
from questions.models import Progress, StudySettings
from questions.models.catalogue import QuestionQuerySet
from questions.scheduling import REVIEW

from .choosing import new_left
from .queue import due_rows


@dataclass(frozen=True, slots=True)
class Waiting:
    """`due` and `new` are within today's limits. `next_due`: where both are 0, when the next question comes back."""

    due: int
    new: int
    next_due: datetime | None

    @property
    def total(self) -> int:
        return self.due + self.new


def waiting(user: User, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> Waiting:
    """In four queries at most."""
    candidates = candidates.order_by()
    due = due_count(user, candidates, settings, now)
    left = new_left(user, settings, now)
    begun = Progress.objects.filter(user=user.pk, question=OuterRef("pk")).begun()
    new = candidates.exclude(Exists(begun)).values("pk")[:left].count() if left else 0
    return Waiting(due, new, None if due or new else _next_due(user, candidates, now))


def due_count(user: User, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> int:
    """Within the day's limit. In one query."""
    is_review = Q(state=REVIEW)
    sums = due_rows(user.pk, candidates.order_by(), settings, now).aggregate(
        reviews=Count("pk", filter=is_review), anew=Count("pk", filter=~is_review), today=Max("reviews_today")
    )
    return sums["anew"] + min(sums["reviews"], max(settings.reviews_per_day - (sums["today"] or 0), 0))


def _next_due(user: User, candidates: QuestionQuerySet, now: datetime) -> datetime | None:
    rows = Progress.objects.filter(Exists(candidates.filter(pk=OuterRef("question"))), user=user.pk, due__gt=now)
    return rows.filter(mastered_at__isnull=True).aggregate(first=Min("due"))["first"]


def coming(user: User, settings: StudySettings, now: datetime, days: int = 7) -> list[tuple[date, int]]:
    """How many questions come back on each of the learner's next days, today left out."""
    calendar = settings.calendar
    today = calendar.day(now)
    end = calendar.start(today + timedelta(days=days + 1))
    rows = Progress.objects.filter(user=user.pk, due__gte=calendar.end(today), due__lt=end, mastered_at__isnull=True)
    counts = Counter(calendar.day(due) for due in rows.values_list("due", flat=True) if due)
    return sorted(counts.items())
