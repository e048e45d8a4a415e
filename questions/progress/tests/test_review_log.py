from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches

from accounts.models import Team
from questions.models import Parameters, Progress, Review
from questions.progress import review_log as sums
from questions.progress.review_log import Share, Streak
from questions.scheduling.days import Calendar
from questions.tests import factories

BERLIN = Calendar(ZoneInfo("Europe/Berlin"), 4)
TODAY = date(2026, 3, 31)


def local(*parts):
    return datetime(*parts, tzinfo=BERLIN.zone).astimezone(UTC)


@pytest.fixture(autouse=True)
def nothing_remembered():
    caches["local"].clear()


@pytest.fixture
def member(cast):
    return cast["member"]


@pytest.fixture
def reviewed(member):
    """reviewed(at, rating=3, stability=None, of=..., ...) stores a review; with a stability, of what had been learned."""
    parameters = Parameters.stored([0.1] * 21)
    numbers = iter(range(1, 1000))

    def store(at, rating=3, stability=None, of=None, **fields):
        of = (
            of
            or Progress.objects.get_or_create(
                user=member, question=fields.pop("question", None) or factories.question()
            )[0]
        )
        fields = {"parameters": parameters, "due_after": at, "state_before": None if stability is None else 2} | fields
        return Review.objects.create(
            user=of.user, progress=of, number=next(numbers), rating=rating, at=at, stability_before=stability, **fields
        )

    return store


def test_reviews_belong_to_the_learners_day(member, reviewed):
    one = factories.progress(member, factories.question())
    reviewed(local(2026, 3, 31, 3, 59), of=one, seconds=20)
    reviewed(local(2026, 3, 31, 4, 0), of=one, seconds=40)
    # At 2 o'clock on the 29th clocks go to 3: the day of the 28th ends an hour early.
    reviewed(local(2026, 3, 29, 1, 59), of=one)
    reviewed(local(2026, 3, 29, 3, 59), of=one)
    reviewed(local(2026, 3, 29, 4, 0), of=one)
    log = sums.log_of(member, BERLIN, TODAY)
    assert log.counts == {date(2026, 3, 28): 2, date(2026, 3, 29): 1, date(2026, 3, 30): 1, TODAY: 1}
    assert (log.days[TODAY].seconds, log.days[date(2026, 3, 30)].seconds) == (40, 20)
    assert sums.minutes(log.days.values()) == 1


def test_every_moment_is_counted_on_the_day_the_calendar_says(member, reviewed):
    one = factories.progress(member, factories.question())
    moments = [local(2025, 10, 25, 20) + timedelta(minutes=45 * at) for at in range(40)]
    for moment in moments:
        reviewed(moment, of=one)
    expected = {}
    for moment in moments:
        expected[BERLIN.day(moment)] = expected.get(BERLIN.day(moment), 0) + 1
    assert sums.log_of(member, BERLIN, TODAY).counts == expected


def test_a_log_is_a_year_from_a_monday_on(member, reviewed):
    log = sums.log_of(member, BERLIN, TODAY)
    assert (log.first, log.first.weekday()) == (date(2025, 3, 31), 0)
    start = BERLIN.start(log.first)
    reviewed(start)
    reviewed(start - timedelta(seconds=1))
    assert sums.log_of(member, BERLIN, TODAY).counts == {log.first: 1}


def test_what_was_undone_reset_or_is_others_does_not_count(member, cast, reviewed):
    noon = local(2026, 3, 30, 12)
    reviewed(noon, undone_at=noon)
    reviewed(noon, rating=None, kind="reset", due_after=None)
    reviewed(noon, of=factories.progress(cast["outsider"], factories.question()))
    assert sums.log_of(member, BERLIN, TODAY).counts == {}


def test_every_learner_and_every_calendar_has_a_log_of_its_own(member, cast, reviewed):
    reviewed(local(2026, 2, 10, 3))
    reviewed(local(2026, 2, 10, 12), of=factories.progress(cast["outsider"], factories.question()))
    utc = Calendar(ZoneInfo("UTC"), 0)
    assert sums.log_of(member, BERLIN, TODAY).counts == {date(2026, 2, 9): 1}
    assert sums.log_of(member, utc, TODAY).counts == {date(2026, 2, 10): 1}
    assert sums.log_of(cast["outsider"], BERLIN, TODAY).counts == {date(2026, 2, 10): 1}


def test_a_fraction_of_a_second_belongs_to_the_day_it_is_in(member, reviewed):
    reviewed(local(2026, 2, 10, 4) - timedelta(microseconds=1))
    reviewed(local(2026, 3, 31, 4) - timedelta(microseconds=1))
    assert sums.log_of(member, BERLIN, TODAY).counts == {date(2026, 2, 9): 1, date(2026, 3, 30): 1}


