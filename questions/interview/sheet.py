"""The sheet for the morning of an interview: few questions, with what one would say."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.text import Truncator

from accounts.models import User
from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.models import (
    Answer,
    KeyPoint,
    Progress,
    Question,
    QuestionSet,
    SetEntry,
)

from .knowledge import knowledge_of
from .readiness import readiness_on

# Together about two printed pages.
WEAKEST, CHANGED, IMPORTANT = 5, 3, 4
# Of a full answer, where nobody wrote a short one.
WORDS = 80


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """A question, its short answer (else how the full one begins), and its key points; both Markdown."""

    question: Question
    answer: str
    points: list[str]


@dataclass(frozen=True, slots=True)
class SheetSection:
    title: str
    about: str
    entries: list[SheetEntry]


def sheet_of(learner: LearnerContext, scope: SessionScope, day: date) -> list[SheetSection]:
    """For a day, of what a plan's filter finds. No question stands on it twice."""
    readiness = readiness_on(day, knowledge_of(learner, scope), learner.settings)
    # What is slipping; only then what was never studied, which no morning teaches.
    weakest = readiness.weakest[:WEAKEST]
    weakest += _unstudied(scope, WEAKEST - len(weakest))
    changed = _changed(scope, weakest)
    if scope.chosen.set:
        why = "The next of the set, in its order."
        important = _next_of_set(scope, [*weakest, *changed])
    else:
        why = "They stand in the most question sets."
        important = _in_most_sets(scope, [*weakest, *changed])
    entries = _entries(scope.user, [*weakest, *changed, *important])
    sections = [
        ("Weakest", "What you would recall least on that morning.", weakest),
        ("Changed", "Their answers were mended since you last saw them.", changed),
        ("Most important", why, important),
    ]
    found = []
    for title, about, questions in sections:
        present = [entries[question] for question in questions if question in entries]
        if present:
            found.append(SheetSection(title, about, present))
    return found


def _unstudied(scope: SessionScope, count: int) -> list[int]:
    mine = Progress.objects.filter(user=scope.user, question=OuterRef("pk"))
    questions = scope.questions().exclude(Exists(mine.filter(last_review__isnull=False)))
    return list(questions.order_by("pk").values_list("pk", flat=True)[:count])


def _changed(scope: SessionScope, left_out: Iterable[int]) -> list[int]:
    """Studied or mastered before the answer's last change, the newest changes first."""
    change = F("question__answer_changed_at")
    rows = Progress.objects.filter(scope.contains("question"), user=scope.user).begun()
    rows = rows.filter(
        Q(last_review=None) | Q(last_review__lt=change),
        Q(mastered_at=None) | Q(mastered_at__lt=change),
    )
    rows = rows.exclude(question__in=left_out).order_by("-question__answer_changed_at", "question")
    return list(rows.values_list("question", flat=True)[:CHANGED])


def _next_of_set(scope: SessionScope, left_out: Iterable[int]) -> list[int]:
    chosen_set = scope.filter_choices.sets[scope.chosen.set][0]
    entries = SetEntry.objects.filter(scope.contains("question"), set=chosen_set)
    ordered = entries.exclude(question__in=left_out).order_by("position", "pk")
    return list(ordered.values_list("question", flat=True)[:IMPORTANT])


def _in_most_sets(scope: SessionScope, left_out: Iterable[int]) -> list[int]:
    sets = QuestionSet.objects.visible_to(scope.user)
    entries = SetEntry.objects.filter(scope.contains("question"), set__in=sets).order_by()
    counted = entries.exclude(question__in=left_out).values("question").annotate(sets=Count("set"))
    most_first = counted.order_by("-sets", "question")
    return list(most_first.values_list("question", flat=True)[:IMPORTANT])


def _entries(user: User, questions: list[int]) -> dict[int, SheetEntry]:
    """Three queries, however many questions."""
    rows = Question.objects.listed_for(user).filter(pk__in=questions)
    shown = Answer.objects.accepted_for(user).filter(question__in=questions)
    answers = {answer.question_id: answer for answer in shown}
    points: dict[int, list[str]] = defaultdict(list)
    key_points = KeyPoint.objects.filter(question__in=questions)
    for question, text in key_points.values_list("question", "text"):
        points[question].append(text)
    return {row.pk: SheetEntry(row, _short(answers.get(row.pk)), points[row.pk]) for row in rows}


def _short(answer: Answer | None) -> str:
    if answer is None:
        return ""
    beginning = answer.answer.strip().partition("\n\n")[0]
    return answer.short.strip() or Truncator(beginning).words(WORDS)
