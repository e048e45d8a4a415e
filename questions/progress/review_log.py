"""Read-only sums over what a learner studied: days, true retention, streak, leeches, what is due when.

All days are the learner's. Of a year's reviews only those of this week are read every time: the sums of weeks that are
over are remembered.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from django.db.models import Count, Exists, Field, Func, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User
from accounts.prepared import prepared
from questions.catalogue.cache import remembered, scope
from questions.catalogue.pool import Pool
from questions.catalogue.selection import everything
from questions.models import Learner, Progress, Question, Review
from questions.scheduling.days import Calendar
from questions.scheduling.fsrs import REVIEW, Rating

YEAR, MONTH = 365, 30
# Of days: Anki's border between a young memory and a mature one.
MATURE = 21
# A question forgotten so often after it was learned is a leech.
LEECH, LEECHES = 4, 10


class Share(NamedTuple):
    """Recalled of so many."""

    recalled: int = 0
    total: int = 0

    def __bool__(self) -> bool:
        return self.total > 0

    @property
    def value(self) -> float:
        return self.recalled / self.total

    @property
    def percent(self) -> int:
        return round(100 * self.value)


class Day(NamedTuple):
    """Young and mature ones are what came back after it had been learned: true retention is how many were recalled."""

    reviews: int
    seconds: int
    young: int
    young_recalled: int
    mature: int
    mature_recalled: int

    @property
    def minutes(self) -> int:
        return round(self.seconds / 60)


@dataclass(frozen=True, slots=True)
class Log:
    """A year of reviews: the days that have any, and how often each progress was forgotten."""

    first: date
    today: date
    days: dict[date, Day]
    forgotten: Counter[int]

    def since(self, days: int) -> list[Day]:
        """Of the last so many days, today included."""
        start = self.today - timedelta(days=days - 1)
        return [day for date, day in self.days.items() if date >= start]

    @property
    def counts(self) -> dict[date, int]:
        return {date: day.reviews for date, day in self.days.items()}


@dataclass(frozen=True, slots=True)
class Streak:
    """Days studied in a row, where one day off does not count as an end. `longest` is within the log."""

    current: int
    longest: int
    studied_today: bool


@dataclass(frozen=True, slots=True)
class Forecast:
    """How many come due: before today, and on each of MONTH days, the first being today."""

    overdue: int
    days: list[int]

    @property
    def total(self) -> int:
        return self.overdue + sum(self.days)


def log_of(user: User, calendar: Calendar, today: date) -> Log:
    first, week = _monday(today - timedelta(days=YEAR)), _monday(today)
    past = (calendar, first, *_standing(user.pk, calendar.start(first), calendar.start(week)))
    days, forgotten = remembered((user.pk, "log", past), lambda: _sums(user, calendar, first, week))
    since, again = _sums(user, calendar, week, today + timedelta(days=1))
    return Log(first, today, {day: Day(*sums) for day, sums in (days | since).items()}, forgotten + again)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@prepared
def _standing(user: int, since: datetime, before: datetime) -> QuerySet[Any, Any]:
    """Different whenever a review of that time has come, gone or been undone; nothing else of a review ever changes."""
    log = Review.objects.filter(user=user, at__gte=since, at__lt=before).order_by().values("user")
    undone = log.filter(undone_at__isnull=False).annotate(count=Count("*")).values("count")
    return log.annotate(count=Count("*"), last=Max("pk")).values_list("count", "last", Subquery(undone))


def _sums(user: User, calendar: Calendar, first: date, end: date) -> tuple[dict[date, list[int]], Counter[int]]:
    """The days that have reviews, each as a Day has it, and how often each progress was forgotten."""
    starts = _starts(calendar, first, (end - first).days + 1)
    seconds = [start.timestamp() for start in starts]
    reviews = _graded(user.pk, starts[0], starts[-1])
    forgotten = Counter(of for _, rating, state, _, _, of in reviews if state == REVIEW and rating == Rating.AGAIN)
    days = groupby(reviews, lambda review: bisect_right(seconds, review[0]))
    return {first + timedelta(days=at - 1): _day(list(each)) for at, each in days}, forgotten


def _day(reviews: list[tuple[Any, ...]]) -> list[int]:
    back = [(stability or 0, rating > Rating.AGAIN) for _, rating, state, stability, *_ in reviews if state == REVIEW]
    young = [recalled for stability, recalled in back if stability < MATURE]
    mature = [recalled for stability, recalled in back if stability >= MATURE]
    seconds = sum(review[4] or 0 for review in reviews)
    return [len(reviews), seconds, len(young), sum(young), len(mature), sum(mature)]


@prepared
def _graded(user: int, since: datetime, before: datetime) -> QuerySet[Any, Any]:
    log = Review.objects.graded().filter(user=user, at__gte=since, at__lt=before).order_by("at")
    return log.values_list(Seconds("at"), "rating", "state_before", "stability_before", "seconds", "progress")


class Seconds(Func):
    """A moment as whole seconds since 1970, which are read faster than moments; those of an IntegerField are not."""

    output_field = Field()
    template = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "CAST(strftime('%%%%s', SUBSTR(%(expressions)s, 1, 19)) AS INTEGER)"
        return self.as_sql(compiler, connection, template=template, **context)


def retention(days: Iterable[Day]) -> tuple[Share, Share, Share]:
    """Of young ones, of mature ones, of both."""
    _, _, young, young_recalled, mature, mature_recalled = map(sum, zip(Day(0, 0, 0, 0, 0, 0), *days, strict=True))
    both = Share(young_recalled + mature_recalled, young + mature)
    return Share(young_recalled, young), Share(mature_recalled, mature), both


def months(log: Log) -> list[tuple[date, Share]]:
    """True retention by month, the first day of each standing for it; those without a recall are left out."""
    days: dict[date, list[Day]] = {}
    for day in sorted(log.days):
        days.setdefault(day.replace(day=1), []).append(log.days[day])
    shares = [(month, retention(each)[2]) for month, each in days.items()]
    return [(month, share) for month, share in shares if share]


def streak(days: Iterable[date], today: date) -> Streak:
    """Whoever has not studied yet today still can: today is no day off before it is over."""
    longest = current = 0
    last: date | None = None
    for day in sorted(day for day in days if day <= today):
        current = current + 1 if last and (day - last).days <= 2 else 1
        longest, last = max(longest, current), day
    alive = last is not None and (today - last).days <= 2
    return Streak(current if alive else 0, longest, last == today)


def leeches(log: Log, learner: Learner, version: int) -> list[tuple[Question, int]]:
    """The questions in play that were forgotten most, with how often; the worst first."""
    worst = {pk: number for pk, number in log.forgotten.most_common() if number >= LEECH}
    asked = list(worst)[: 5 * LEECHES]
    key = (version, scope(learner.user), learner.pk, learner.version, "leeches", asked)
    rows = remembered(key, lambda: _in_play(learner.user, asked)) if asked else []
    found = [(Question(pk=pk, title=title), worst[progress]) for progress, pk, title in rows]
    return sorted(found, key=lambda each: (-each[1], each[0].pk))[:LEECHES]


def _in_play(user: User, progress: Sequence[int]) -> list[tuple[int, int, str]]:
    listed = Question.objects.listed_for(user).filter(pk=OuterRef("question"))
    asked = Progress.objects.filter(Exists(listed), pk__in=progress, mastered_at__isnull=True)
    return list(asked.values_list("pk", "question", "question__title"))


def forecast(user: User, calendar: Calendar, today: date) -> Forecast:
    """Of what sessions may ask. What studying adds is not in it."""
    starts = _starts(calendar, today, MONTH + 1)
    seconds = [start.timestamp() for start in starts]
    places = Counter(
        bisect_right(seconds, asked) for (asked,) in _asked(user.pk, starts[-1], pool=everything(user).pool)
    )
    return Forecast(places[0], [places[at] for at in range(1, MONTH + 1)])


@prepared
def _asked(user: int, before: datetime, *, pool: Pool) -> QuerySet[Any, Any]:
    listed = pool.questions(user).filter(pk=OuterRef("question"))
    rows = Progress.objects.filter(Exists(listed), user=user, due__lt=before, mastered_at__isnull=True)
    return rows.values_list(Seconds(Greatest("due", Coalesce("buried_until", "due"))))


def minutes(days: Iterable[Day]) -> int:
    return round(sum(day.seconds for day in days) / 60)


def readiness(points: Mapping[str, float]) -> list[tuple[date, float]]:
    """As it was remembered day by day, in order."""
    return sorted((date.fromisoformat(day), share) for day, share in points.items())


def _starts(calendar: Calendar, first: date, days: int) -> list[datetime]:
    return [calendar.start(first + timedelta(days=at)) for at in range(days)]
