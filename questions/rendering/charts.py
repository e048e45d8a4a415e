"""Figures to geometry: what the SVG of a chart is drawn from. All lengths are in the units of its view box."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil
from typing import NamedTuple

WIDTH, HEIGHT = 360, 150
# Around the plot: figures at the left, days below.
LEFT, TOP, RIGHT, BOTTOM = 34, 10, 6, 20
# Room for what stands below the first and the last point of a curve.
INSET = 22
STEP = 12
LEVELS = 4


class Label(NamedTuple):
    x: float
    y: float
    text: str


class Box(NamedTuple):
    """`text` says what it means."""

    x: float
    y: float
    width: float
    height: float
    text: str


class Square(NamedTuple):
    """`level` is its shade."""

    x: int
    y: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Year:
    """A column for each week, a square for each day."""

    width: int
    height: int
    squares: list[Square]
    months: list[Label]
    weekdays: list[Label]

    @property
    def labels(self) -> list[Label]:
        return self.months + self.weekdays


@dataclass(frozen=True, slots=True)
class Plot:
    """Bars or a curve over an axis, with a line at each tick. `goal` is a line to compare with."""

    ticks: list[Label]
    below: list[Label]
    bars: list[Box]
    points: list[Box]
    path: str = ""
    goal: str = ""
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def rules(self) -> str:
        return "".join(map(_line, (tick.y for tick in self.ticks)))

    @property
    def standing(self) -> list[Box]:
        """The bars that are seen."""
        return [bar for bar in self.bars if bar.height]


def year(counts: Mapping[date, int], first: date, last: date, say: Callable[[date, int], str]) -> Year:
    """Of the days from a Monday on."""
    shades = levels(counts.values())
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    squares = []
    for at, day in enumerate(days):
        count = counts.get(day, 0)
        week, weekday = divmod(at, 7)
        x, y = 28 + week * STEP, 16 + weekday * STEP
        squares.append(Square(x, y, shades.get(count, 0), say(day, count)))
    weeks = len(days[::7])
    starts = [(at, monday) for at, monday in enumerate(days[::7]) if monday.day <= 7]
    months = [Label(28 + at * STEP, 11, f"{monday:%b}") for at, monday in starts if at < weeks - 1]
    weekdays = [Label(0, 25 + at * STEP, name) for at, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"), (6, "Sun"))]
    return Year(28 + weeks * STEP, 16 + 7 * STEP, squares, months, weekdays)


def levels(counts: Iterable[int]) -> dict[int, int]:
    """Each count above zero, with its shade from 1 to LEVELS: a fourth of the days that have any has each."""
    ordered = sorted(count for count in counts if count)
    shades: dict[int, int] = {}
    for at, count in enumerate(ordered):
        shades.setdefault(count, 1 + at * LEVELS // len(ordered))
    return shades


def bars(values: Sequence[float], texts: Sequence[str], below: Mapping[int, str]) -> Plot:
    """`texts` says what each bar means; `below` names some of them by place."""
    top = ceiling(max(values, default=0))
    width = (WIDTH - LEFT - RIGHT) / max(len(values), 1)
    boxes = []
    for at, (value, text) in enumerate(zip(values, texts, strict=True)):
        tall = _tall(value / top)
        y = round(HEIGHT - BOTTOM - tall, 1)
        boxes.append(Box(round(LEFT + (at + 0.12) * width, 1), y, round(width * 0.76, 1), tall, text))
    names = [Label(round(LEFT + (at + 0.5) * width, 1), HEIGHT - 6, text) for at, text in below.items()]
    return Plot(_ticks([0, top / 2, top], top, ""), names, boxes, [])


def curve(shares: Sequence[tuple[float, float, str]], below: Mapping[float, str], goal: float | None = None) -> Plot:
    """Of points (place, share, what it means): places and shares from 0 to 1."""
    points = []
    for place, share, text in shares:
        points.append(Box(_across(place), round(HEIGHT - BOTTOM - _tall(share), 1), 0, 0, text))
    path = "M" + " L".join(f"{point.x} {point.y}" for point in points) if points else ""
    names = [Label(_across(place), HEIGHT - 6, text) for place, text in below.items()]
    at_goal = "" if goal is None else _line(round(HEIGHT - BOTTOM - _tall(goal), 1))
    return Plot(_ticks([0, 50, 100], 100, "%"), names, [], points, path, at_goal)


def ceiling(most: float) -> int:
    """An even and round number that is no less."""
    size = 1
    while True:
        for top in (2, 4, 10):
            if top * size >= ceil(most):
                return top * size
        size *= 10


def _ticks(values: Iterable[float], top: float, unit: str) -> list[Label]:
    return [Label(LEFT - 5, round(HEIGHT - BOTTOM - _tall(value / top), 1), f"{value:.0f}{unit}") for value in values]


def _line(y: float) -> str:
    return f"M{LEFT} {y}H{WIDTH - RIGHT}"


def _tall(share: float) -> float:
    return round(share * (HEIGHT - TOP - BOTTOM), 1)


def _across(place: float) -> float:
    return round(LEFT + INSET + place * (WIDTH - LEFT - RIGHT - 2 * INSET), 1)
