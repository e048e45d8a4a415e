"""The schedule is the reference's: whole histories graded by learners, and by the plain `fsrs` library beside them."""

import random
from datetime import UTC, datetime, timedelta

import pytest
from fsrs import Card, Scheduler
from fsrs import Rating as CardRating

from prep.tests.properties import IS_FUZZING
from questions.models import Progress, Question, Review, StudySettings
from questions.models.progress import MEMORY
from questions.study.recompute import differences
from questions.study.tests.acting import grade

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
HISTORIES = 1000 if IS_FUZZING else 200
RETENTION = 0.87


def history(seed):
    """Up to 12 grades, minutes to months apart."""
    chance, at = random.Random(seed), NOON
    for _ in range(chance.randint(1, 12)):
        yield chance.randint(1, 4), at
        at += timedelta(seconds=int(60 * 10 ** chance.uniform(0, 5)))


@pytest.mark.property
@pytest.mark.django_db
def test_histories_through_the_study_module_and_through_the_library(cast):
    learner = cast["outsider"]
    StudySettings.objects.create(user=learner, fuzz=False, retention=RETENTION)
    asked = Question.objects.bulk_create(
        Question(key=f"q{seed}", title=f"Case {seed}", status="published") for seed in range(HISTORIES)
    )
    plain = Scheduler(desired_retention=RETENTION, enable_fuzzing=False)
    expected, grades = {}, 0
    for seed, question in enumerate(asked):
        card = Card(card_id=seed)
        for number, (rating, at) in enumerate(history(seed), start=1):
            review = grade(user=learner, question=question, number=number, rating=rating, now=at)
            card, _ = plain.review_card(card, CardRating(rating), at)
            assert review.due_after == card.due
            grades += 1
        expected[question.pk] = (
            int(card.state),
            card.step,
            card.stability,
            card.difficulty,
            card.due,
            card.last_review,
        )
    stored = {pk: tuple(memory) for pk, *memory in Progress.objects.values_list("question", *MEMORY)}
    assert stored == expected
    assert Review.objects.count() == grades > 6 * HISTORIES
    assert list(differences(Progress.objects.all())) == []
