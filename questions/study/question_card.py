"""What a session shows of a question before its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from accounts.prepared import prepared
from questions.catalogue.lookups import QuestionPage
from questions.models import KeyPoint, Progress, Question, StudySettings
from questions.scheduling.fsrs import Rating, interval_text, suggested

from .grading import next_intervals

LEVELS = dict(Question.Difficulty.choices)
TWO = (Rating.AGAIN, Rating.GOOD)


@dataclass(frozen=True, slots=True)
class Grade:
    rating: int
    name: str
    interval: str


def meta(opened: QuestionPage, settings: StudySettings, now: datetime) -> list[str]:
    """What stands below the question: its tags, its difficulty, what it applies to, and when it was last seen."""
    question = opened.question
    level, tags = LEVELS.get(question.difficulty or 0), sorted(opened.tags, key=str.casefold)
    return [each for each in (*tags, level, question.applies_to, last_seen(opened.progress, settings, now)) if each]


def points_of(question: Question) -> list[int]:
    """The ids of its key points, in order."""
    return [pk for (pk,) in _points(question.pk)]


@prepared
def _points(question: int) -> QuerySet[Any, Any]:
    return KeyPoint.objects.filter(question=question).values_list("pk")


def last_seen(progress: Progress | None, settings: StudySettings, now: datetime) -> str:
    if progress is None or progress.last_review is None:
        return "New"
    days = (settings.calendar.day(now) - settings.calendar.day(progress.last_review)).days
    return f"Last seen {days} days ago" if days > 1 else f"Last seen {'yesterday' if days == 1 else 'today'}"


def grades(progress: Progress | None, settings: StudySettings, now: datetime, *, intervals: bool = True) -> list[Grade]:
    """The buttons: four or two, and when the question comes back after each."""
    ratings: Iterable[Rating] = TWO if settings.buttons == StudySettings.Buttons.TWO else Rating
    waits = next_intervals(progress, settings, now) if intervals else {}
    return [
        Grade(int(each), each.name.title(), interval_text(waits[each]) if each in waits else "") for each in ratings
    ]


def words(settings: StudySettings) -> str:
    """What ticks suggest, in general."""
    if settings.buttons == StudySettings.Buttons.TWO:
        return "Half of them or more suggest Good, fewer Again."
    return "All of them suggest Good, half of them Hard, fewer Again."


def suggestions(points: int, settings: StudySettings) -> list[int]:
    """The rating that so many ticked key points suggest, from none to all; with two buttons, one of the two."""
    found = [suggested(ticked, points) for ticked in range(points + 1)] if points else []
    if settings.buttons == StudySettings.Buttons.TWO:
        found = [Rating.GOOD if each == Rating.HARD else each for each in found]
    return [int(each) for each in found if each]
