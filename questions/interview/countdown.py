"""The interview ahead: how far away it is, what it asks today, and how ready its learner is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeVar

from accounts.models import User
from questions.catalogue.cache import remembered, scope
from questions.catalogue.filters import TAGS_LIMIT, Filter
from questions.catalogue.selection import Selection
from questions.models import InterviewPlan, StudySettings
from questions.scheduling.forecasting import Costs

from . import today as interview
from .knowledge import knowledge
from .readiness import Readiness, TagCount, TagReadiness, readiness_by_tag, remember_readiness, set_counts, tag_counts
from .readiness import readiness as readiness_
from .verdict import Verdict
from .verdict import verdict as verdict_

# The parts of a plan that are offered where time is short: so many, and none with fewer questions.
PARTS, SMALLEST = 3, 5
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Today:
    """What the plan still asks today, about how many minutes that takes, the minutes that were studied already, and
    whether those are the day's."""

    new: int
    known: int
    minutes: int
    studied: int
    done: bool

    @property
    def questions(self) -> int:
        return self.new + self.known


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


def countdown(
    user: User, selection: Selection, version: int, plan: InterviewPlan, settings: StudySettings, now: datetime
) -> Countdown:
    """`selection`: what the plan's filter finds, as of a version of the catalogue. Keeps the day's readiness for the
    curve over time."""
    candidates = selection.found()
    mine, costs = knowledge(user, candidates), interview.costs(user)
    ready = readiness_(plan, mine, settings)
    day = settings.calendar.day(now).isoformat()
    if ready.questions and plan.readiness.get(day) != round(ready.overall, 4):
        remember_readiness(plan, settings, ready.overall, now)
    studied = interview.studied_today(user, settings, now)
    asked = interview.asked_today(plan, mine, settings, now, studied=studied, spent=costs)
    verdict = verdict_(plan, mine, settings, now, costs)
    counts = _counted(selection, version, "tags", lambda: tag_counts(selection.found()))
    return Countdown(
        days=(plan.day - settings.calendar.wall_date(now)).days,
        today=_today(asked, studied, costs, done=interview.is_done(plan, studied)),
        verdict=verdict,
        readiness=ready,
        tags=readiness_by_tag(user, ready.recalls, counts),
        parts=[] if verdict.met else _parts(selection, version, counts, _room(verdict, costs)),
    )


def _counted(selection: Selection, version: int, name: str, count: Callable[[], T]) -> T:
    if selection.chosen.progress:
        return count()
    return remembered((version, scope(selection.user), selection.chosen, name), count)


def _today(asked: list[int | None], studied: interview.Studied, costs: Costs, *, done: bool) -> Today:
    new = asked.count(None)
    known = len(asked) - new
    minutes = round((new * costs.new + known * costs.recalled) / 60)
    return Today(new, known, max(minutes, 1), round(studied.seconds / 60), done)


def _room(verdict: Verdict, costs: Costs) -> int:
    """So many questions can be seen in time, whichever they are."""
    return int(verdict.days * verdict.minutes * 60 / max(costs.new, costs.recalled))


def _parts(selection: Selection, version: int, tags: list[TagCount], room: int) -> list[Part]:
    """The largest first."""
    chosen, parts = selection.chosen, []
    if len(chosen.tags) < TAGS_LIMIT:
        others = (tag for tag in tags if tag.slug not in chosen.tags)
        parts += [
            Part(f"the tag {tag.name}", replace(chosen, tags=(*chosen.tags, tag.slug)), tag.questions) for tag in others
        ]
    if not (chosen.set or chosen.progress):
        numbers = _counted(selection, version, "sets", lambda: set_counts(selection.found()))
        sets = selection.filter_choices.sets.items()
        parts += [
            Part(f"the set {title}", replace(chosen, set=name), numbers.get(pk, 0)) for name, (pk, title, _) in sets
        ]
    parts = [part for part in parts if SMALLEST <= part.questions <= room]
    return sorted(parts, key=lambda part: (-part.questions, part.words))[:PARTS]
