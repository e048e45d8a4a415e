"""What waits for a learner: now, and in the days to come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from accounts.prepared import prepared
from questions.catalogue.pool import Pool
from questions.interview import today
from questions.interview.knowledge import KNOWN, Knowledge
from questions.models import InterviewPlan, Progress, StudySettings
from questions.scheduling.fsrs import REVIEW

from .first_picks import MORE, new_left, not_new, weak_limit
from .options import LONGEST
from .queries import due_rows, moments

COMES_BACK = Greatest("due", Coalesce("buried_until", "due"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """`due` and `new` are what a session asks; `due_beyond` and `new_beyond` what one beyond the day's limits would ask
    as well. `next_due`: where nothing is due or new, when the next question comes back."""

    due: int
    new: int
    due_beyond: int
    new_beyond: int
    next_due: datetime | None

    @property
    def total(self) -> int:
        return self.due + self.new


class Planned(NamedTuple):
    """What an interview's plan still asks today: new questions, and such as were studied before."""

    new: int
    known: int

    @property
    def total(self) -> int:
        return self.new + self.known


def waiting(user: User, pool: Pool, settings: StudySettings, now: datetime, *, more: bool = False) -> Waiting:
    """Within the day's limits, or with `more` beyond them. In four queries at most."""
    due, due_beyond = _due_split(user, pool, settings, now)
    most = min(settings.new_per_day, LONGEST) + MORE
    left, found = new_left(user, settings, now), len(_new(user.pk, now, pool=pool, most=most))
    new = min(left, found)
    new_beyond = min(left + MORE, LONGEST, found) - new
    if more:
        due, new, due_beyond, new_beyond = due + due_beyond, new + new_beyond, 0, 0
    nothing = not (due or new or due_beyond)
    later = _next_due(user.pk, now, pool=pool) if nothing else []
    return Waiting(due, new, due_beyond, new_beyond, later[0][0] if later else None)


def due_count(user: User, pool: Pool, settings: StudySettings, now: datetime) -> int:
    """Within the day's limit. In one query."""
    return _due_split(user, pool, settings, now)[0]


def weak_count(user: User, pool: Pool, now: datetime, limit: int | None) -> int:
    """How many weak ones a session asks. In one query."""
    return min(len(_studied(user.pk, now, pool=pool)), weak_limit(limit))


def planned(
    user: User, pool: Pool, matching: int, plan: InterviewPlan, settings: StudySettings, now: datetime
) -> Planned:
    """`pool`: what the plan's filter finds, so many. In three queries, and in time that grows with what was studied."""
    mine = Knowledge.of(matching, _begun(user.pk, pool=pool))
    studied, spent = today.studied_today(user, settings, now), today.costs(user)
    asked = today.asked_today(plan, mine, settings, now, studied=studied, spent=spent)
    new = asked.count(None)
    return Planned(new, len(asked) - new)


def _due_split(user: User, pool: Pool, settings: StudySettings, now: datetime) -> tuple[int, int]:
    """How many are due within the day's limit of reviews, and how many beyond it."""
    found = _due(user.pk, *moments(settings, now), pool=pool)
    reviews = sum(count for state, count, _ in found if state == REVIEW)
    anew = sum(count for state, count, _ in found if state != REVIEW)
    left = max(settings.reviews_per_day - found[0][2], 0) if found else 0
    return anew + min(reviews, left), max(reviews - left, 0)


@prepared
def _due(
    user: int, now: datetime, day_ago: datetime, start: datetime, end: datetime, *, pool: Pool
) -> QuerySet[Any, Any]:
    due: QuerySet[Any, Any] = due_rows(user, now, day_ago, start, end, pool).order_by()
    states = due.values("state", "reviews_today").annotate(count=Count("pk"))
    return states.values_list("state", "count", "reviews_today")


@prepared
def _new(user: int, now: datetime, *, pool: Pool, most: int) -> QuerySet[Any, Any]:
    return pool.questions(user).exclude(Exists(not_new(user, now))).values_list("pk")[:most]


@prepared
def _begun(user: int, *, pool: Pool) -> QuerySet[Any, Any]:
    listed = Exists(pool.questions(user).filter(pk=OuterRef("question")))
    return Progress.objects.begun_or_buried().filter(listed, user=user).values_list(*KNOWN)


@prepared
def _studied(user: int, now: datetime, *, pool: Pool) -> QuerySet[Any, Any]:
    listed = Exists(pool.questions(user).filter(pk=OuterRef("question")))
    rows = Progress.objects.filter(listed, user=user, last_review__isnull=False).in_play(now)
    return rows.order_by().values_list("pk")[:LONGEST]


@prepared
def _next_due(user: int, now: datetime, *, pool: Pool) -> QuerySet[Any, Any]:
    listed = Exists(pool.questions(user).filter(pk=OuterRef("question")))
    later = Progress.objects.filter(Q(due__gt=now) | Q(due__isnull=False, buried_until__gt=now), listed, user=user)
    return later.filter(mastered_at__isnull=True).order_by(COMES_BACK).values_list(COMES_BACK)[:1]


def coming(user: User, pool: Pool, settings: StudySettings, now: datetime, days: int = 7) -> list[tuple[date, int]]:
    """How many questions come back later today, and on each of the learner's next days."""
    calendar = settings.calendar
    end = calendar.start(calendar.day(now) + timedelta(days=days + 1))
    return sorted(Counter(calendar.day(at) for (at,) in _coming(user.pk, now, end, pool=pool)).items())


@prepared
def _coming(user: int, now: datetime, end: datetime, *, pool: Pool) -> QuerySet[Any, Any]:
    listed = Exists(pool.questions(user).filter(pk=OuterRef("question")))
    mine = Progress.objects.filter(listed, user=user, mastered_at__isnull=True).annotate(at=COMES_BACK)
    return mine.filter(at__gt=now, at__lt=end).values_list("at")
