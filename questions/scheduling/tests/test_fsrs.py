import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as CardRating

from questions.scheduling.forecasting import Model
from questions.scheduling.fsrs import NEW, Memory, Rating, interval_text, preview, recall, schedule, suggested

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
OWN = (*(value * 1.01 for value in Scheduler().parameters[:20]), 0.2)


def history(seed):
    """Up to 15 reviews, minutes to months apart."""
    chance, at = random.Random(seed), NOON
    for _ in range(chance.randint(1, 15)):
        yield chance.choice(list(Rating)), at
        at += timedelta(seconds=int(60 * 10 ** chance.uniform(0, 5)))


@pytest.mark.parametrize(("parameters", "retention"), [(Scheduler().parameters, 0.9), (OWN, 0.83)])
def test_a_thousand_histories_are_scheduled_as_the_library_does(parameters, retention):
    plain = Scheduler(parameters=parameters, desired_retention=retention, enable_fuzzing=False)
    for seed in range(1000):
        memory, card = NEW, Card(card_id=seed)
        for rating, at in history(seed):
            memory = schedule(memory, rating, at, parameters=parameters, retention=retention)
            card, _ = plain.review_card(card, CardRating(rating), at)
            state = (int(card.state), card.step, card.stability, card.difficulty, card.due, card.last_review)
            assert memory == Memory(*state)
        for days in (0, 1, 30, 400):
            at = card.last_review + timedelta(days=days)
            assert recall(memory, at, parameters) == pytest.approx(plain.get_card_retrievability(card, at), rel=1e-12)


def test_looking_ahead_uses_the_library_s_formulas():
    model = Model(OWN)
    for seed in range(300):
        memory, chance = NEW, random.Random(seed)
        for rating, at in history(seed):
            after = schedule(memory, rating, at, parameters=OWN)
            if memory.state is None:
                assert (after.stability, after.difficulty) == pytest.approx(model.first(rating), rel=1e-12)
            else:
                days = (at - memory.last_review) / timedelta(days=1)
                expected = model.stability(memory.stability, memory.difficulty, days, rating)
                assert after.stability == pytest.approx(expected, rel=1e-9)
                assert after.difficulty == pytest.approx(model.difficulty(memory.difficulty, rating), rel=1e-9)
            memory = after
        days = chance.uniform(0, 90)
        at = memory.last_review + timedelta(days=days)
        assert recall(memory, at, OWN) == pytest.approx(model.recall(days, memory.stability), rel=1e-6)


def test_any_zone_s_clock_schedules_the_same():
    tokyo = NOON.astimezone(ZoneInfo("Asia/Tokyo"))
    assert schedule(NEW, Rating.EASY, tokyo) == schedule(NEW, Rating.EASY, NOON)


def test_fuzz_moves_the_due_date_only():
    memory = schedule(schedule(NEW, Rating.EASY, NOON), Rating.EASY, NOON + timedelta(days=9))
    at = NOON + timedelta(days=60)
    plain = schedule(memory, Rating.GOOD, at)
    fuzzed = [schedule(memory, Rating.GOOD, at, fuzz=True) for _ in range(50)]
    assert len({each.due for each in fuzzed}) > 1
    assert {(each.stability, each.difficulty, each.state) for each in fuzzed} == {
        (plain.stability, plain.difficulty, plain.state)
    }


def test_buttons_say_what_the_grade_will_do():
    memory = schedule(NEW, Rating.EASY, NOON)
    at = NOON + timedelta(days=8)
    shown = preview(memory, at)
    assert shown == {rating: schedule(memory, rating, at).due - at for rating in Rating}
    assert interval_text(shown[Rating.AGAIN]) == "10 min"


def test_what_was_never_graded_is_not_recalled():
    assert recall(NEW, NOON) == 0


@pytest.mark.parametrize(
    ("interval", "text"),
    [
        (timedelta(seconds=10), "1 min"),
        (timedelta(seconds=330), "6 min"),
        (timedelta(minutes=10), "10 min"),
        (timedelta(minutes=59, seconds=45), "1 hour"),
        (timedelta(hours=5), "5 hours"),
        (timedelta(hours=23, minutes=40), "1 day"),
        (timedelta(days=4), "4 days"),
        (timedelta(days=30), "30 days"),
        (timedelta(days=31), "1 month"),
        (timedelta(days=61), "2 months"),
        (timedelta(days=365), "1 year"),
        (timedelta(days=550), "1.5 years"),
        (timedelta(days=36500), "99.9 years"),
    ],
)
def test_intervals_are_said_as_people_say_them(interval, text):
    assert interval_text(interval) == text


@pytest.mark.parametrize(
    ("ticked", "total", "grade"),
    [(0, 0, None), (0, 4, Rating.AGAIN), (1, 4, Rating.AGAIN), (2, 4, Rating.HARD), (4, 4, Rating.GOOD)],
)
def test_ticked_points_suggest_a_grade(ticked, total, grade):
    assert suggested(ticked, total) == grade
