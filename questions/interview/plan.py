"""Making and changing the plan for an interview."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import CharField, F, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from accounts.prepared import prepared
from questions.catalogue.listing import Listing
from questions.models import InterviewPlan, StudySettings
from questions.scheduling.days import Calendar


def planned(listing: Listing) -> Listing:
    """Its filter without what is only an order, and without what studying itself would change."""
    starred = "starred" if listing.selection.chosen.progress == "starred" else ""
    return replace(listing, selection=listing.selection.with_filter(progress=starred, sort="", status=""))


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
