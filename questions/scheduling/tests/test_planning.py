"""What is asked today for an interview, from memories alone."""

import pytest

from questions.scheduling import planning
from questions.scheduling.forecasting import Costs, Model, outcomes, place, row_of
from questions.scheduling.fsrs import DEFAULT_PARAMETERS


def picks(known, days, *, new=0, minutes=30, few=10):
    horizon = planning.Horizon(days, minutes * 60, minutes * 60, few)
    return planning.picks_for_today(planning.Material(known, new), horizon, model=Model(), costs=Costs())


def known(number, stability=5.0, days=4.0, seen=True):
    return planning.PlanItem(number, stability, 5.0, days, seen)


def test_new_ones_are_spread_where_there_is_time():
    assert picks([], 21, new=62) == [None] * 10


def test_time_that_is_short_is_used_up():
    assert picks([], 21, new=500) == [None] * 30


def test_time_that_gains_nothing_is_not_used():
    assert picks([known(number, stability=300.0, days=0.5) for number in range(20)], 21) == []


def test_a_day_that_is_nearly_over_says_nothing_of_the_others():
    known_well = [known(number, stability=300.0, days=0.5) for number in range(20)]
    horizon = planning.Horizon(21, 30 * 60, 120, 10)
    material = planning.Material(known_well, 20)
    assert planning.picks_for_today(material, horizon, model=Model(), costs=Costs()) == [None, None]


def test_the_weak_are_asked_before_the_strong():
    items = [known(1, stability=80), known(2, stability=2), known(3, stability=20)]
    assert picks(items, 1)[0] == 2


def test_what_the_days_that_remain_have_no_room_for_is_asked_today():
    items = [known(number, stability=400.0, days=0.2, seen=False) for number in range(100)]
    assert picks(items, 21) == []
    assert 30 <= len(picks(items, 2, minutes=25)) <= 45
    assert len(picks(items, 1, minutes=60)) == 100


@pytest.mark.parametrize("days", [1, 2, 7, 21, 60, 200])
def test_any_number_of_days_can_be_planned(days):
    assert picks([known(2, stability=1.0)], days, new=1, minutes=5)


def test_followed_day_by_day_everything_is_seen_in_time():
    """Twelve minutes a day for a week, which is just enough for 50 known and 50 new ones."""
    items, new = {n: known(n, stability=200.0, seen=False) for n in range(50)}, 50
    for days in range(7, 0, -1):
        today = picks(list(items.values()), days, new=new, minutes=12)
        items = {n: planning.PlanItem(n, i.stability, i.difficulty, i.days + 1, i.seen) for n, i in items.items()}
        anew = {n for n in today if n is not None} | {100 - each for each in range(new - today.count(None), new)}
        items |= {n: planning.PlanItem(n, 8.0, 5.0, 1.0, seen=True) for n in anew}
        new -= today.count(None)
    assert (new, len(items), [n for n, item in items.items() if not item.seen]) == (0, 100, [])


def test_new_ones_cost_nothing_to_plan():
    """As many of them as nobody could study, in no more time than a few take."""
    items = [known(number, stability=number / 10 + 1) for number in range(200)]
    assert picks(items, 21, new=10**12) == picks(items, 21, new=10**6)


@pytest.mark.parametrize("days", [0.3, 1, 2.7, 40])
def test_outcomes_are_those_of_the_formulas(days):
    model, costs = Model((*DEFAULT_PARAMETERS[:20], 0.2)), Costs()
    for stability, difficulty in ((0.4, 9.5), (3.0, 5.5), (90.0, 2.0)):
        (found,) = outcomes(model, costs, stability, difficulty, [days])
        good, again = (
            place(model.stability(stability, difficulty, days, rating), row_of(model.difficulty(difficulty, rating)))
            for rating in (3, 1)
        )
        recalled = model.recall(days, stability)
        assert found == pytest.approx((recalled, *good, *again, 25 * recalled + 50 * (1 - recalled)))
