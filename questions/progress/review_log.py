"""Read-only sums over what a learner studied: days, true retention, streak, leeches, what is due
when. All days are the learner's."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from questions.catalogue.selection import everything
from questions.models import Progress, Question, Review
from questions.scheduling.days import Calendar
from questions.scheduling.fsrs import REVIEW, Rating
from questions.study.due_counts import COMES_BACK

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

    def plus(self, recalled: int, total: int) -> "Share":
        return Share(self.recalled + recalled, self.total + total)

    @property
    def value(self) -> float:
        return self.recalled / self.total

    @property
    def percent(self) -> int:
        return round(100 * self.value)


class Graded(NamedTuple):
    """A review, as the log is read."""

    at: datetime
    rating: int
    state: int | None
    stability: float | None
    seconds: int | None
    progress: int

    @property
    def came_back(self) -> bool:
        """After it had been learned: retention is measured by these."""
        return self.state == REVIEW

    @property
    def recalled(self) -> bool:
        return self.rating > Rating.AGAIN

    @property
    def is_mature(self) -> bool:
        return (self.stability or 0) >= MATURE


class Day(NamedTuple):
    """Young and mature ones are what came back after it had been learned.

    True retention is how many of them were recalled.
    """

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

    def minutes_on(self, date: date) -> int:
        day = self.days.get(date)
        return day.minutes if day else 0


@dataclass(frozen=True, slots=True)
class Streak:
    """Days studied in a row, where one day off is no end. `longest` is within the log."""

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
    """In one query, which reads the year."""
    first = _monday(today - timedelta(days=YEAR))
    starts = _starts(calendar, first, (today - first).days + 2)
    reviews = _graded(user, starts[0], starts[-1])
    days = {}
    for number, reviews_of_day in groupby(reviews, lambda review: bisect_right(starts, review.at)):
        days[first + timedelta(days=number - 1)] = _day(list(reviews_of_day))
    return Log(first, today, days, _forgotten(reviews))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _graded(user: User, since: datetime, before: datetime) -> list[Graded]:
    log = Review.objects.graded().filter(user=user, at__gte=since, at__lt=before).order_by("at")
    columns = ("at", "rating", "state_before", "stability_before", "seconds", "progress")
    return [Graded(*row) for row in log.values_list(*columns)]


def _day(reviews: Sequence[Graded]) -> Day:
    back = [review for review in reviews if review.came_back]
    young = [review.recalled for review in back if not review.is_mature]
    mature = [review.recalled for review in back if review.is_mature]
    seconds = sum(review.seconds or 0 for review in reviews)
    return Day(len(reviews), seconds, len(young), sum(young), len(mature), sum(mature))


def _forgotten(reviews: Iterable[Graded]) -> Counter[int]:
    forgotten = Counter[int]()
    for review in reviews:
        if review.came_back and not review.recalled:
            forgotten[review.progress] += 1
    return forgotten


def retention(days: Iterable[Day]) -> tuple[Share, Share, Share]:
    """Of young ones, of mature ones, of both."""
    young, mature = Share(), Share()
    for day in days:
        young = young.plus(day.young_recalled, day.young)
        mature = mature.plus(day.mature_recalled, day.mature)
    return young, mature, young.plus(mature.recalled, mature.total)


def months(log: Log) -> list[tuple[date, Share]]:
    """True retention by month, the first day of each standing for it.

    Those without a recall are left out.
    """
    days: dict[date, list[Day]] = defaultdict(list)
    for day in sorted(log.days):
        days[day.replace(day=1)].append(log.days[day])
    shares = [(month, retention(days_of_month)[2]) for month, days_of_month in days.items()]
    return [(month, share) for month, share in shares if share]


def streak(days: Iterable[date], today: date) -> Streak:
    """Whoever has not studied yet today still can: today is no day off before it is over."""
    longest = current = 0
    last: date | None = None
    for day in sorted(day for day in days if day <= today):
        current = current + 1 if goes_on(last, day) else 1
        longest, last = max(longest, current), day
    return Streak(current if goes_on(last, today) else 0, longest, last == today)


def goes_on(last: date | None, day: date) -> bool:
    """One day without study does not end a streak."""
    return last is not None and (day - last).days <= 2


def leeches(user: User, log: Log) -> list[tuple[Question, int]]:
    """The questions in play that were forgotten most, with how often; the worst first."""
    worst = {pk: number for pk, number in log.forgotten.most_common() if number >= LEECH}
    if not worst:
        return []
    listed = Question.objects.listed_for(user).filter(pk=OuterRef("question"))
    rows = Progress.objects.filter(pk__in=list(worst)[: 5 * LEECHES], mastered_at__isnull=True)
    asked = rows.filter(Exists(listed)).select_related("question")
    found = [(row.question, worst[row.pk]) for row in asked]
    return sorted(found, key=lambda leech: (-leech[1], leech[0].pk))[:LEECHES]


def forecast(user: User, calendar: Calendar, today: date) -> Forecast:
    """Of what sessions may ask. What studying adds is not in it."""
    starts = _starts(calendar, today, MONTH + 1)
    listed = everything(user).scope.contains("question")
    rows = Progress.objects.filter(listed, user=user, due__lt=starts[-1], mastered_at__isnull=True)
    to_come = Q(due__gte=starts[0]) | Q(buried_until__gte=starts[0])
    moments = rows.filter(to_come).values_list(COMES_BACK)
    days = Counter(bisect_right(starts, moment) for (moment,) in moments)
    # Of the others there may be many: they are counted where they are.
    overdue = rows.filter(Q(buried_until__isnull=True) | Q(buried_until__lt=starts[0]))
    overdue = overdue.filter(due__lt=starts[0])
    return Forecast(overdue.count(), [days[at] for at in range(1, MONTH + 1)])


def minutes(days: Iterable[Day]) -> int:
    return round(sum(day.seconds for day in days) / 60)


def readiness(points: Mapping[str, float]) -> list[tuple[date, float]]:
    """As it was remembered day by day, in order."""
    return sorted((date.fromisoformat(day), share) for day, share in points.items())


def _starts(calendar: Calendar, first: date, days: int) -> list[datetime]:
    return [calendar.start(first + timedelta(days=at)) for at in range(days)]
