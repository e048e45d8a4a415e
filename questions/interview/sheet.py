"""The sheet for the morning of an interview: few questions, with what one would say."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils.text import Truncator

from accounts.models import User
from questions.models import Answer, InterviewPlan, KeyPoint, Progress, Question, QuestionSet, SetEntry, StudySettings
from questions.models.visibility import QuestionQuerySet

from .knowledge import knowledge
from .readiness import readiness

# Together about two printed pages.
WEAKEST, CHANGED, IMPORTANT = 5, 3, 4
# Of a full answer, where nobody wrote a short one.
WORDS = 80


@dataclass(frozen=True, slots=True)
class Entry:
    """A question, its short answer (else how the full one begins), and its key points; both Markdown."""

    question: Question
    answer: str
    points: list[str]


@dataclass(frozen=True, slots=True)
class Section:
    title: str
    about: str
    entries: list[Entry]


def sheet_of(
    user: User, candidates: QuestionQuerySet, plan: InterviewPlan, settings: StudySettings, chosen_set: int | None
) -> list[Section]:
    """No question stands on it twice. `candidates`: what the plan's filter finds; `chosen_set`: if it names one."""
    ready = readiness(plan, knowledge(user, candidates), settings)
    # What is slipping; only then what was never studied, which no morning teaches.
    weakest = ready.weakest[:WEAKEST]
    weakest += _unstudied(user, candidates, WEAKEST - len(weakest))
    changed = _changed(user, candidates, weakest)
    important = _important(user, candidates, chosen_set, [*weakest, *changed])
    entries = _entries(user, [*weakest, *changed, *important])
    why = "The next of the set, in its order." if chosen_set else "They stand in the most question sets."
    sections = [
        ("Weakest", "What you would recall least on that morning.", weakest),
        ("Changed", "Their answers were mended since you last saw them.", changed),
        ("Most important", why, important),
    ]
    found = [Section(title, about, [entries[pk] for pk in pks if pk in entries]) for title, about, pks in sections]
    return [section for section in found if section.entries]


def _unstudied(user: User, candidates: QuestionQuerySet, count: int) -> list[int]:
    studied = Progress.objects.filter(user=user, question=OuterRef("pk"), last_review__isnull=False)
    questions = candidates.order_by("pk").exclude(Exists(studied))
    return list(questions.values_list("pk", flat=True)[:count])


def _changed(user: User, candidates: QuestionQuerySet, without: Iterable[int]) -> list[int]:
    """Studied or mastered before the answer's last change, the newest changes first."""
    change = F("question__answer_changed_at")
    rows = Progress.objects.filter(_among(candidates), user=user).begun()
    rows = rows.filter(Q(last_review=None) | Q(last_review__lt=change), Q(mastered_at=None) | Q(mastered_at__lt=change))
    rows = rows.exclude(question__in=without).order_by("-question__answer_changed_at", "question")
    return list(rows.values_list("question", flat=True)[:CHANGED])


def _important(user: User, candidates: QuestionQuerySet, chosen_set: int | None, without: Iterable[int]) -> list[int]:
    entries = SetEntry.objects.filter(_among(candidates)).exclude(question__in=without)
    if chosen_set:
        ordered = entries.filter(set=chosen_set).order_by("position", "pk")
        return list(ordered.values_list("question", flat=True)[:IMPORTANT])
    seen = entries.filter(set__in=QuestionSet.objects.visible_to(user)).order_by()
    counted = seen.values("question").annotate(sets=Count("set")).order_by("-sets", "question")
    return list(counted.values_list("question", flat=True)[:IMPORTANT])


def _among(candidates: QuestionQuerySet) -> Exists:
    """Looks at each question, and makes no list of all candidates."""
    return Exists(candidates.order_by().filter(pk=OuterRef("question")))


def _entries(user: User, questions: list[int]) -> dict[int, Entry]:
    """Three queries, however many questions."""
    rows = Question.objects.listed_for(user).filter(pk__in=questions)
    shown = Answer.objects.accepted_for(user).filter(question__in=questions)
    answers = {answer.question_id: answer for answer in shown}
    points: dict[int, list[str]] = {}
    for question, text in KeyPoint.objects.filter(question__in=questions).values_list("question", "text"):
        points.setdefault(question, []).append(text)
    return {row.pk: Entry(row, _short(answers.get(row.pk)), points.get(row.pk, [])) for row in rows}


def _short(answer: Answer | None) -> str:
    if answer is None:
        return ""
    return answer.short.strip() or Truncator(answer.answer.strip().partition("\n\n")[0]).words(WORDS)
