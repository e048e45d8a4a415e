"""Read-only sums over what a learner studied: days, true retention, streak, leeches, what is due when.

All days are the learner's. One query reads the reviews of a year; the rest is counting.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef
from django.db.models.functions import Coalesce, Greatest

from accounts.models import User

from .days import Calendar
from .models import Progress, Question, Review
from .scheduling import REVIEW, Rating

YEAR, MONTH = 365, 30
# Of days: Anki's border between a young memory and a mature one.
MATURE = 21
# A question forgotten so often after it was learned is a leech.
LEECH, LEECHES = 4, 10


@dataclass(slots=True)
class Share:
    """Recalled of so many."""

    recalled: int = 0
    total: int = 0

    def add(self, other: "Share") -> None:
        self.recalled += other.recalled
        self.total += other.total

    def __bool__(self) -> bool:
        return self.total > 0

    @property
    def value(self) -> float:
        return self.recalled / self.total

    @property
    def percent(self) -> int:
        return round(100 * self.value)


@dataclass(slots=True)
class Day:
    """`young` and `mature` count recalls of what had been learned: true retention."""

    reviews: int = 0
    seconds: int = 0
    young: Share = field(default_factory=Share)
    mature: Share = field(default_factory=Share)


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
    first = today - timedelta(days=YEAR)
    first -= timedelta(days=first.weekday())
    starts = _starts(calendar, first, (today - first).days + 1)
    reviews = Review.objects.graded().filter(user=user, at__gte=starts[0]).order_by("at")
    log = Log(first, today, {}, Counter())
    rows = reviews.values_list("at", "rating", "state_before", "stability_before", "seconds", "progress")
    for at, rating, state, stability, seconds, progress in rows.iterator(chunk_size=2000):
        day = log.days.setdefault(first + timedelta(days=bisect_right(starts, at) - 1), Day())
        day.reviews += 1
        day.seconds += seconds or 0
        if state != REVIEW:
            continue
        recalled = (rating or 0) > Rating.AGAIN
        (day.mature if (stability or 0) >= MATURE else day.young).add(Share(int(recalled), 1))
        if not recalled:
            log.forgotten[progress] += 1
    return log


def retention(days: Iterable[Day]) -> tuple[Share, Share, Share]:
    """Of young ones, of mature ones, of both."""
    young, mature, both = Share(), Share(), Share()
    for day in days:
        young.add(day.young)
        mature.add(day.mature)
    both.add(young)
    both.add(mature)
    return young, mature, both


def months(log: Log) -> list[tuple[date, Share]]:
    """True retention by month, the first day of each standing for it; those without a recall are left out."""
    shares: dict[date, Share] = {}
    for day in sorted(log.days):
        share = shares.setdefault(day.replace(day=1), Share())
        share.add(retention([log.days[day]])[2])
    return [(month, share) for month, share in shares.items() if share]


def streak(days: Iterable[date], today: date) -> Streak:
    """Whoever has not studied yet today still can: today is no day off before it is over."""
    longest = current = 0
    last: date | None = None
    for day in sorted(day for day in days if day <= today):
        current = current + 1 if last and (day - last).days <= 2 else 1
        longest, last = max(longest, current), day
    alive = last is not None and (today - last).days <= 2
    return Streak(current if alive else 0, longest, last == today)


def leeches(user: User, log: Log) -> list[tuple[Question, int]]:
    """The questions in play that were forgotten most, with how often; the worst first."""
    worst = {pk: number for pk, number in log.forgotten.most_common() if number >= LEECH}
    listed = Question.objects.listed_for(user).filter(pk=OuterRef("question"))
    asked = Progress.objects.filter(Exists(listed), pk__in=list(worst)[: 5 * LEECHES], mastered_at__isnull=True)
    rows = asked.values_list("pk", "question", "question__title")
    found = [(Question(pk=pk, title=title), worst[progress]) for progress, pk, title in rows]
    return sorted(found, key=lambda each: (-each[1], each[0].pk))[:LEECHES]


def forecast(user: User, calendar: Calendar, today: date) -> Forecast:
    """Of what sessions may ask. What studying adds is not in it."""
    starts = _starts(calendar, today, MONTH + 1)
    listed = Question.objects.listed_for(user).filter(pk=OuterRef("question"))
    rows = Progress.objects.filter(Exists(listed), user=user, due__lt=starts[-1], mastered_at__isnull=True)
    rows = rows.annotate(asked=Greatest("due", Coalesce("buried_until", "due")))
    places = Counter(bisect_right(starts, asked) for asked in rows.values_list("asked", flat=True).iterator())
    return Forecast(places[0], [places[at] for at in range(1, MONTH + 1)])


def minutes(days: Iterable[Day]) -> int:
    return round(sum(day.seconds for day in days) / 60)


def readiness(points: Mapping[str, float]) -> list[tuple[date, float]]:
    """As it was remembered day by day, in order."""
    return sorted((date.fromisoformat(day), share) for day, share in points.items())


def _starts(calendar: Calendar, first: date, days: int) -> list[datetime]:
    return [calendar.start(first + timedelta(days=at)) for at in range(days)]
