"""How ready a learner is on the day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
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
    """Predicted recall on the day, from 0 to 1, if nothing more is studied: of each question that was, and the mean,
    in which new ones count zero."""

    recalls: dict[int, float]
    questions: int

    @property
    def overall(self) -> float:
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


def readiness(plan: InterviewPlan, mine: Knowledge, settings: StudySettings) -> Readiness:
    """On the morning of the plan's day."""
    at, values = settings.calendar.at(plan.day, HOUR), settings.values
    return Readiness({each: recall(memory, at, values) for each, memory in mine.memories.items()}, mine.questions)


def tag_counts(candidates: QuestionQuerySet) -> list[TagCount]:
    tagged = TaggedQuestion.objects.order_by().filter(content_object__in=candidates.order_by())
    counted = tagged.values_list("tag", "tag__name", "tag__slug").annotate(Count("pk"))
    return [TagCount(*row) for row in counted]


def set_counts(candidates: QuestionQuerySet) -> dict[int, int]:
    """Set -> how many of these questions it has."""
    entries = SetEntry.objects.order_by().filter(question__in=candidates.order_by())
    return dict(entries.values_list("set").annotate(Count("pk")))


def readiness_by_tag(user: User, recalls: Mapping[int, float], counts: Iterable[TagCount]) -> list[TagReadiness]:
    """The weakest first."""
    studied = Progress.objects.filter(user=user, last_review__isnull=False)
    tagged = TaggedQuestion.objects.order_by().filter(content_object__in=studied.values("question"))
    shares: dict[int, list[float]] = {}
    for tag, question in tagged.values_list("tag", "content_object"):
        if question in recalls:
            shares.setdefault(tag, []).append(recalls[question])
    found = [
        TagReadiness(each.name, each.slug, fsum(shares.get(each.tag, ())) / each.questions, each.questions)
        for each in counts
    ]
    return sorted(found, key=lambda each: (each.share, each.name))


def remember_readiness(plan: InterviewPlan, settings: StudySettings, overall: float, now: datetime) -> None:
    """One figure a day, for the curve over time."""
    plan.readiness = plan.readiness | {settings.calendar.day(now).isoformat(): round(overall, 4)}
    plan.save(update_fields=["readiness"])
