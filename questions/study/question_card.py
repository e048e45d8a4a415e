"""What a session shows of a question before its answer, and the grades after it."""

from dataclasses import dataclass

from questions.catalogue.lookups import QuestionPage
from questions.learner.context import LearnerContext
from questions.models import Progress, Question, StudySettings
from questions.scheduling.fsrs import Rating, suggested

from .grading import interval_texts

LEVELS = dict(Question.Difficulty.choices)
TWO_RATINGS = (Rating.AGAIN, Rating.GOOD)
TWO_BUTTONS = StudySettings.Buttons.TWO


@dataclass(frozen=True, slots=True)
class GradeButton:
    rating: int
    name: str
    interval: str = ""


def meta(page: QuestionPage, learner: LearnerContext) -> list[str]:
    """What stands below the question: tags, difficulty, what it applies to, when last seen."""
    question = page.question
    level = LEVELS.get(question.difficulty or 0, "")
    parts = [*sorted(page.tags, key=str.casefold), level, question.applies_to]
    return [part for part in [*parts, last_seen(page.progress, learner)] if part]


def points_of(question: Question) -> list[int]:
    """The ids of its key points, in order."""
    return list(question.key_points.values_list("pk", flat=True))


def last_seen(progress: Progress | None, learner: LearnerContext) -> str:
    if progress is None or progress.last_review is None:
        return "New"
    days = (learner.day - learner.calendar.day(progress.last_review)).days
    when = {0: "today", 1: "yesterday"}.get(days, f"{days} days ago")
    return f"Last seen {when}"


def grade_buttons(
    progress: Progress,
    learner: LearnerContext,
    *,
    intervals: bool = True,
) -> list[GradeButton]:
    """Four or two, with when the question comes back after each."""
    ratings = TWO_RATINGS if learner.settings.buttons == TWO_BUTTONS else tuple(Rating)
    texts = interval_texts(progress, learner) if intervals else {}
    return [GradeButton(int(each), each.name.title(), texts.get(each, "")) for each in ratings]


def suggestion_words(settings: StudySettings) -> str:
    """What ticked key points suggest, in general."""
    if settings.buttons == TWO_BUTTONS:
        return "Half of them or more suggest Good, fewer Again."
    return "All of them suggest Good, half of them Hard, fewer Again."


def suggestions(points: int, settings: StudySettings) -> list[int]:
    """The rating that so many ticked key points suggest, from none to all."""
    found = []
    for ticked in range(points + 1):
        rating = suggested(ticked, points)
        if rating == Rating.HARD and settings.buttons == TWO_BUTTONS:
            rating = Rating.GOOD
        if rating:
            found.append(int(rating))
    return found
