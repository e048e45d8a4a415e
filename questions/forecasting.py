"""What reviews would do: FSRS-6 in closed form, and what the best use of the days that remain is worth.

The formulas are those of "The Algorithm" in the wiki of open-spaced-repetition/fsrs4anki, as in the `fsrs` library.
The library schedules; this only looks ahead, at thousands of memories at a time.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from fsrs.scheduler import DEFAULT_PARAMETERS

from .scheduling import Rating, retrievability

# How first grades are spread, where a learner has not given many: Again, Hard, Good, Easy.
FIRST_GRADES = (0.25, 0.2, 0.45, 0.1)
# From the last study of a day to the interview on the morning after.
MORNING = 0.6

STABILITIES = tuple(0.05 * 8000 ** (at / 17) for at in range(18))
DIFFICULTIES = (1.0, 3.25, 5.5, 7.75, 10.0)
LOG_FIRST, LOG_STEP = math.log(0.05), math.log(8000) / 17
# From one stability of the grid to the next.
ROW = len(DIFFICULTIES)


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds that an answer takes: to a new question, one recalled, one forgotten."""

    new: float = 60
    recalled: float = 25
    forgotten: float = 50


@dataclass(frozen=True, slots=True)
class Model:
    """The formulas, with a learner's parameters."""

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS

    def recall(self, days: float, stability: float) -> float:
        return retrievability(days, stability, self.parameters[20])

    def first(self, rating: int) -> tuple[float, float]:
        """Stability and difficulty after the first grade."""
        w = self.parameters
        return max(w[rating - 1], 0.001), min(max(self._first_difficulty(rating), 1), 10)

    def _first_difficulty(self, rating: int) -> float:
        return self.parameters[4] - math.exp(self.parameters[5] * (rating - 1)) + 1

    def difficulty(self, before: float, rating: int) -> float:
        w = self.parameters
        moved = before - (10 - before) * w[6] * (rating - 3) / 9
        return min(max(w[7] * self._first_difficulty(Rating.EASY) + (1 - w[7]) * moved, 1), 10)

    def stability(self, before: float, difficulty: float, days: float, rating: int) -> float:
        """After a review so many days after the last one; only whole days count."""
        w = self.parameters
        if days < 1:
            growth = math.exp(w[17] * (rating - 3 + w[18])) * before ** -w[19]
            return max(before * (growth if rating == Rating.AGAIN else max(growth, 1)), 0.001)
        forgotten = 1 - self.recall(int(days), before)
        if rating == Rating.AGAIN:
            anew = w[11] * difficulty ** -w[12] * ((before + 1) ** w[13] - 1) * math.exp(forgotten * w[14])
            return max(min(anew, before / math.exp(w[17] * w[18])), 0.001)
        growth = math.exp(w[8]) * (11 - difficulty) * before ** -w[9] * (math.exp(forgotten * w[10]) - 1)
        growth *= {Rating.HARD: w[15], Rating.EASY: w[16]}.get(Rating(rating), 1)
        return max(before * (1 + growth), 0.001)


class Place(NamedTuple):
    """Where a memory lies on the grid: a cell, and how far it is on the way to the next stability."""

    cell: int
    share: float

    @classmethod
    def of(cls, stability: float, difficulty: float) -> "Place":
        at = min(max((math.log(stability) - LOG_FIRST) / LOG_STEP, 0), len(STABILITIES) - 1.001)
        return cls(int(at) * ROW + min(max(round((difficulty - 1) / 2.25), 0), ROW - 1), at - int(at))

    def value(self, grid: Sequence[float]) -> float:
        return grid[self.cell] + self.share * (grid[self.cell + ROW] - grid[self.cell])


class Outcome(NamedTuple):
    """A review that may come: how likely it is recalled, where the memory lies then or else, the seconds it costs."""

    recalled: float
    good: Place
    again: Place
    seconds: float

    def value(self, grid: Sequence[float]) -> float:
        return self.recalled * self.good.value(grid) + (1 - self.recalled) * self.again.value(grid)


def outcome(model: Model, costs: Costs, stability: float, difficulty: float, days: float) -> Outcome:
    recalled = model.recall(days, stability)
    good, again = (
        Place.of(model.stability(stability, difficulty, days, rating), model.difficulty(difficulty, rating))
        for rating in (Rating.GOOD, Rating.AGAIN)
    )
    return Outcome(recalled, good, again, recalled * costs.recalled + (1 - recalled) * costs.forgotten)


@lru_cache(maxsize=128)
def grid_outcomes(model: Model, costs: Costs, days: int) -> tuple[Outcome, ...]:
    """For each memory of the grid, a review so many days after the last one."""
    return tuple(
        outcome(model, costs, stability, difficulty, days) for stability in STABILITIES for difficulty in DIFFICULTIES
    )


def waits(steps: int) -> Iterator[int]:
    """How many steps to wait for the next review is tried: 1, 2, 3, 4, 6, 9, 13, 19."""
    wait = 1
    while wait < steps:
        yield wait
        wait += max(1, wait // 2)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a memory just reviewed is worth with so many steps to go (the first index) if all time has this price.

    `recall` is the expected recall on the day less the price of the reviews until then; `seconds` is what those take.
    A step is so many `days`: one, where the interview is near.
    """

    price: float
    days: int
    recall: tuple[tuple[float, ...], ...]
    seconds: tuple[tuple[float, ...], ...]


@lru_cache(maxsize=64)
def worth(model: Model, costs: Costs, price: float, steps: int, days: int) -> Worth:
    """Backward from the day of the interview: after a review, leave it or wait for the best moment of the next."""
    recalls: list[tuple[float, ...]] = [()]
    seconds: list[tuple[float, ...]] = [()]
    for left in range(1, steps + 1):
        nexts = [
            (grid_outcomes(model, costs, wait * days), recalls[left - wait], seconds[left - wait])
            for wait in waits(left)
        ]
        row = []
        for cell in range(len(STABILITIES) * ROW):
            best, cost = model.recall(left * days - MORNING, STABILITIES[cell // ROW]), 0.0
            for outcomes, recall, second in nexts:
                review = outcomes[cell]
                value = review.value(recall) - price * review.seconds
                if value > best:
                    best, cost = value, review.seconds + review.value(second)
            row.append((best, cost))
        recalls.append(tuple(best for best, _ in row))
        seconds.append(tuple(cost for _, cost in row))
    return Worth(price, days, tuple(recalls), tuple(seconds))
