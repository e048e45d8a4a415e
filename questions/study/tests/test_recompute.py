import random
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from questions.models import Parameters, Progress, Review, StudySettings
from questions.scheduling.fsrs import DEFAULT_PARAMETERS
from questions.study.reset import reset_progress
from questions.study.tests.acting import grade, next_number
from questions.study.undo import last_act, undo
from questions.tests.factories import question

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)


def studied(user, asked, seed, length=12):
    """Grades with fuzz, changing parameters and retention, resets and undone acts."""
    chance, at = random.Random(seed), NOON
    for step in range(length):
        at += timedelta(seconds=int(60 * 10 ** chance.uniform(0, 5)))
        own = Parameters.stored([value * (1 + 0.01 * (step // 4)) for value in DEFAULT_PARAMETERS])
        settings = {"parameters": own, "retention": chance.choice([0.8, 0.9, 0.95]), "fuzz": True}
        StudySettings.objects.update_or_create(user=user, defaults=settings)
        kind = chance.choices(["grade", "reset", "undo"], [8, 1, 2])[0]
        if kind == "grade":
            number = next_number(user, asked)
            grade(user=user, question=asked, number=number, rating=chance.randint(1, 4), now=at)
        elif kind == "reset":
            reset_progress(user=user, questions=type(asked).objects.filter(pk=asked.pk), now=at)
        elif act := last_act(user):
            undo(user=user, act_id=act.pk, now=at)


def test_the_log_gives_identical_columns(cast, capsys):
    for seed in range(40):
        studied(cast["member"], question(), seed)
    call_command("recompute_progress", "--check")
    progress, reviews = Progress.objects.count(), Review.objects.count()
    assert capsys.readouterr().out == f"{progress} checked, 0 differ.\n"
    assert progress > 35
    assert reviews > 300


def test_a_difference_is_reported_and_repaired(cast, capsys):
    asked = question()
    grade(user=cast["member"], question=asked, number=1, rating=3, now=NOON)
    row = Progress.objects.get()
    memory, stability = row.memory, row.stability
    Progress.objects.update(stability=1.5, note="kept")
    with pytest.raises(SystemExit) as refused:
        call_command("recompute_progress", "--check")
    assert refused.value.code == 1
    said = f"learner {row.user_id}, question {asked.pk}: stability 1.5 -> {stability}\n"
    assert capsys.readouterr().out == said + "1 checked, 1 differ.\n"
    assert Progress.objects.get().stability == 1.5
    call_command("recompute_progress", "--learner", "MEMBER")
    assert capsys.readouterr().out == said + "1 checked, 1 repaired.\n"
    assert Progress.objects.get().memory == memory
    assert Progress.objects.get().note == "kept"


def test_somebody_unknown_is_refused(db, capsys):
    with pytest.raises(SystemExit):
        call_command("recompute_progress", "--learner", "nobody")
    assert capsys.readouterr().err == "--learner: there is no account 'nobody'.\n"
