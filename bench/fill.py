#!/usr/bin/env python3
"""Fill a database with a sample catalogue, to measure pages and loading.

    DATABASE_URL=... python bench/fill.py QUESTIONS [--learners 1000] [--progress 1000000]

The questions go through the loader, as any document does; the learners' progress is written directly, with the review
that each row comes from. The user `bench` with the password `bench` has as many rows of progress as every other
learner, five reviews of each over the last year, all of them due, and no limit a day.
"""

import argparse
import io
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prep.settings")

import django

django.setup()

from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.utils import timezone

from accounts.models import User
from questions.loading.options import LoadOptions
from questions.loading.run import load
from questions.models import Parameters, Progress, Question, Review, StudySettings
from questions.models.plan import MOST_REVIEWS
from questions.scheduling.fsrs import DEFAULT_PARAMETERS, REVIEW

TOPICS = [
    "python",
    "javascript",
    "sql",
    "react",
    "linux",
    "git",
    "docker",
    "http",
    "css",
    "html",
    "algorithms",
    "databases",
    "networking",
    "security",
]
WORDS = [
    "closure",
    "index",
    "thread",
    "lock",
    "cache",
    "queue",
    "tree",
    "graph",
    "token",
    "scope",
    "promise",
    "cursor",
    "join",
    "view",
    "model",
    "signal",
    "packet",
]
DIFFICULTIES = ("easy", "medium", "hard")


class Document(io.RawIOBase):
    """A JSON export of so many questions, made while it is read; "quokka" stands in one of 997."""

    def __init__(self, count: int) -> None:
        self.pieces = self.write(count)
        self.rest = b""

    def write(self, count: int) -> Iterator[bytes]:
        chance = random.Random(7)
        sentences = [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(997)]
        yield b'{"questions": [\n'
        for at in range(count):
            question = {
                "id": f"case-{at}",
                "title": f"What is the {chance.choice(WORDS)} of case {at} in {TOPICS[at % len(TOPICS)]} and why does "
                f"it matter for a {chance.choice(WORDS)}?" + (" quokka" if at % 997 == 0 else ""),
                "answer": " ".join(chance.choices(sentences, k=7)),
                "tags": [TOPICS[at % len(TOPICS)], TOPICS[(at * 5 + 3) % len(TOPICS)]],
                "difficulty": DIFFICULTIES[at % 3],
                "status": "published",
            }
            yield (json.dumps(question) + (",\n" if at + 1 < count else "\n")).encode()
        yield b"]}\n"

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        parts, length = [self.rest], len(self.rest)
        while (size < 0 or length < size) and (piece := next(self.pieces, b"")):
            parts.append(piece)
            length += len(piece)
        data = b"".join(parts)
        cut = len(data) if size < 0 else size
        self.rest = data[cut:]
        return data[:cut]


def learners(count: int) -> list[int]:
    User.objects.bulk_create(User(username=f"learner{at}", password="!") for at in range(count - 1))
    bench = User.objects.create(username="bench", password=make_password("bench"))
    StudySettings.objects.create(user=bench, reviews_per_day=MOST_REVIEWS)
    return [*User.objects.filter(username__startswith="learner").values_list("pk", flat=True), bench.pk]


def progress(users: list[int], rows: int) -> None:
    """Every learner has met the same number of questions, some of them mastered or starred."""
    chance = random.Random(7)
    questions = list(Question.objects.values_list("pk", flat=True))
    each = min(rows // len(users), len(questions))
    now = timezone.now()
    for start in range(0, len(users), 10):
        Progress.objects.bulk_create(
            Progress(
                user_id=user,
                question_id=question,
                mastered_at=now if chance.random() < 0.3 and user != users[-1] else None,
                starred=chance.random() < 0.05,
                state=REVIEW,
                stability=10.0,
                difficulty=5.0,
                due=now + timedelta(days=chance.randint(-30, -1 if user == users[-1] else 30)),
                last_review=now - timedelta(days=10),
            )
            for user in users[start : start + 10]
            for question in chance.sample(questions, each)
        )


def reviews(reader: int) -> None:
    """One of each row of progress; for one learner, five."""
    chance = random.Random(7)
    parameters, now = Parameters.stored(DEFAULT_PARAMETERS), timezone.now()
    rows = Progress.objects.order_by("pk").values_list("pk", "user", "due").iterator(chunk_size=10_000)
    while batch := list(islice(rows, 10_000)):
        Review.objects.bulk_create(
            Review(
                user_id=user,
                progress_id=progress,
                number=number,
                rating=chance.choices((1, 2, 3, 4), (10, 15, 65, 10))[0],
                at=now - timedelta(days=10 + (0 if number == 1 else chance.random() * 350)),
                seconds=chance.randint(5, 90),
                state_before=REVIEW,
                stability_before=chance.choice((5.0, 40.0)),
                due_after=due,
                parameters=parameters,
            )
            for progress, user, due in batch
            for number in range(1, 6 if user == reader else 2)
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("questions", type=int)
    options.add_argument("--learners", type=int, default=1000)
    options.add_argument("--progress", type=int, default=0)
    chosen = options.parse_args()
    call_command("migrate", verbosity=0)
    started = time.perf_counter()
    load([("sample.json", Document(chosen.questions))], options=LoadOptions(source="Sample"))  # type: ignore[list-item]
    print(f"{chosen.questions} questions loaded in {time.perf_counter() - started:.1f} s")
    users = learners(chosen.learners)
    if chosen.progress:
        progress(users, chosen.progress)
        reviews(users[-1])
    print(f"{Progress.objects.count()} rows of progress and {Review.objects.count()} reviews of {len(users)} learners")


if __name__ == "__main__":
    main()
