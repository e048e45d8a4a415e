"""What to study today to be ready on the day of an interview.

A question is asked today when asking it now, and then as well as can be, raises the expected
recall on the day by more than the same with today left out, for the time it takes. That time has a
price: the one at which all questions together take the minutes that remain. Nothing here changes a
schedule; it only chooses.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from .forecasting import Costs, First, Model, Outcome, Worth, best_of, outcomes, waits, worth

MOST_STEPS = 24
# Recall on the day, for a second of study.
PRICES = (0.0, *(1e-6 * 2**at for at in range(17)))
# So many questions studied before are enough to find the price.
SAMPLE = 150


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A question that was studied.

    `days` have passed since its last review; `seen` says whether that was since the plan was made.
    """

    id: int
    stability: float
    difficulty: float
    days: float = 0
    seen: bool = False


@dataclass(frozen=True, slots=True)
class Material:
    """The questions of a plan: those that were studied, and how many are new.

    New ones are all alike.
    """

    known: Sequence[PlanItem] = ()
    new: int = 0

    def __len__(self) -> int:
        return len(self.known) + self.new

    @property
    def unseen(self) -> int:
        """How many were not seen since the plan was made."""
        return self.new + sum(not item.seen for item in self.known)

    def seconds_needed(self, costs: Costs) -> float:
        """To see each of the unseen ones once."""
        return self.new * costs.new + (self.unseen - self.new) * costs.recalled


@dataclass(frozen=True, slots=True)
class Horizon:
    """The study days that remain, today included; the seconds that one has, and those that today
    still has; how many new questions today may have where time is not short."""

    days: int
    seconds: float
    today: float
    new: int

    @property
    def after_today(self) -> float:
        return (self.days - 1) * self.seconds

    @property
    def step(self) -> int:
        return ceil(self.days / MOST_STEPS)

    @property
    def steps(self) -> int:
        return ceil(self.days / self.step)


@dataclass(frozen=True, slots=True)
class Prospect:
    """What is to come of a question, a new one where there is no item.

    The recall on the day if it is not asked again, and a review of it today or after each wait.
    """

    item: PlanItem | None
    unasked: float
    today: Outcome | First
    later: Sequence[Outcome | First]

    @classmethod
    def of(cls, item: PlanItem, horizon: Horizon, model: Model, costs: Costs) -> "Prospect":
        days = [item.days + wait * horizon.step for wait in (0, *waits(horizon.steps))]
        today, *later = outcomes(model, costs, item.stability, item.difficulty, days)
        unasked = model.recall(item.days + horizon.steps * horizon.step, item.stability)
        return cls(item, unasked, today, later)

    @classmethod
    def of_new(cls, horizon: Horizon, model: Model, costs: Costs) -> "Prospect":
        today = First.of(model, costs)
        return cls(None, 0.0, today, [today for _ in waits(horizon.steps)])


@dataclass(frozen=True, slots=True)
class Chance:
    """Asking a question today: recall gained for a second, the seconds that it takes, and those of
    all that will follow as well."""

    item: PlanItem | None
    gain: float
    seconds: float
    total: float

    @property
    def id(self) -> int | None:
        return self.item.id if self.item else None

    @property
    def seen(self) -> bool:
        return self.item is not None and self.item.seen


class Outlook:
    """The chances of questions, at one price of time."""

    def __init__(self, worth: Worth) -> None:
        self.price, steps = worth.price, len(worth.recall) - 1
        at = [steps - wait for wait in (0, *waits(steps))]
        self.today, *self.later = [(worth.recall[each], worth.seconds[each]) for each in at]

    def chance(self, prospect: Prospect) -> Chance:
        recall, seconds = self.today
        review = prospect.today
        later, total = best_of(prospect.later, self.later, self.price, prospect.unasked)
        value = review.value(recall) - self.price * review.seconds
        if value > later:
            total = review.seconds + review.value(seconds)
        return Chance(prospect.item, (value - later) / review.seconds, review.seconds, total)


def picks_for_today(
    material: Material,
    horizon: Horizon,
    *,
    model: Model,
    costs: Costs,
) -> list[int | None]:
    """Ids, the most worthwhile first; None is a new one.

    Among them is what must be asked today for all to be seen in time.
    """
    known = [Prospect.of(item, horizon, model, costs) for item in material.known]
    new = Prospect.of_new(horizon, model, costs)
    sample = _sample(known)
    shares = [(new, material.new), *((each, len(known) / len(sample)) for each in sample)]
    outlook = _outlook(shares, horizon, model, costs)
    chances = [outlook.chance(each) for each in known]
    unseen = [chance.seconds for chance in chances if not chance.seen]
    excess = material.new * costs.new + sum(unseen)
    # More new ones than these do not fit.
    chances += [outlook.chance(new)] * min(material.new, ceil(horizon.today / costs.new))
    chances.sort(key=lambda chance: -chance.gain)
    pressing, rest = _split(chances, excess - horizon.after_today)
    # Where time is short, a minute of today that is not used is lost.
    # Where it is not, what gains nothing is left out.
    if outlook.price <= PRICES[1]:
        rest = _few_new((chance for chance in rest if chance.gain > 0), horizon.new)
    return _fitting(pressing + rest, horizon.today)


def _sample(known: Sequence[Prospect]) -> Sequence[Prospect]:
    ordered = sorted(known, key=lambda each: (each.unasked, each.today.seconds))
    return ordered[:: ceil(len(known) / SAMPLE) or 1]


def _outlook(
    shares: Sequence[tuple[Prospect, float]],
    horizon: Horizon,
    model: Model,
    costs: Costs,
) -> Outlook:
    """At the lowest price at which the questions take no more than the time that remains.

    `shares`: how many questions each prospect stands for.
    """

    def outlook(at: int) -> Outlook:
        return Outlook(worth(model, costs, PRICES[at], horizon.steps, horizon.step))

    low, high = 0, len(PRICES) - 1
    while high - low > 1:
        middle = (low + high) // 2
        at = outlook(middle)
        seconds = sum(share * at.chance(prospect).total for prospect, share in shares)
        if seconds > horizon.today + horizon.after_today:
            low = middle
        else:
            high = middle
    return outlook(high)


def _split(chances: Iterable[Chance], excess: float) -> tuple[list[Chance], list[Chance]]:
    """Those not seen yet that the days after today have no room for, and the rest."""
    pressing, rest = [], []
    for chance in chances:
        if chance.seen or excess <= 0:
            rest.append(chance)
        else:
            pressing.append(chance)
            excess -= chance.seconds
    return pressing, rest


def _few_new(chances: Iterable[Chance], limit: int) -> list[Chance]:
    """All but the new ones over the limit."""
    kept = []
    for chance in chances:
        limit -= chance.item is None
        if chance.item or limit >= 0:
            kept.append(chance)
    return kept


def _fitting(chances: Iterable[Chance], seconds: float) -> list[int | None]:
    ids = []
    for chance in chances:
        if seconds <= 0:
            break
        ids.append(chance.id)
        seconds -= chance.seconds
    return ids


def minutes_needed(material: Material, days: int, costs: Costs) -> int:
    """Minutes a day with which every question is seen once more in time."""
    return ceil(material.seconds_needed(costs) / max(days, 1) / 60)


def questions_that_fit(material: Material, days: int, minutes: int, costs: Costs) -> int:
    """How many of the questions can be seen once more with these minutes a day."""
    needed, seconds = material.seconds_needed(costs), days * minutes * 60
    if needed <= seconds:
        return len(material)
    return int(len(material) * seconds / needed)