def test_true_retention_counts_what_had_been_learned(member, reviewed):
    noon = local(2026, 3, 30, 12)
    for rating, stability in ((1, 5), (2, 20.9), (3, 21), (1, 90), (4, 40), (1, None)):
        reviewed(noon, rating, stability)
    reviewed(noon, 1, 5, state_before=3)
    reviewed(local(2026, 2, 10, 12), 1, 5)
    log = sums.log_of(member, BERLIN, TODAY)
    young, mature, both = sums.retention(log.since(30))
    assert (young, mature, both) == (Share(1, 2), Share(2, 3), Share(3, 5))
    assert both.percent == 60
    assert sums.months(log) == [(date(2026, 2, 1), Share(0, 1)), (date(2026, 3, 1), Share(3, 5))]


def test_the_last_days_include_today(member, reviewed):
    reviewed(local(2026, 3, 31, 12))
    reviewed(local(2026, 3, 25, 12))
    reviewed(local(2026, 3, 24, 12))
    log = sums.log_of(member, BERLIN, TODAY)
    assert [len(log.since(days)) for days in (1, 7, 8)] == [1, 2, 3]


@pytest.mark.parametrize(
    ("ago", "expected"),
    [
        ([], Streak(0, 0, False)),
        ([0], Streak(1, 1, True)),
        ([1], Streak(1, 1, False)),
        ([2], Streak(1, 1, False)),
        ([3], Streak(0, 1, False)),
        ([0, 1, 2], Streak(3, 3, True)),
        ([0, 2, 4], Streak(3, 3, True)),
        ([0, 3, 4], Streak(1, 2, True)),
        ([1, 2, 4, 7, 8, 9, 10, 11], Streak(3, 5, False)),
        ([4, 5, 6], Streak(0, 3, False)),
    ],
)
def test_a_streak_survives_one_day_off(ago, expected):
    assert sums.streak([TODAY - timedelta(days=each) for each in ago], TODAY) == expected


def test_leeches_are_forgotten_most_and_still_asked(member, cast, reviewed, team):
    noon = local(2026, 3, 30, 12)
    titles = {"Worst": 6, "Bad": 4, "Good": 3, "Mastered": 5, "Retired": 5, "Theirs": 9}
    for title, times in titles.items():
        question = factories.question(title, status="retired" if title == "Retired" else "published")
        user = cast["outsider"] if title == "Theirs" else member
        of = factories.progress(user, question, mastered_at=noon if title == "Mastered" else None)
        for _ in range(times):
            reviewed(noon, 1, 5, of=of)
        reviewed(noon, 1, None, of=of)
    found = sums.leeches(member, sums.log_of(member, BERLIN, TODAY))
    assert [(question.title, times) for question, times in found] == [("Worst", 6), ("Bad", 4)]
    assert found[0][0].get_absolute_url() == Progress.objects.get(question__title="Worst").question.get_absolute_url()


def test_a_forecast_counts_what_sessions_will_ask_by_day(member, cast):
    start = BERLIN.start(TODAY)
    dues = {
        "earlier": start - timedelta(seconds=1),
        "today": start,
        "tonight": BERLIN.end(TODAY) - timedelta(seconds=1),
        "tomorrow": BERLIN.end(TODAY),
        "last": BERLIN.end(TODAY + timedelta(days=29)) - timedelta(seconds=1),
        "beyond": BERLIN.end(TODAY + timedelta(days=29)),
    }
    for title, due in dues.items():
        factories.progress(member, factories.question(title), due=due)
    factories.progress(member, factories.question("Mastered"), due=start, mastered_at=start)
    factories.progress(member, factories.question("Draft", status="draft"), due=start)
    factories.progress(member, factories.question("New"))
    factories.progress(member, factories.question("Buried"), due=start, buried_until=BERLIN.end(TODAY))
    factories.progress(cast["outsider"], factories.question("Theirs"), due=start)
    due = sums.forecast(member, BERLIN, TODAY)
    assert (due.overdue, due.days[:3], due.days[29]) == (1, [2, 2, 0], 1)
    assert (len(due.days), due.total) == (30, 6)


def test_a_forecast_has_what_ones_teams_ask(member, cast, team):
    other = Team.objects.create(name="Other", slug="other")
    for title, owner in (("Ours", team), ("Theirs", other), ("All", None)):
        factories.progress(member, factories.question(title, owner=owner), due=BERLIN.start(TODAY))
    assert sums.forecast(member, BERLIN, TODAY).total == 2


def test_readiness_is_in_order_of_days():
    points = {"2026-03-02": 0.4, "2026-02-28": 0.25}
    assert sums.readiness(points) == [(date(2026, 2, 28), 0.25), (date(2026, 3, 2), 0.4)]
