"""Figures to geometry: what the SVG of a chart is drawn from.

All lengths are in the units of its view box.
"""

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
# Of a year: room for weekdays at the left and months above, and from one square to the next.
YEAR_LEFT, YEAR_TOP = 28, 16
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
    def visible_bars(self) -> list[Box]:
        return [bar for bar in self.bars if bar.height]


def year(
    counts: Mapping[date, int],
    first: date,
    last: date,
    say: Callable[[date, int], str],
) -> Year:
    """The days from a Monday on; `say` tells a day and its count."""
    shades = levels(counts.values())
    squares = []
    for at in range((last - first).days + 1):
        day = first + timedelta(days=at)
        count = counts.get(day, 0)
        week, weekday = divmod(at, 7)
        x, y = YEAR_LEFT + week * STEP, YEAR_TOP + weekday * STEP
        squares.append(Square(x, y, shades.get(count, 0), say(day, count)))
    weeks = ceil(len(squares) / 7)
    width = YEAR_LEFT + weeks * STEP
    return Year(width, YEAR_TOP + 7 * STEP, squares, _months(first, weeks), _weekdays())


def _months(first: date, weeks: int) -> list[Label]:
    """Over the week of each month's first Monday; the last week has no room for a name."""
    labels = []
    for week in range(weeks - 1):
        monday = first + timedelta(weeks=week)
        if monday.day <= 7:
            labels.append(Label(YEAR_LEFT + week * STEP, 11, f"{monday:%b}"))
    return labels


def _weekdays() -> list[Label]:
    named = {0: "Mon", 2: "Wed", 4: "Fri", 6: "Sun"}
    return [Label(0, YEAR_TOP + 9 + at * STEP, name) for at, name in named.items()]


def levels(counts: Iterable[int]) -> dict[int, int]:
    """Each count above zero, with its shade from 1 to LEVELS.

    Of the days that have any, a fourth has each shade.
    """
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
        x = round(LEFT + (at + 0.12) * width, 1)
        boxes.append(Box(x, _y(value / top), round(width * 0.76, 1), _tall(value / top), text))
    names = []
    for at, text in below.items():
        names.append(Label(round(LEFT + (at + 0.5) * width, 1), HEIGHT - 6, text))
    return Plot(_ticks([0, top / 2, top], top, ""), names, boxes, [])


def curve(
    shares: Sequence[tuple[float, float, str]],
    below: Mapping[float, str],
    goal: float | None = None,
) -> Plot:
    """Of points (place, share, what it means): places and shares from 0 to 1."""
    points = [Box(_x(place), _y(share), 0, 0, text) for place, share, text in shares]
    names = [Label(_x(place), HEIGHT - 6, text) for place, text in below.items()]
    at_goal = "" if goal is None else _line(_y(goal))
    return Plot(_ticks([0, 50, 100], 100, "%"), names, [], points, _path(points), at_goal)


def _path(points: Sequence[Box]) -> str:
    corners = [f"{point.x} {point.y}" for point in points]
    return "M" + " L".join(corners) if corners else ""


def ceiling(most: float) -> int:
    """An even and round number that is no less."""
    size = 1
    while True:
        for top in (2, 4, 10):
            if top * size >= ceil(most):
                return top * size
        size *= 10


def _ticks(values: Iterable[float], top: float, unit: str) -> list[Label]:
    return [Label(LEFT - 5, _y(value / top), f"{value:.0f}{unit}") for value in values]


def _line(y: float) -> str:
    return f"M{LEFT} {y}H{WIDTH - RIGHT}"


def _tall(share: float) -> float:
    return round(share * (HEIGHT - TOP - BOTTOM), 1)


def _y(share: float) -> float:
    return round(HEIGHT - BOTTOM - _tall(share), 1)


def _x(place: float) -> float:
    return round(LEFT + INSET + place * (WIDTH - LEFT - RIGHT - 2 * INSET), 1)
