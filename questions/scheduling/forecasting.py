"""What reviews would do: FSRS-6 in closed form, and what the best use of the days that remain is
worth.

The formulas are those of "The Algorithm" in the wiki of open-spaced-repetition/fsrs4anki, as in
the `fsrs` library. The library schedules; this only looks ahead, at thousands of memories at a
time.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import product
from typing import NamedTuple

from fsrs.scheduler import DEFAULT_PARAMETERS

from .fsrs import Rating

# How first grades are spread: Again, Hard, Good, Easy.
FIRST_GRADES = (0.25, 0.2, 0.45, 0.1)
# From the last study of a day to the interview on the morning after.
MORNING = 0.6

STABILITIES = tuple(0.05 * 8000 ** (at / 17) for at in range(18))
DIFFICULTIES = (1.0, 3.25, 5.5, 7.75, 10.0)
LOG_FIRST, LOG_STEP = math.log(0.05), math.log(8000) / 17
LAST = len(STABILITIES) - 1.001
# From one stability of the grid to the next.
ROW = len(DIFFICULTIES)


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds that an answer takes: to a new question, one recalled, one forgotten."""

    new: float = 60
    recalled: float = 25
    forgotten: float = 50


@dataclass(frozen=True)
class Model:
    """The formulas, with a learner's parameters."""

    parameters: tuple[float, ...] = DEFAULT_PARAMETERS

    @cached_property
    def factor(self) -> float:
        """Of the forgetting curve.

        It is at 90 % when as many days have passed as the stability says.
        """
        return 0.9 ** (-1 / self.parameters[20]) - 1

    def recall(self, days: float, stability: float) -> float:
        return (1 + self.factor * max(days, 0.0) / stability) ** -self.parameters[20]

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
            anew, most = self.relearning(before, difficulty)
            return max(min(anew * math.exp(forgotten * w[14]), most), 0.001)
        growth = self.growth(before, difficulty) * (math.exp(forgotten * w[10]) - 1)
        growth *= {Rating.HARD: w[15], Rating.EASY: w[16]}.get(Rating(rating), 1)
        return max(before * (1 + growth), 0.001)

    def growth(self, before: float, difficulty: float) -> float:
        """What does not depend on when it is recalled."""
        w = self.parameters
        return math.exp(w[8]) * (11 - difficulty) * before ** -w[9]

    def relearning(self, before: float, difficulty: float) -> tuple[float, float]:
        """What does not depend on when it is forgotten.

        The stability but for a factor, and how much it is at most.
        """
        w = self.parameters
        anew = w[11] * difficulty ** -w[12] * ((before + 1) ** w[13] - 1)
        return anew, before / math.exp(w[17] * w[18])


def row_of(difficulty: float) -> int:
    return min(max(round((difficulty - 1) / 2.25), 0), ROW - 1)


def place(stability: float, row: int) -> tuple[int, float]:
    """Where a memory lies on the grid: a cell, and how far on the way to the next stability."""
    at = (math.log(stability) - LOG_FIRST) / LOG_STEP
    if at <= 0:
        return row, 0.0
    at = min(at, LAST)
    below = int(at)
    return below * ROW + row, at - below


class Outcome(NamedTuple):
    """A review that may come, and how likely it is recalled.

    The memory lies then in the cell `good`, else in `again`, so far `up` or `down` on the way to
    the next stability. The review takes so many seconds.
    """

    recalled: float
    good: int
    up: float
    again: int
    down: float
    seconds: float

    def value(self, grid: Sequence[float]) -> float:
        recalled, good, up, again, down, _ = self
        best, worst = grid[good], grid[again]
        worst += down * (grid[again + ROW] - worst)
        return worst + recalled * (best + up * (grid[good + ROW] - best) - worst)


class First(NamedTuple):
    """The first review of a new question.

    The cells in which its memory may lie then, each with its share.
    """

    cells: tuple[tuple[int, float], ...]
    seconds: float

    @classmethod
    def of(cls, model: Model, costs: Costs) -> "First":
        cells = []
        for rating, share in enumerate(FIRST_GRADES, start=1):
            stability, difficulty = model.first(rating)
            cell, up = place(stability, row_of(difficulty))
            cells += [(cell, share * (1 - up)), (cell + ROW, share * up)]
        return cls(tuple(cells), costs.new)

    def value(self, grid: Sequence[float]) -> float:
        return sum(share * grid[cell] for cell, share in self.cells)


