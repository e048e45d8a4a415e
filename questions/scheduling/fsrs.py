"""The memory model: what a graded recall does to a memory, and how well it will be recalled later.

FSRS-6 through the `fsrs` library. Nothing here knows of databases, requests or time zones.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from functools import lru_cache

from fsrs import Card, Scheduler, State
from fsrs import Rating as CardRating
from fsrs.scheduler import DEFAULT_PARAMETERS

DAY = timedelta(days=1)
RETENTION = 0.9
# A card's number means nothing to the model.
# Left out, the library waits a millisecond to invent one.
ANY_CARD = 0
DAYS_A_MONTH, DAYS_A_YEAR = 30.44, 365.25


class Rating(IntEnum):
    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True)
class Memory:
    """A card of the model as the columns of Progress have it.

    Everything None is a question never graded.
    """

    state: int | None = None
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due: datetime | None = None
    last_review: datetime | None = None


NEW = Memory()
LEARNING, REVIEW, RELEARNING = (int(state) for state in State)


@lru_cache(maxsize=256)
def _scheduler(parameters: tuple[float, ...], retention: float, *, fuzz: bool) -> Scheduler:
    return Scheduler(parameters=parameters, desired_retention=retention, enable_fuzzing=fuzz)


def _card(memory: Memory, now: datetime) -> Card:
    if memory.state is None:
        return Card(card_id=ANY_CARD, due=now)
    return Card(
        card_id=ANY_CARD,
        state=State(memory.state),
        step=memory.step,
        stability=memory.stability,
        difficulty=memory.difficulty,
        due=memory.due,
        last_review=memory.last_review,
    )


def schedule(
    memory: Memory,
    rating: int,
    now: datetime,
    *,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
    retention: float = RETENTION,
    fuzz: bool = False,
) -> Memory:
    """The memory after a graded recall.

    Only `due` depends on the retention, and only it is random with fuzz.
    """
    now = now.astimezone(UTC)
    scheduler = _scheduler(tuple(parameters), retention, fuzz=fuzz)
    card, _ = scheduler.review_card(_card(memory, now), CardRating(rating), now)
    state = int(card.state)
    return Memory(state, card.step, card.stability, card.difficulty, card.due, card.last_review)


def preview(
    memory: Memory,
    now: datetime,
    *,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
    retention: float = RETENTION,
) -> dict[Rating, timedelta]:
    """How long until the question comes back, for each rating, before fuzz."""
    waits = {}
    for rating in Rating:
        after = schedule(memory, rating, now, parameters=parameters, retention=retention)
        if after.due:
            waits[rating] = after.due - now
    return waits


def retrievability(
    days: float,
    stability: float,
    decay: float = DEFAULT_PARAMETERS[20],
) -> float:
    """Predicted recall so many days after a review.

    R = (1 + F t / S) ^ -w20, with F such that R = 90 % at t = S: FSRS-6's forgetting curve, from
    "The Algorithm" in the wiki of open-spaced-repetition/fsrs4anki.
    """
    factor = 0.9 ** (-1 / decay) - 1
    return (1 + factor * max(days, 0.0) / stability) ** -decay


def recall(
    memory: Memory,
    at: datetime,
    parameters: Sequence[float] = DEFAULT_PARAMETERS,
) -> float:
    """Predicted recall at a moment, from 0 to 1; 0 where it was never graded.

    Parts of days count.
    """
    if memory.last_review is None or not memory.stability:
        return 0.0
    return retrievability((at - memory.last_review) / DAY, memory.stability, parameters[20])


def suggested(ticked: int, total: int) -> Rating | None:
    """The grade that ticked key points suggest.

    All of them Good, at least half Hard, fewer Again.
    """
    if not total:
        return None
    if ticked >= total:
        return Rating.GOOD
    return Rating.HARD if 2 * ticked >= total else Rating.AGAIN


def interval_text(interval: timedelta) -> str:
    """As buttons say it: "1 min", "10 min", "3 hours", "4 days", "2 months", "1.5 years"."""
    minutes, days = interval / timedelta(minutes=1), interval / DAY
    months = round(days / DAYS_A_MONTH)
    if minutes < 59.5:
        return f"{max(1, round(minutes))} min"
    if minutes < 23.5 * 60:
        return _counted(round(minutes / 60), "hour")
    if days < 30.5:
        return _counted(round(days), "day")
    if months < 12:
        return _counted(months, "month")
    years = f"{days / DAYS_A_YEAR:.1f}".removesuffix(".0")
    return "1 year" if years == "1" else f"{years} years"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
