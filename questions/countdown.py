"""The interview ahead: how far away it is, what it asks today, and how ready its learner is."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.prepared import prepared

from . import stats, study
from .browsing import Selection
from .days import Calendar
from .forecasting import Costs
from .models import InterviewPlan, StudySettings
from .study import interview


@dataclass(frozen=True, slots=True)
class Today:
    """What the plan still asks today, about how many minutes that takes, and the minutes that were studied already."""

    new: int
    known: int
    minutes: int
    studied: int

    @property
    def questions(self) -> int:
        return self.new + self.known


@dataclass(frozen=True, slots=True)
class Countdown:
    today: Today
    verdict: study.Verdict
    readiness: study.Readiness
    tags: list[interview.TagReadiness]

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
    return Countdown(
        today=_today(asked, studied.seconds, costs),
        verdict=study.verdict(plan, mine, settings, now, costs),
        readiness=ready,
        tags=interview.readiness_by_tag(user, ready.recalls, _tag_counts(selection, version)),
    )


def _tag_counts(selection: Selection, version: int) -> list[interview.TagCount]:
    def count() -> list[interview.TagCount]:
        return interview.tag_counts(selection.found())

    if selection.chosen.progress:
        return count()
    return stats.remembered((version, stats.scope(selection.user), selection.chosen, "tags"), count)


def _today(asked: list[int | None], seconds: int, costs: Costs) -> Today:
    new = asked.count(None)
    known = len(asked) - new
    minutes = round((new * costs.new + known * costs.recalled) / 60)
    return Today(new, known, max(minutes, 1), round(seconds / 60))


def keep_plan(*, user: User, day: date, query: str, minutes: int, now: datetime) -> InterviewPlan:
    """Makes the plan or changes it. After an interview the next one begins anew; other questions, another curve."""
    plan = InterviewPlan.objects.filter(user=user).first()
    values: dict[str, Any] = {"day": day, "query": query, "minutes": minutes}
    if plan and plan.day < StudySettings.of(user).calendar.day(now):
        values |= {"since": now, "readiness": {}}
    elif plan and plan.query != query:
        values["readiness"] = {}
    first = {"since": now, **values}
    return InterviewPlan.objects.update_or_create(user=user, defaults=values, create_defaults=first)[0]


def days_to_interview(user: User, now: datetime | None = None) -> int | None:
    """None without a plan, and after the day. One query, or none where plan and settings came with the user."""
    known = user._state.fields_cache
    if {"interview_plan", "study_settings"} <= known.keys():
        plan, settings = known["interview_plan"], StudySettings.of(user)
        found = [(plan.day.isoformat(), settings.time_zone, settings.day_start)] if plan else []
    else:
        found = _planned(user.pk)
    if not found:
        return None
    day, zone, start = found[0]
    today = Calendar(ZoneInfo(zone or "UTC"), DAY_START if start is None else start).day(now or timezone.now())
    days = (date.fromisoformat(day) - today).days
    return days if days >= 0 else None


DAY_START: int = StudySettings._meta.get_field("day_start").default


@prepared
def _planned(user: int) -> QuerySet[Any, Any]:
    day = Cast("day", CharField())
    settings = (F(f"user__study_settings__{name}") for name in ("time_zone", "day_start"))
    return InterviewPlan.objects.filter(pk=user).values_list(day, *settings)
