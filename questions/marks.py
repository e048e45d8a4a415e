"""What a learner writes about a question: mastered, starred, a note."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.db.models import Case, F, FilteredRelation, Q, QuerySet, Value, When
from django.utils import timezone

from .lookup import decoded
from .models import Learner, Progress, Question
from .prepared import prepared


@dataclass(frozen=True, slots=True)
class Marks:
    """0 or 1 each. `changed`: the answer did since the question was mastered."""

    mastered: int = 0
    starred: int = 0
    reviewed: int = 0
    changed: int = 0

    @property
    def tally(self) -> list[int]:
        """What they add to the learner's tallies: mastered, starred, begun, changed."""
        return [self.mastered, self.starred, self.mastered | self.reviewed, self.changed]


def master(learner: Learner, question: Question, *, mastered: bool, tallies: Mapping[str, bool]) -> Marks:
    """Marks or unmarks. Marking again accepts an answer that changed since."""
    now = timezone.now() if mastered else None
    return change(learner, question, {"mastered_at": now}, {"mastered": int(mastered), "changed": 0}, tallies)


def star(learner: Learner, question: Question, *, starred: bool, tallies: Mapping[str, bool]) -> Marks:
    return change(learner, question, {"starred": starred}, {"starred": int(starred)}, tallies)


def keep_note(learner: int, question: Question, *, note: str) -> None:
    """A note is in no tally."""
    Progress.objects.update_or_create(user_id=learner, question_id=question.pk, defaults={"note": note})


@transaction.atomic
def change(
    learner: Learner, question: Question, fields: dict[str, Any], marks: dict[str, int], tallies: Mapping[str, bool]
) -> Marks:
    """Writes these fields of the learner's progress, which make these marks.

    `tallies` names those of the learner's tallies that are to stay true, and whether the question is counted in each;
    the others are forgotten. The learner is brought up to date.
    """
    learner.version, remembered = locked(learner)
    before = marks_of(learner, question)
    after = replace(before, **marks)
    row = Progress(user_id=learner.pk, question_id=question.pk, **fields)
    Progress.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["user", "question"], update_fields=[*fields]
    )
    steps = [now - then for now, then in zip(after.tally, before.tally, strict=True)]
    learner.tallies = {key: remembered[key] for key in tallies if key in remembered}
    for key, numbers in learner.tallies.items():
        if tallies[key]:
            learner.tallies[key] = [number + step for number, step in zip(numbers, steps, strict=True)]
    learner.version += 1
    Learner.objects.filter(pk=learner.pk).update(version=learner.version, tallies=learner.tallies)
    return after


def marks_of(learner: Learner, question: Question) -> Marks:
    return Marks(*_marks(question.pk, learner.pk)[0])


@prepared
def _marks(pk: int, user: int) -> QuerySet[Any, Any]:
    mine = FilteredRelation("progress", condition=Q(progress__user=user))
    conditions = (
        Q(mine__mastered_at__isnull=False),
        Q(mine__starred=True),
        Q(mine__last_review__isnull=False),
        Q(mine__mastered_at__lt=F("answer_changed_at")),
    )
    columns = [Case(When(condition, then=Value(1)), default=Value(0)) for condition in conditions]
    return Question.objects.filter(pk=pk).annotate(mine=mine).values_list(*columns)


def locked(learner: Learner) -> tuple[int, dict[str, list[int]]]:
    """Version and tallies, held to the transaction's end: whoever changes this learner's progress meanwhile waits."""
    found = _locked(learner.pk)
    if not found:
        Learner.locked(learner.user)
        return 0, {}
    return found[0][0], decoded(found[0][1])


@prepared
def _locked(user: int) -> QuerySet[Any, Any]:
    return Learner.objects.select_for_update().filter(pk=user).values_list("version", "tallies")
