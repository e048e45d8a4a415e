"""What waits for a learner: now, and in the days to come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.prepared import prepared
from questions.models import Progress, StudySettings
from questions.pool import Pool
from questions.scheduling import REVIEW

from .candidates import due_rows, moments
from .choosing import new_left


@dataclass(frozen=True, slots=True)
class Waiting:
    """`due` and `new` are within today's limits. `next_due`: where both are 0, when the next question comes back."""

    due: int
    new: int
    next_due: datetime | None

    @property
    def total(self) -> int:
        return self.due + self.new


def waiting(user: User, pool: Pool, settings: StudySettings, now: datetime) -> Waiting:
    """In four queries at most."""
    due = due_count(user, pool, settings, now)
    left = new_left(user, settings, now)
    new = min(left, len(_new(user.pk, pool=pool, most=settings.new_per_day))) if left else 0
    if due or new:
        return Waiting(due, new, None)
    found = _next_due(user.pk, now, pool=pool)
    return Waiting(due, new, found[0][0] if found else None)


def due_count(user: User, pool: Pool, settings: StudySettings, now: datetime) -> int:
    """Within the day's limit. In one query."""
    found = _due(user.pk, *moments(settings, now), pool=pool)
    reviews = sum(count for state, count, _ in found if state == REVIEW)
    anew = sum(count for state, count, _ in found if state != REVIEW)
    left = max(settings.reviews_per_day - found[0][2], 0) if found else 0
    return anew + min(reviews, left)


@prepared
def _due(
    user: int, now: datetime, day_ago: datetime, start: datetime, end: datetime, *, pool: Pool
) -> QuerySet[Any, Any]:
    due: QuerySet[Any, Any] = due_rows(user, now, day_ago, start, end, pool).order_by()
    states = due.values("state", "reviews_today").annotate(count=Count("pk"))
    return states.values_list("state", "count", "reviews_today")


@prepared
def _new(user: int, *, pool: Pool, most: int) -> QuerySet[Any, Any]:
    begun = Progress.objects.filter(user=user, question=OuterRef("pk")).begun()
    return pool.questions(user).exclude(Exists(begun)).values_list("pk")[:most]


@prepared
def _next_due(user: int, now: datetime, *, pool: Pool) -> QuerySet[Any, Any]:
    listed = Exists(pool.questions(user).filter(pk=OuterRef("question")))
    later = Progress.objects.filter(listed, user=user, due__gt=now, mastered_at__isnull=True)
    return later.order_by("due").values_list("due")[:1]


def coming(user: User, settings: StudySettings, now: datetime, days: int = 7) -> list[tuple[date, int]]:
    """How many questions come back later today, and on each of the learner's next days."""
    calendar = settings.calendar
    end = calendar.start(calendar.day(now) + timedelta(days=days + 1))
    rows = Progress.objects.filter(user=user.pk, due__gt=now, due__lt=end, mastered_at__isnull=True)
    counts = Counter(calendar.day(due) for due in rows.values_list("due", flat=True) if due)
    return sorted(counts.items())
