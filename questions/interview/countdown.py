"""The interview ahead: how far away it is, what it asks today, and how ready its learner is."""

from dataclasses import dataclass

from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.models import InterviewPlan

from .knowledge import counted, knowledge_of
from .parts import Part, parts_that_fit, room_in
from .readiness import (
    Readiness,
    TagReadiness,
    keep_readiness,
    readiness_by_tag,
    readiness_on,
    tag_counts,
)
from .today import Today, costs_of, today_from
from .verdict import Verdict, verdict_of


@dataclass(frozen=True, slots=True)
class Countdown:
    """`parts` are offered where the plan's minutes do not suffice for all of it."""

    days: int
    today: Today
    verdict: Verdict
    readiness: Readiness
    tags: list[TagReadiness]
    parts: list[Part]

    @property
    def seen(self) -> int:
        """How many were seen again since the plan was made, or need not be."""
        return self.readiness.questions - self.verdict.left


def countdown(learner: LearnerContext, plan: InterviewPlan, scope: SessionScope) -> Countdown:
    """`scope`: what the plan's filter finds. Keeps the day's readiness for the curve over time."""
    knowledge, costs = knowledge_of(learner, scope), costs_of(learner.user)
    readiness = readiness_on(plan.day, knowledge, learner.settings)
    if is_news(readiness, plan, learner):
        keep_readiness(plan, learner.day, readiness.overall)
    verdict = verdict_of(learner, plan, knowledge, costs)
    tags = counted(learner, scope, "tags", lambda: tag_counts(scope.questions()))
    parts = []
    if not verdict.met:
        parts = parts_that_fit(learner, scope, tags, room_in(verdict, costs))
    return Countdown(
        days=(plan.day - learner.wall_date).days,
        today=today_from(learner, knowledge, costs),
        verdict=verdict,
        readiness=readiness,
        tags=readiness_by_tag(learner.user, readiness.recalls, tags),
        parts=parts,
    )


def is_news(readiness: Readiness, plan: InterviewPlan, learner: LearnerContext) -> bool:
    kept = plan.readiness.get(learner.day.isoformat())
    return readiness.questions > 0 and kept != round(readiness.overall, 4)
