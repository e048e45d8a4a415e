"""The memory columns of Progress, computed again from the log."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.db import transaction

from questions.models import Learner, Progress, Review
from questions.models.progress import MEMORY, ProgressQuerySet
from questions.scheduling.fsrs import NEW, Memory, schedule

BATCH = 500


@dataclass(frozen=True, slots=True)
class Difference:
    progress: Progress
    computed: Memory

    def __str__(self) -> str:
        stored = self.progress.memory
        changes = []
        for name in MEMORY:
            before, after = getattr(stored, name), getattr(self.computed, name)
            if before != after:
                changes.append(f"{name} {written(before)} -> {written(after)}")
        row = self.progress
        return f"learner {row.user_id}, question {row.question_id}: {', '.join(changes)}"


def written(value: Any) -> str:
    return "empty" if value is None else str(value)


def replayed(reviews: Iterable[Review]) -> Memory:
    """The memory after one progress's reviews, in the order of their numbers.

    Due dates are taken from the log.
    """
    memory = NEW
    for review in reviews:
        if review.kind == Review.Kind.RESET:
            memory = NEW
        elif review.rating and review.parameters:
            after = schedule(memory, review.rating, review.at, parameters=review.parameters.values)
            memory = replace(after, due=review.due_after)
    return memory


def differences(progress: ProgressQuerySet) -> Iterator[Difference]:
    """Those of these rows whose columns are not what their log says."""
    pks: list[int] = []
    for pk in progress.order_by("user", "pk").values_list("pk", flat=True).iterator(chunk_size=BATCH):
        pks.append(pk)
        if len(pks) == BATCH:
            yield from _batch(pks)
            pks = []
    yield from _batch(pks)


def _batch(pks: list[int]) -> Iterator[Difference]:
    log = Review.objects.standing().filter(progress__in=pks).select_related("parameters")
    memories = {}
    for pk, reviews in groupby(log.order_by("progress", "number"), attrgetter("progress_id")):
        memories[pk] = replayed(reviews)
    rows = Progress.objects.filter(pk__in=pks).select_related("user")
    for row in rows.order_by("user", "pk"):
        computed = memories.get(row.pk, NEW)
        if row.memory != computed:
            yield Difference(row, computed)


def repair(found: Iterable[Difference]) -> int:
    """Writes what the log says, and returns how many rows it wrote.

    Learner by learner it looks again: somebody may be studying.
    """
    written = 0
    for user, group in groupby(found, key=lambda difference: difference.progress.user):
        pks = [difference.progress.pk for difference in group]
        with transaction.atomic():
            learner = Learner.locked(user)
            rows = []
            for difference in differences(Progress.objects.filter(pk__in=pks)):
                difference.progress.remember(difference.computed)
                rows.append(difference.progress)
            Progress.objects.bulk_update(rows, MEMORY, batch_size=100)
            learner.forget()
            written += len(rows)
    return written
