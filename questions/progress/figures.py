"""A learner's sums as figures: what each means in words, its chart, and its numbers as a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from questions.rendering import charts
from questions.rendering.words import counted, spent

from . import review_log as sums

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
def written(day: date) -> str:
    return f"{day.day} {day:%b}"


def in_full(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def answers_on(day: date, count: int) -> str:
    return f"{written(day)}: {counted(count, 'answer')}"


def year(log: sums.Log) -> Figure:
    counts = log.counts
    total = sum(counts.values())
    words = [f"You gave {counted(total, 'answer')} on {counted(len(log.days), 'day')} of the last year."]
    if log.days:
        busiest = max(log.days, key=lambda day: (log.days[day].reviews, day))
        words.append(f"Most on {in_full(busiest)}: {log.days[busiest].reviews}.")
    chart = charts.year(counts, log.first, log.today, answers_on)
    rows = [
        (in_full(day), log.days[day].reviews, spent(log.days[day].minutes)) for day in sorted(log.days, reverse=True)
    ]
    return Figure("year", "Answers by day", words, ("Day", "Answers", "Time"), rows, year=chart)


def retention(log: sums.Log, desired: float) -> Figure:
    young, mature, both = sums.retention(log.since(sums.MONTH))
    aim = round(100 * desired)
    months = sums.months(log)
    points = [
        (at / max(len(months) - 1, 1), share.value, f"{month:%B %Y}: {share.percent}%")
        for at, (month, share) in enumerate(months)
    ]
    below = {points[at][0]: f"{months[at][0]:%b %Y}" for at in dict.fromkeys([0, len(points) - 1]) if points}
    rows = [(f"{month:%B %Y}", share.recalled, share.total, f"{share.percent}%") for month, share in reversed(months)]
    rows += [
        (f"Last 30 days, {name}", share.recalled, share.total, f"{share.percent}%")
        for name, share in (("young", young), ("mature", mature))
        if share
    ]
    words = [*recalled(both, aim), *by_age(young, mature), f"The line across the chart is your aim, {aim}%."]
    head = ("Month", "Recalled", "Came back", "Share")
    return Figure("retention", "True retention", words, head, rows, charts.curve(points, below, desired))


def recalled(share: sums.Share, aim: int) -> list[str]:
    if not share:
        return ["In the last 30 days nothing came back that you had learned before."]
    words = [f"In the last 30 days you recalled {share.recalled} of {share.total} that came back: {share.percent}%."]
    if share.total < FEW:
        return [*words, "So few say little yet."]
    if abs(share.percent - aim) <= CLOSE:
        return [*words, "That is about what you aim for: the schedule fits your memory."]
    if share.percent < aim:
        return [*words, "That is less than you aim for: questions come back later than is good for them."]
    return [*words, "That is more than you aim for: questions come back sooner than they need to."]


def by_age(young: sums.Share, mature: sums.Share) -> list[str]:
    if not (young and mature):
        return []
    return [
        f"Of young memories, made to last less than {sums.MATURE} days, you recalled {young.percent}%; "
        f"of mature ones {mature.percent}%."
    ]


def forecast(due: sums.Forecast, today: date) -> Figure:
    days = [today + timedelta(days=at) for at in range(len(due.days))]
    values = [due.overdue + due.days[0], *due.days[1:]]
    texts = [f"{written(day)}: {value} due" for day, value in zip(days, values, strict=True)]
    if not due.total:
        words = ["Nothing comes back in the next 30 days. Begin some new questions."]
    else:
        verb = "comes" if values[0] == 1 else "come"
        waiting = f", {due.overdue} of them left from earlier days" if due.overdue else ""
        words = [
            f"{counted(values[0], 'question')} {verb} back today{waiting}; {due.total} within 30 days.",
            "What you learn from now on will add to that.",
        ]
    rows = list(zip(map(written, days), values, strict=True))
    plot = charts.bars(values, texts, ends(days))
    return Figure("forecast", "Due in the next 30 days", words, ("Day", "Due"), rows, plot)


def time(log: sums.Log) -> Figure:
    days = [log.today - timedelta(days=at) for at in reversed(range(sums.MONTH))]
    values = [log.days[day].minutes if day in log.days else 0 for day in days]
    texts = [f"{written(day)}: {spent(value)}" for day, value in zip(days, values, strict=True)]
    total, recent = sums.minutes(log.days.values()), sums.minutes(log.since(sums.MONTH))
    studied = len(log.since(sums.MONTH))
    words = [f"You studied {spent(recent)} in the last 30 days, and {spent(total)} in the last year."]
    if studied:
        words.append(f"On a day with study that is {spent(round(recent / studied))}.")
    words.append("From seeing a question to grading it, at most 10 minutes each.")
    rows = list(zip(map(written, reversed(days)), map(spent, reversed(values)), strict=True))
    return Figure("time", "Minutes of study", words, ("Day", "Time"), rows, charts.bars(values, texts, ends(days)))


def readiness(points: list[tuple[date, float]], interview: date) -> Figure:
    first, last = points[0][0], points[-1][0]
    length = max((last - first).days, 1)
    marks = [((day - first).days / length, share, f"{written(day)}: {round(100 * share)}%") for day, share in points]
    percent = round(100 * points[-1][1])
    words = [f"On {in_full(last)} you were predicted to recall {percent}% at the interview on {in_full(interview)}."]
    if len(points) > 1:
        words.append(f"It was {round(100 * points[0][1])}% on {in_full(first)}.")
    words.append(
        "Readiness is the mean predicted recall on that day if nothing more is studied; new questions count zero."
    )
    below = {mark[0]: written(day) for mark, day in ((marks[0], first), (marks[-1], last))}
    rows = [(in_full(day), f"{round(100 * share)}%") for day, share in reversed(points)]
    return Figure("readiness", "Readiness", words, ("Day", "Readiness"), rows, charts.curve(marks, below))


def ends(days: Sequence[date]) -> dict[int, str]:
    """Names for about every tenth day of a chart, the first and the last among them."""
    return {at: written(days[at]) for at in (0, len(days) // 3, 2 * len(days) // 3, len(days) - 1)}