def outcomes(
    model: Model,
    costs: Costs,
    stability: float,
    difficulty: float,
    days: Iterable[float],
) -> list[Outcome]:
    """Of a review so many days after the last one, for each of these."""
    w, decay, factor = model.parameters, -model.parameters[20], model.factor / stability
    growth = model.growth(stability, difficulty)
    anew, most = model.relearning(stability, difficulty)
    good_row = row_of(model.difficulty(difficulty, Rating.GOOD))
    again_row = row_of(model.difficulty(difficulty, Rating.AGAIN))
    found = []
    for each in days:
        if each < 1:
            recalled = model.recall(each, stability)
            good = model.stability(stability, difficulty, each, Rating.GOOD)
            again = model.stability(stability, difficulty, each, Rating.AGAIN)
        else:
            recalled = (1 + factor * each) ** decay
            forgotten = 1 - (1 + factor * int(each)) ** decay
            good = stability * (1 + growth * (math.exp(forgotten * w[10]) - 1))
            again = min(anew * math.exp(forgotten * w[14]), most)
        seconds = costs.forgotten + recalled * (costs.recalled - costs.forgotten)
        found.append(Outcome(recalled, *place(good, good_row), *place(again, again_row), seconds))
    return found


def waits(steps: int) -> Iterator[int]:
    """How many steps to wait for the next review is tried: 1, 2, 3, 4, 6, 9, 13, 19."""
    wait = 1
    while wait < steps:
        yield wait
        wait += max(1, wait // 2)


@lru_cache(maxsize=32)
def grid_outcomes(model: Model, costs: Costs, steps: int, days: int) -> tuple[list[Outcome], ...]:
    """For each memory of the grid, a review after each wait."""
    after = [wait * days for wait in waits(steps)]
    cells = product(STABILITIES, DIFFICULTIES)
    return tuple(outcomes(model, costs, *cell, after) for cell in cells)


@dataclass(frozen=True, slots=True)
class Worth:
    """What a memory just reviewed is worth with so many steps to go, if all time has this price.

    The first index is the number of steps, the second the cell. `recall` is the expected recall on
    the day less the price of the reviews until then; `seconds` is what those take. A step is so
    many `days`: one, where the interview is near.
    """

    price: float
    days: int
    recall: tuple[tuple[float, ...], ...]
    seconds: tuple[tuple[float, ...], ...]


def best_of(
    reviews: Iterable[Outcome | First],
    nexts: Iterable[tuple[Sequence[float], Sequence[float]]],
    price: float,
    unasked: float,
) -> tuple[float, float]:
    """What the best of these reviews is worth, and the seconds it and all after it take.

    Or `unasked`, and none. `nexts`: for each review, recall and seconds of what follows, by the
    memory it leaves.
    """
    best, cost = unasked, 0.0
    # A grid has more waits than are left near its end.
    for review, (recall, seconds) in zip(reviews, nexts, strict=False):
        value = review.value(recall) - price * review.seconds
        if value > best:
            best, cost = value, review.seconds + review.value(seconds)
    return best, cost


@lru_cache(maxsize=64)
def worth(model: Model, costs: Costs, price: float, steps: int, days: int) -> Worth:
    """Backward from the day of the interview: after a review, leave it or wait for the best moment of the next."""
    recalls: list[tuple[float, ...]] = [()]
    seconds: list[tuple[float, ...]] = [()]
    grid = grid_outcomes(model, costs, steps, days)
    for to_go in range(1, steps + 1):
        nexts = [(recalls[to_go - wait], seconds[to_go - wait]) for wait in waits(to_go)]
        best = []
        for cell, reviews in enumerate(grid):
            unasked = model.recall(to_go * days - MORNING, STABILITIES[cell // ROW])
            best.append(best_of(reviews, nexts, price, unasked))
        recalls_of_step, seconds_of_step = zip(*best, strict=True)
        recalls.append(recalls_of_step)
        seconds.append(seconds_of_step)
    return Worth(price, days, tuple(recalls), tuple(seconds))
