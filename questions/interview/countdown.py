"""The interview ahead: how far away it is, what it asks today, and how ready its learner is."""

from dataclasses import dataclass, replace

from questions.catalogue.filters import TAGS_LIMIT, Filter
from questions.catalogue.selection import Selection
from questions.learner.context import LearnerContext
from questions.models import InterviewPlan
from questions.scheduling.forecasting import Costs

from .knowledge import knowledge_of
from .plan import counted, question_count
from .readiness import (
    Readiness,
    TagCount,
    TagReadiness,
    keep_readiness,
    readiness_by_tag,
    readiness_on,
    set_counts,
    tag_counts,
)
from .today import Today, costs_of, today_from
from .verdict import Verdict, verdict_of

# The parts of a plan that are offered where time is short: so many, and none with fewer questions.
PARTS, SMALLEST = 3, 5


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the plan's questions, a set or a tag, for which its minutes suffice."""

    words: str
    chosen: Filter
    questions: int


@dataclass(frozen=True, slots=True)
class Countdown:
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


def countdown(learner: LearnerContext, plan: InterviewPlan, selection: Selection, version: int) -> Countdown:
    """`selection`: what the plan's filter finds, as of a version of the catalogue.

    Keeps the day's readiness for the curve over time.
    """
    knowledge = knowledge_of(selection.scope, question_count(selection, version))
    costs = costs_of(learner.user)
    readiness = readiness_on(plan.day, knowledge, learner.settings)
    if _is_news(readiness, plan, learner):
        keep_readiness(plan, learner.day, readiness.overall)
    verdict = verdict_of(learner, plan, knowledge, costs)
    counts = counted(selection, version, "tags", lambda: tag_counts(selection.found()))
    parts = []
    if not verdict.met:
        parts = _parts(selection, version, counts, _room(verdict, costs))
    return Countdown(
        days=(plan.day - learner.wall_date).days,
        today=today_from(learner, knowledge, costs),
        verdict=verdict,
        readiness=readiness,
        tags=readiness_by_tag(learner.user, readiness.recalls, counts),
        parts=parts,
    )


def _is_news(readiness: Readiness, plan: InterviewPlan, learner: LearnerContext) -> bool:
    kept = plan.readiness.get(learner.day.isoformat())
    return readiness.questions > 0 and kept != round(readiness.overall, 4)


def _room(verdict: Verdict, costs: Costs) -> int:
    """So many questions can be seen in time, whichever they are."""
    return int(verdict.days * verdict.minutes * 60 / max(costs.new, costs.recalled))


def _parts(selection: Selection, version: int, tags: list[TagCount], room: int) -> list[Part]:
    """The largest first."""
    parts = _tag_parts(selection.chosen, tags) + _set_parts(selection, version)
    fitting = [part for part in parts if SMALLEST <= part.questions <= room]
    return sorted(fitting, key=lambda part: (-part.questions, part.words))[:PARTS]


def _tag_parts(chosen: Filter, tags: list[TagCount]) -> list[Part]:
    if len(chosen.tags) >= TAGS_LIMIT:
        return []
    parts = []
    for tag in tags:
        if tag.slug not in chosen.tags:
            part = replace(chosen, tags=(*chosen.tags, tag.slug))
            parts.append(Part(f"the tag {tag.name}", part, tag.questions))
    return parts


def _set_parts(selection: Selection, version: int) -> list[Part]:
    chosen = selection.chosen
    if chosen.set or chosen.progress:
        return []
    numbers = counted(selection, version, "sets", lambda: set_counts(selection.found()))
    parts = []
    for name, (pk, title, _) in selection.filter_choices.sets.items():
        part = replace(chosen, set=name)
        parts.append(Part(f"the set {title}", part, numbers.get(pk, 0)))
    return parts
