"""A learner's sums as figures: what each means in words, its chart, and its numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from questions.rendering import charts
from questions.rendering.words import counted, spent

from . import review_log as sums
from .review_log import Forecast, Log, Share

# With fewer recalls, a share says little.
FEW = 20
# Percentage points from the aim that are chance more often than not.
CLOSE = 3


@dataclass(frozen=True, slots=True)
class Figure:
    name: str
    title: str
    words: list[str]
    head: tuple[str, ...]
    rows: Sequence[Sequence[object]]
    plot: charts.Plot | None = None
    year: charts.Year | None = None


@lru_cache(maxsize=2 * sums.YEAR)
def short_date(day: date) -> str:
    return f"{day.day} {day:%b}"


def long_date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def answers_on(day: date, count: int) -> str:
    return f"{short_date(day)}: {counted(count, 'answer')}"


def year(log: Log) -> Figure:
    total = counted(sum(log.counts.values()), "answer")
    words = [f"You gave {total} on {counted(len(log.days), 'day')} of the last year."]
    if log.days:
        busiest = max(log.days, key=lambda day: (log.days[day].reviews, day))
        words.append(f"Most on {long_date(busiest)}: {log.days[busiest].reviews}.")
    rows = []
    for day, of_day in sorted(log.days.items(), reverse=True):
        rows.append((long_date(day), of_day.reviews, spent(of_day.minutes)))
    chart = charts.year(log.counts, log.first, log.today, answers_on)
    return Figure("year", "Answers by day", words, ("Day", "Answers", "Time"), rows, year=chart)


def retention(log: Log, desired: float) -> Figure:
    young, mature, both = sums.retention(log.since(sums.MONTH))
    aim, months = round(100 * desired), sums.months(log)
    points, below = [], {}
    for at, (month, share) in enumerate(months):
        x = at / max(len(months) - 1, 1)
        points.append((x, share.value, f"{month:%B %Y}: {share.percent}%"))
        if at in {0, len(months) - 1}:
            below[x] = f"{month:%b %Y}"
    rows = [retention_row(f"{month:%B %Y}", share) for month, share in reversed(months)]
    for name, share in (("young", young), ("mature", mature)):
        if share:
            rows.append(retention_row(f"Last 30 days, {name}", share))
    line = f"The line across the chart is your aim, {aim}%."
    words = [*recalled(both, aim), *by_age(young, mature), line]
    head = ("Month", "Recalled", "Came back", "Share")
    plot = charts.curve(points, below, desired)
    return Figure("retention", "True retention", words, head, rows, plot)


def retention_row(name: str, share: Share) -> tuple[object, ...]:
    return name, share.recalled, share.total, f"{share.percent}%"


def recalled(share: Share, aim: int) -> list[str]:
    if not share:
        return ["In the last 30 days nothing came back that you had learned before."]
    said = f"In the last 30 days you recalled {share.recalled} of {share.total} that came back: {share.percent}%."
    return [said, beside_aim(share, aim)]


def beside_aim(share: Share, aim: int) -> str:
    if share.total < FEW:
        return "So few say little yet."
    if abs(share.percent - aim) <= CLOSE:
        return "That is about what you aim for: the schedule fits your memory."
    if share.percent < aim:
        return "That is less than you aim for: questions come back later than is good for them."
    return "That is more than you aim for: questions come back sooner than they need to."


def by_age(young: Share, mature: Share) -> list[str]:
    if not (young and mature):
        return []
    return [
        f"Of young memories, made to last less than {sums.MATURE} days, you recalled "
        f"{young.percent}%; of mature ones {mature.percent}%."
    ]


def forecast(due: Forecast, today: date) -> Figure:
    days = [today + timedelta(days=at) for at in range(len(due.days))]
    values = [due.overdue + due.days[0], *due.days[1:]]
    bars = list(zip(days, values, strict=True))
    texts = [f"{short_date(day)}: {value} due" for day, value in bars]
    rows = [(short_date(day), value) for day, value in bars]
    plot = charts.bars(values, texts, names_below(days))
    words = due_words(due, values[0])
    return Figure("forecast", "Due in the next 30 days", words, ("Day", "Due"), rows, plot)


def due_words(due: Forecast, today: int) -> list[str]:
    if not due.total:
        return ["Nothing comes back in the next 30 days. Begin some new questions."]
    comes = "comes" if today == 1 else "come"
    earlier = f", {due.overdue} of them left from earlier days" if due.overdue else ""
    return [
        f"{counted(today, 'question')} {comes} back today{earlier}; {due.total} within 30 days.",
        "What you learn from now on will add to that.",
    ]


def time(log: Log) -> Figure:
    days = [log.today - timedelta(days=at) for at in reversed(range(sums.MONTH))]
    values = [log.minutes_on(day) for day in days]
    bars = list(zip(days, values, strict=True))
    texts = [f"{short_date(day)}: {spent(value)}" for day, value in bars]
    rows = [(short_date(day), spent(value)) for day, value in reversed(bars)]
    plot = charts.bars(values, texts, names_below(days))
    return Figure("time", "Minutes of study", time_words(log), ("Day", "Time"), rows, plot)


def time_words(log: Log) -> list[str]:
    recent = log.since(sums.MONTH)
    month, total = sums.minutes(recent), sums.minutes(log.days.values())
    words = [f"You studied {spent(month)} in the last 30 days, and {spent(total)} in the last year."]
    if recent:
        words.append(f"On a day with study that is {spent(round(month / len(recent)))}.")
    return [*words, "From seeing a question to grading it, at most 10 minutes each."]


def readiness(points: list[tuple[date, float]], interview: date) -> Figure:
    (first, share_then), (last, share_now) = points[0], points[-1]
    length = max((last - first).days, 1)
    marks, rows = [], []
    for day, share in points:
        percent = f"{round(100 * share)}%"
        marks.append(((day - first).days / length, share, f"{short_date(day)}: {percent}"))
        rows.append((long_date(day), percent))
    words = [
        f"On {long_date(last)} you were predicted to recall {round(100 * share_now)}% "
        f"at the interview on {long_date(interview)}."
    ]
    if len(points) > 1:
        words.append(f"It was {round(100 * share_then)}% on {long_date(first)}.")
    words.append(
        "Readiness is the mean predicted recall on that day if nothing more is studied; new questions count zero."
    )
    below = {marks[0][0]: short_date(first), marks[-1][0]: short_date(last)}
    plot = charts.curve(marks, below)
    return Figure("readiness", "Readiness", words, ("Day", "Readiness"), rows[::-1], plot)


def names_below(days: Sequence[date]) -> dict[int, str]:
    """For about every tenth day of a chart, the first and the last among them."""
    last = len(days) - 1
    return {at: short_date(days[at]) for at in (0, len(days) // 3, 2 * len(days) // 3, last)}
