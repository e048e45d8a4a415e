"""What a session shows of a question before its answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from accounts.prepared import prepared
from questions.models import KeyPoint, Progress, Question, StudySettings
from questions.scheduling import Rating, interval_text, suggested

from .grading import next_intervals
from .queue import Choice

LEVELS = dict(Question.Difficulty.choices)
TWO = (Rating.AGAIN, Rating.GOOD)


@dataclass(frozen=True, slots=True)
class Shown:
    title: str
    body: str
    meta: list[str]
    points: int


@dataclass(frozen=True, slots=True)
class Grade:
    rating: int
    name: str
    interval: str


def shown(choice: Choice) -> Shown:
    """In one query. The choice was made among what is listed for the learner."""
    rows = _rows(choice.question_id)
    title, body, difficulty, applies_to, points, _ = rows[0]
    tags = sorted({row[-1] for row in rows if row[-1]}, key=str.casefold)
    return Shown(title, body, [each for each in (*tags, LEVELS.get(difficulty), applies_to) if each], points)


@prepared
def _rows(pk: int) -> QuerySet[Any, Any]:
    points = KeyPoint.objects.filter(question=OuterRef("pk")).order_by().values("question")
    counted = Coalesce(Subquery(points.annotate(count=Count("pk")).values("count")), 0)
    columns = ("title", "body", "difficulty", "applies_to")
    return Question.objects.filter(pk=pk).values_list(*columns, counted, "tagged__tag__name")


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


def suggestions(points: int, settings: StudySettings) -> list[int]:
    """The rating that so many ticked key points suggest, from none to all; with two buttons, one of the two."""
    found = [suggested(ticked, points) for ticked in range(points + 1)] if points else []
    if settings.buttons == StudySettings.Buttons.TWO:
        found = [Rating.GOOD if each == Rating.HARD else each for each in found]
    return [int(each) for each in found if each]
