"""How ready a learner is on the day."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from math import fsum
from typing import NamedTuple

from django.db.models import Count

from accounts.models import User
from questions.models import InterviewPlan, Progress, SetEntry, StudySettings, TaggedQuestion
from questions.models.visibility import QuestionQuerySet
from questions.scheduling.fsrs import recall

from .knowledge import Knowledge

# The hour of the learner's clock for which readiness is predicted.
HOUR = 9


@dataclass(frozen=True, slots=True)
class Readiness:
    """Predicted recall on the day, from 0 to 1, if nothing more is studied.

    `recalls` has that of each question that was studied.
    """

    recalls: dict[int, float]
    questions: int

    @property
    def overall(self) -> float:
        """The mean, in which new questions count zero."""
        return fsum(self.recalls.values()) / self.questions if self.questions else 0.0

    @property
    def new(self) -> int:
        return self.questions - len(self.recalls)

    @property
    def weakest(self) -> list[int]:
        """Of those that were studied, the weakest first."""
        return sorted(self.recalls, key=lambda question: (self.recalls[question], question))


class TagCount(NamedTuple):
    """How many questions have a tag."""

    tag: int
    name: str
    slug: str
    questions: int


@dataclass(frozen=True, slots=True)
class TagReadiness:
    name: str
    slug: str
    share: float
    questions: int


def readiness_on(day: date, knowledge: Knowledge, settings: StudySettings) -> Readiness:
    """On that day's morning."""
    morning, parameters = settings.calendar.at(day, HOUR), settings.values
    recalls = {}
    for question, memory in knowledge.memories.items():
        recalls[question] = recall(memory, morning, parameters)
    return Readiness(recalls, knowledge.questions)


def tag_counts(questions: QuestionQuerySet) -> list[TagCount]:
    tagged = TaggedQuestion.objects.order_by().filter(content_object__in=questions)
    counted = tagged.values_list("tag", "tag__name", "tag__slug").annotate(Count("pk"))
    return [TagCount(*row) for row in counted]


def set_counts(questions: QuestionQuerySet) -> dict[int, int]:
    """Set -> how many of these questions it has."""
    entries = SetEntry.objects.order_by().filter(question__in=questions)
    return dict(entries.values_list("set").annotate(Count("pk")))


def readiness_by_tag(user: User, recalls: Mapping[int, float], counts: Iterable[TagCount]) -> list[TagReadiness]:
    """The weakest first."""
    studied = Progress.objects.filter(user=user, last_review__isnull=False)
    tagged = TaggedQuestion.objects.filter(content_object__in=studied.values("question"))
    by_tag: dict[int, list[float]] = defaultdict(list)
    for tag, question in tagged.order_by().values_list("tag", "content_object"):
        if question in recalls:
            by_tag[tag].append(recalls[question])
    found = []
    for tag, name, slug, questions in counts:
        found.append(TagReadiness(name, slug, fsum(by_tag[tag]) / questions, questions))
    return sorted(found, key=lambda tag: (tag.share, tag.name))


def keep_readiness(plan: InterviewPlan, day: date, share: float) -> None:
    """One figure a day, for the curve over time."""
    plan.readiness = plan.readiness | {day.isoformat(): round(share, 4)}
    plan.save(update_fields=["readiness"])
