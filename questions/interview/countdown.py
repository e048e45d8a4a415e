"""The interview ahead: how far away it is, what it asks today, and how ready its learner is."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.prepared import prepared
from questions import study
from questions.catalogue import counts as stats
from questions.catalogue.filters import TAGS_LIMIT, Filter
from questions.catalogue.selection import Selection
from questions.models import InterviewPlan, StudySettings
from questions.scheduling.days import Calendar
from questions.scheduling.forecasting import Costs

from . import today as interview

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
    verdict: study.Verdict
    readiness: study.Readiness
    tags: list[interview.TagReadiness]
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
    mine, costs = interview.knowledge(user, candidates), interview.costs(user)
    ready = study.readiness(plan, mine, settings)
    day = settings.calendar.day(now).isoformat()
    if ready.questions and plan.readiness.get(day) != round(ready.overall, 4):
        study.remember_readiness(plan, settings, ready.overall, now)
    studied = interview.studied_today(user, settings, now)
    asked = interview.asked_today(plan, mine, settings, now, studied=studied, spent=costs)
    verdict = study.verdict(plan, mine, settings, now, costs)
    counts = _counted(selection, version, "tags", lambda: interview.tag_counts(selection.found()))
    return Countdown(
        days=(plan.day - settings.calendar.wall_date(now)).days,
        today=_today(asked, studied, costs, done=interview.is_done(plan, studied)),
        verdict=verdict,
        readiness=ready,
        tags=interview.readiness_by_tag(user, ready.recalls, counts),
        parts=[] if verdict.met else _parts(selection, version, counts, _room(verdict, costs)),
    )


def _counted(selection: Selection, version: int, name: str, count: Callable[[], T]) -> T:
    if selection.chosen.progress:
        return count()
    return stats.remembered((version, stats.scope(selection.user), selection.chosen, name), count)


def _today(asked: list[int | None], studied: interview.Studied, costs: Costs, *, done: bool) -> Today:
    new = asked.count(None)
    known = len(asked) - new
    minutes = round((new * costs.new + known * costs.recalled) / 60)
    return Today(new, known, max(minutes, 1), round(studied.seconds / 60), done)


def _room(verdict: study.Verdict, costs: Costs) -> int:
    """So many questions can be seen in time, whichever they are."""
    return int(verdict.days * verdict.minutes * 60 / max(costs.new, costs.recalled))


def _parts(selection: Selection, version: int, tags: list[interview.TagCount], room: int) -> list[Part]:
    """The largest first."""
    chosen, parts = selection.chosen, []
    if len(chosen.tags) < TAGS_LIMIT:
        others = (tag for tag in tags if tag.slug not in chosen.tags)
        parts += [
            Part(f"the tag {tag.name}", replace(chosen, tags=(*chosen.tags, tag.slug)), tag.questions) for tag in others
        ]
    if not (chosen.set or chosen.progress):
        numbers = _counted(selection, version, "sets", lambda: interview.set_counts(selection.found()))
        sets = selection.shelf.sets.items()
        parts += [
            Part(f"the set {title}", replace(chosen, set=name), numbers.get(pk, 0)) for name, (pk, title, _) in sets
        ]
    parts = [part for part in parts if SMALLEST <= part.questions <= room]
    return sorted(parts, key=lambda part: (-part.questions, part.words))[:PARTS]


def keep_plan(*, user: User, day: date, query: str, minutes: int, now: datetime) -> InterviewPlan:
    """Makes the plan or changes it. After an interview the next one begins anew; other questions, another curve."""
    plan = InterviewPlan.objects.filter(user=user).first()
    values: dict[str, Any] = {"day": day, "query": query, "minutes": minutes}
    if plan and plan.day < StudySettings.of(user).calendar.wall_date(now):
        values |= {"since": now, "readiness": {}}
    elif plan and plan.query != query:
        values["readiness"] = {}
    first = {"since": now, **values}
    return InterviewPlan.objects.update_or_create(user=user, defaults=values, create_defaults=first)[0]


def days_to_interview(user: User, now: datetime | None = None) -> int | None:
    """By the calendar on the learner's wall. None without a plan, and after the day. One query, or none where plan and
    settings came with the user."""
    known = user._state.fields_cache
    if {"interview_plan", "study_settings"} <= known.keys():
        plan, settings = known["interview_plan"], StudySettings.of(user)
        found = [(plan.day.isoformat(), settings.time_zone)] if plan else []
    else:
        found = _planned(user.pk)
    if not found:
        return None
    day, zone = found[0]
    today = Calendar(ZoneInfo(zone or "UTC")).wall_date(now or timezone.now())
    days = (date.fromisoformat(day) - today).days
    return days if days >= 0 else None


@prepared
def _planned(user: int) -> QuerySet[Any, Any]:
    day = Cast("day", CharField())
    return InterviewPlan.objects.filter(pk=user).values_list(day, F("user__study_settings__time_zone"))
