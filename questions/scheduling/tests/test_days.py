from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from questions.scheduling.days import LATEST_START, Calendar

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), 4)


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ((2026, 5, 4, 23, 59), date(2026, 5, 4)),
        ((2026, 5, 5, 0, 1), date(2026, 5, 4)),
        ((2026, 5, 5, 3, 59), date(2026, 5, 4)),
        ((2026, 5, 5, 4, 0), date(2026, 5, 5)),
    ],
)
def test_studying_past_midnight_belongs_to_the_evening(local, day):
    assert BERLIN.day(datetime(*local, tzinfo=BERLIN.zone)) == day


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 23), (date(2026, 3, 29), 24), (date(2026, 10, 24), 25), (date(2026, 7, 1), 24)],
)
def test_the_day_of_a_clock_change_is_shorter_or_longer(day, hours):
    assert BERLIN.end(day) - BERLIN.start(day) == timedelta(hours=hours)


def test_a_day_that_would_begin_in_a_skipped_hour_begins_at_the_change():
    calendar = Calendar(ZoneInfo("Europe/Berlin"), 2)
    assert calendar.start(date(2026, 3, 29)) == datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert calendar.day(datetime(2026, 3, 29, 0, 59, tzinfo=UTC)) == date(2026, 3, 28)
    assert calendar.day(datetime(2026, 3, 29, 1, 0, tzinfo=UTC)) == date(2026, 3, 29)


def test_a_day_that_would_begin_twice_begins_once():
    calendar = Calendar(ZoneInfo("Europe/Berlin"), 2)
    assert calendar.day(datetime(2026, 10, 24, 23, 59, tzinfo=UTC)) == date(2026, 10, 24)
    assert calendar.day(datetime(2026, 10, 25, 0, 0, tzinfo=UTC)) == date(2026, 10, 25)
    assert calendar.day(datetime(2026, 10, 25, 1, 30, tzinfo=UTC)) == date(2026, 10, 25)


@pytest.mark.parametrize(
    ("moment", "wall", "day"),
    [
        (datetime(2026, 3, 28, 22, 59, tzinfo=UTC), 28, 28),
        (datetime(2026, 3, 28, 23, 0, tzinfo=UTC), 29, 28),
        (datetime(2026, 3, 29, 9, 59, tzinfo=UTC), 29, 28),
        (datetime(2026, 3, 29, 10, 0, tzinfo=UTC), 29, 29),
        (datetime(2026, 3, 29, 21, 59, tzinfo=UTC), 29, 29),
        (datetime(2026, 3, 29, 22, 0, tzinfo=UTC), 30, 29),
        (datetime(2026, 10, 24, 21, 59, tzinfo=UTC), 24, 24),
        (datetime(2026, 10, 24, 22, 0, tzinfo=UTC), 25, 24),
        (datetime(2026, 10, 25, 10, 59, tzinfo=UTC), 25, 24),
        (datetime(2026, 10, 25, 11, 0, tzinfo=UTC), 25, 25),
        (datetime(2026, 10, 25, 22, 59, tzinfo=UTC), 25, 25),
        (datetime(2026, 10, 25, 23, 0, tzinfo=UTC), 26, 25),
    ],
)
def test_the_date_on_the_wall_changes_at_midnight_and_the_day_at_its_hour(moment, wall, day):
    """Over both changes of the clock in Berlin, for days that begin at noon."""
    calendar = Calendar(ZoneInfo("Europe/Berlin"), LATEST_START)
    assert (calendar.wall_date(moment).day, calendar.day(moment).day) == (wall, day)


@pytest.mark.parametrize("start_hour", range(LATEST_START + 1))
def test_a_day_bears_the_date_of_its_afternoon_and_evening(start_hour):
    calendar = Calendar(ZoneInfo("Europe/Berlin"), start_hour)
    for date_of in (date(2026, 3, 29), date(2026, 7, 1), date(2026, 10, 25)):
        for hour in range(LATEST_START, 24):
            assert calendar.day(calendar.at(date_of, hour)) == date_of


@pytest.mark.parametrize("zone", ["Africa/Cairo", "America/Santiago", "Pacific/Apia", "Australia/Lord_Howe"])
def test_every_moment_of_a_year_has_the_day_between_whose_ends_it_lies(zone):
    calendar = Calendar(ZoneInfo(zone))
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    while moment.year == 2026:
        day = calendar.day(moment)
        assert calendar.start(day) <= moment < calendar.end(day)
        moment += timedelta(minutes=30)
