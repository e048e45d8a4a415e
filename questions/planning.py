"""What to study today to be ready on the day of an interview.

A question is asked today when asking it now, and then as well as can be, raises the expected recall on the day by more
than the same with today left out, for the time it takes. That time has a price: the one at which all questions together
take the minutes that remain. Nothing here changes a schedule; it only chooses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil

from .forecasting import FIRST_GRADES, Costs, Model, Place, Worth, outcome, waits, worth

MOST_STEPS = 24
# Recall on the day, for a second of study.
PRICES = (0.0, *(1e-6 * 2**at for at in range(17)))
# So many questions are enough to find the price.
SAMPLE = 150


@dataclass(frozen=True, slots=True)
class Item:
    """A question of the plan; without a stability it is new.

    `days` have passed since its last review; `seen` says whether that was since the plan was made.
    """

    id: int
    stability: float | None = None
    difficulty: float | None = None
    days: float = 0
    seen: bool = False

    @property
    def new(self) -> bool:
        return self.stability is None


@dataclass(frozen=True, slots=True)
class Horizon:
    """The study days that remain, today included; the seconds that one has; how many new questions a day may have
    where time is not short."""

    days: int
    seconds: float
    new: int

    @property
    def step(self) -> int:
        return ceil(self.days / MOST_STEPS)

    @property
    def steps(self) -> int:
        return ceil(self.days / self.step)


@dataclass(frozen=True, slots=True)
class Chance:
    """Asking a question today: recall gained for a second, the seconds it takes, and all that will follow with them."""

    item: Item
    gain: float
    seconds: float
    total: float


class Outlook:
    """The chances of questions, at one price of time."""

    def __init__(self, price: Worth, *, model: Model, costs: Costs) -> None:
        self.price, self.model, self.costs = price, model, costs
        self.left = len(price.recall) - 1

    def chance(self, item: Item) -> Chance:
        if item.stability is None or item.difficulty is None:
            return Chance(item, *self._of_new)
        later, total_later = self._unasked(item.days, item.stability), 0.0
        for wait in waits(self.left):
            value, _, total = self._asked(item.stability, item.difficulty, item.days + wait * self.price.days, wait)
            if value > later:
                later, total_later = value, total
        value, seconds, total = self._asked(item.stability, item.difficulty, item.days, 0)
        return Chance(item, (value - later) / seconds, seconds, total if value > later else total_later)

    def _unasked(self, days: float, stability: float) -> float:
        return self.model.recall(days + self.left * self.price.days, stability)

    def _asked(self, stability: float, difficulty: float, days: float, wait: int) -> tuple[float, float, float]:
        review, left = outcome(self.model, self.costs, stability, difficulty, days), self.left - wait
        value = review.value(self.price.recall[left]) - self.price.price * review.seconds
        return value, review.seconds, review.seconds + review.value(self.price.seconds[left])

    @cached_property
    def _of_new(self) -> tuple[float, float, float]:
        places = [(share, Place.of(*self.model.first(rating))) for rating, share in enumerate(FIRST_GRADES, start=1)]
        values = {
            wait: sum(share * place.value(self.price.recall[self.left - wait]) for share, place in places)
            - self.price.price * self.costs.new
            for wait in (0, *waits(self.left))
        }
        now = values.pop(0)
        wait, later = max(values.items(), key=lambda each: each[1], default=(0, 0.0))
        if max(now, later) <= 0:
            return (now - max(later, 0)) / self.costs.new, self.costs.new, 0.0
        left = self.left if now > later else self.left - wait
        follow = sum(share * place.value(self.price.seconds[left]) for share, place in places)
        return (now - max(later, 0)) / self.costs.new, self.costs.new, self.costs.new + follow


def chosen(items: Sequence[Item], horizon: Horizon, *, model: Model, costs: Costs) -> list[int]:
    """Ids for today, the most worthwhile first. Among them is what must be asked today for all to be seen in time."""
    if not items:
        return []
    outlook = _outlook(items, horizon, model, costs)
    chances = sorted(map(outlook.chance, items), key=lambda chance: -chance.gain)
    pressing = _pressing(chances, horizon)
    ids = {chance.item.id for chance in pressing}
    rest = [each for each in chances if each.item.id not in ids]
    # Where time is short, a minute of today that is not used is lost; where it is not, what gains nothing is left out.
    if outlook.price.price > PRICES[1]:
        return _fitting(pressing + rest, horizon.seconds)
    return _fitting(pressing + _few_new([each for each in rest if each.gain > 0], horizon.new), horizon.seconds)


def _outlook(items: Sequence[Item], horizon: Horizon, model: Model, costs: Costs) -> Outlook:
    """At the lowest price at which the questions take no more than the time that remains."""
    ordered = sorted(items, key=lambda item: (item.stability or 0, item.days))
    sample = ordered[:: ceil(len(items) / SAMPLE)]
    budget = horizon.days * horizon.seconds * len(sample) / len(items)

    def outlook(at: int) -> Outlook:
        return Outlook(worth(model, costs, PRICES[at], horizon.steps, horizon.step), model=model, costs=costs)

    low, high = 0, len(PRICES) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if sum(outlook(middle).chance(item).total for item in sample) > budget:
            low = middle
        else:
            high = middle
    return outlook(high)


def _pressing(chances: Iterable[Chance], horizon: Horizon) -> list[Chance]:
    """Those not seen yet that the days after today have no room for."""
    unseen = [chance for chance in chances if not chance.item.seen]
    excess = sum(chance.seconds for chance in unseen) - (horizon.days - 1) * horizon.seconds
    pressing = []
    for chance in unseen:
        if excess <= 0:
            break
        pressing.append(chance)
        excess -= chance.seconds
    return pressing


def _few_new(chances: Iterable[Chance], limit: int) -> list[Chance]:
    """All but the new ones over the limit."""
    new = 0
    kept = []
    for chance in chances:
        new += chance.item.new
        if not chance.item.new or new <= limit:
            kept.append(chance)
    return kept


def _fitting(chances: Iterable[Chance], seconds: float) -> list[int]:
    ids = []
    for chance in chances:
        if seconds <= 0:
            break
        ids.append(chance.item.id)
        seconds -= chance.seconds
    return ids


def minutes_needed(items: Iterable[Item], days: int, costs: Costs) -> int:
    """Minutes a day with which every question is seen once more in time."""
    return ceil(_once(items, costs) / max(days, 1) / 60)


def questions_that_fit(items: Sequence[Item], days: int, minutes: int, costs: Costs) -> int:
    """How many of the questions can be seen once more with these minutes a day."""
    total, time = _once(items, costs), days * minutes * 60
    return len(items) if total <= time else int(len(items) * time / total)


def _once(items: Iterable[Item], costs: Costs) -> float:
    return sum(costs.new if item.new else costs.recalled for item in items if not item.seen)
