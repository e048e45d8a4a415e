from datetime import date, timedelta

import pytest

from questions.rendering import charts
from questions.rendering.charts import Box, Label

MONDAY = date(2026, 3, 2)


def say(day, count):
    return f"{day} {count}"


def test_a_year_has_a_column_a_week_and_a_square_a_day():
    made = charts.year({MONDAY: 3}, MONDAY, MONDAY + timedelta(days=8), say)
    assert [(each.x, each.y) for each in made.squares] == [*((28, 16 + 12 * at) for at in range(7)), (40, 16), (40, 28)]
    assert (made.squares[0].text, made.squares[8].text) == ("2026-03-02 3", "2026-03-10 0")
    assert (made.width, made.height) == (52, 100)
    assert made.months == [Label(28, 11, "Mar")]


def test_a_year_names_every_month_it_has_room_for():
    made = charts.year({}, date(2025, 11, 17), date(2026, 11, 20), say)
    assert [label.text for label in made.months] == [
        "Dec",
        "Jan",
        "Feb",
        "Mar",
        "Apr",
        "May",
        "Jun",
        "Jul",
        "Aug",
        "Sep",
        "Oct",
        "Nov",
    ]
    assert len(made.squares) == 369
    assert made.squares[-1].x < made.width


@pytest.mark.parametrize(
    ("counts", "shades"),
    [
        ([], {}),
        ([0, 0], {}),
        ([0, 5], {5: 1}),
        ([1, 2, 3, 4], {1: 1, 2: 2, 3: 3, 4: 4}),
        ([1, 1, 1, 400], {1: 1, 400: 4}),
        ([1, 2, 3, 4, 5, 6, 7, 8], {1: 1, 2: 1, 3: 2, 4: 2, 5: 3, 6: 3, 7: 4, 8: 4}),
    ],
)
def test_a_fourth_of_the_days_has_each_shade(counts, shades):
    assert charts.levels(counts) == shades


@pytest.mark.parametrize(
    ("most", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (5, 10), (11, 20), (30, 40), (99, 100), (100, 100), (101, 200)]
)
def test_an_axis_ends_at_a_round_number(most, top):
    assert charts.ceiling(most) == top


def test_bars_stand_on_the_floor_and_reach_their_value():
    made = charts.bars([0, 5, 10], ["none", "five", "ten"], {1: "Mar 3"})
    assert made.bars == [
        Box(46.8, 130.0, 81.1, 0.0, "none"),
        Box(153.5, 70.0, 81.1, 60.0, "five"),
        Box(260.1, 10.0, 81.1, 120.0, "ten"),
    ]
    assert made.ticks == [Label(29, 130.0, "0"), Label(29, 70.0, "5"), Label(29, 10.0, "10")]
    assert made.rules == "M34 130.0H354M34 70.0H354M34 10.0H354"
    assert made.below == [Label(194.0, 144, "Mar 3")]
    assert charts.bars([], [], {}).bars == []


def test_a_curve_goes_from_end_to_end_beside_its_goal():
    made = charts.curve([(0, 0.5, "half"), (1, 1, "all")], {0: "Jan"}, 0.9)
    assert made.path == "M56 70.0 L332 10"
    assert [point.text for point in made.points] == ["half", "all"]
    assert made.goal == "M34 22.0H354"
    assert [tick.text for tick in made.ticks] == ["0%", "50%", "100%"]
    assert made.below == [Label(56, 144, "Jan")]
    empty = charts.curve([], {})
    assert (empty.path, empty.points, empty.goal) == ("", [], "")
