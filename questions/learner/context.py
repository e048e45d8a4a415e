"""Who is asking: how they study, the interview they study for, and the session they are in."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db.models import FilteredRelation, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from questions.models import (
    Catalogue,
    Flag,
    InterviewPlan,
    Review,
    StudySession,
    StudySettings,
)
from questions.models.plan import validate_time_zone
from questions.scheduling.days import Calendar
from questions.scheduling.fsrs import REVIEW


@dataclass(frozen=True, slots=True)
class StudiedToday:
    """Since the learner's day began: seconds of study, and how many recalls were of new questions
    and how many of learned ones."""

    seconds: int
    new: int
    repeated: int


@dataclass(frozen=True)
class LearnerContext:
    """Made once for a request and handed on to whatever needs settings, plan or the time.

    `settings` are the defaults, unsaved, where the learner has none. `session` is the one under
    way, or the one that was asked for. What was counted before is true as long as the versions of
    the catalogue and of the learner's progress are the same.
    """

    user: User
    settings: StudySettings
    plan: InterviewPlan | None
    session: StudySession | None
    now: datetime
    catalogue_version: int
    progress_version: int

    @cached_property
    def unread_answers(self) -> int:
        """How many answers to the learner's flags were not read yet: a query of its own."""
        return Flag.objects.unread().filter(user=self.user).count()

    @cached_property
    def studied_today(self) -> StudiedToday:
        """As the log had it when this was first asked for: a query of its own."""
        reviews = Review.objects.graded().filter(user=self.user, at__gte=self.start_of_day)
        total = new = repeated = 0
        for seconds, state_before in reviews.values_list("seconds", "state_before"):
            total += seconds or 0
            new += state_before is None
            repeated += state_before == REVIEW
        return StudiedToday(total, new, repeated)

    @property
    def calendar(self) -> Calendar:
        return self.settings.calendar

    @cached_property
    def day(self) -> date:
        """The learner's, which may last beyond midnight."""
        return self.calendar.day(self.now)

    @property
    def start_of_day(self) -> datetime:
        return self.calendar.start(self.day)

    @property
    def end_of_day(self) -> datetime:
        return self.calendar.end(self.day)

    @property
    def wall_date(self) -> date:
        """What a calendar on the learner's wall says: interviews go by it."""
        return self.calendar.wall_date(self.now)

    @property
    def days_to_interview(self) -> int | None:
        """By the calendar on the wall. None without a plan, and after the day."""
        return days_until(self.plan.day, self.wall_date) if self.plan else None

    @property
    def plan_ahead(self) -> InterviewPlan | None:
        """That of today or of a day to come."""
        return None if self.days_to_interview is None else self.plan

    @property
    def coming_plan(self) -> InterviewPlan | None:
        """That of a day to come."""
        return self.plan if self.days_to_interview else None

    @property
    def study_days_left(self) -> int:
        """Until the interview, today included; none on its date, even before that day begins."""
        plan = self.coming_plan
        return (plan.day - self.day).days if plan else 0


# What a user is to be loaded with for `context_of`.
RELATED = ("study_settings__parameters", "interview_plan", "learner")


def learner_context(
    user: User,
    now: datetime | None = None,
    *,
    session: int | None = None,
) -> LearnerContext:
    """In one query. With `session`, that one of the learner's instead of the one under way."""
    wanted = Q(study_sessions__ended_at=None)
    if session is not None:
        wanted = Q(study_sessions__pk=session)
    rows: QuerySet[Any] = User.objects.filter(pk=user.pk).annotate(
        wanted_session=FilteredRelation("study_sessions", condition=wanted),
        catalogue_version=Subquery(Catalogue.objects.filter(pk=1).values("version")),
    )
    rows = rows.select_related(*RELATED, "wanted_session").order_by("-wanted_session__pk")
    loaded = rows[:1].get()
    context = context_of(loaded, now or timezone.now(), loaded.catalogue_version or 0)
    # The user of the request knows their roles already.
    return replace(context, user=user, session=getattr(loaded, "wanted_session", None))


def context_of(loaded: User, now: datetime, catalogue_version: int) -> LearnerContext:
    """Of a user who was loaded with what is RELATED; without their session."""
    row = getattr(loaded, "learner", None)
    return LearnerContext(
        user=loaded,
        settings=getattr(loaded, "study_settings", None) or StudySettings(user=loaded),
        plan=getattr(loaded, "interview_plan", None),
        session=None,
        now=now,
        catalogue_version=catalogue_version,
        progress_version=row.version if row else 0,
    )


def days_to_interview(user: User, now: datetime | None = None) -> int | None:
    """As LearnerContext has it, in a lighter query, for pages that need nothing else of a learner."""
    plans = InterviewPlan.objects.filter(user=user)
    found = plans.values_list("day", "user__study_settings__time_zone").first()
    if found is None:
        return None
    day, zone = found
    calendar = Calendar(ZoneInfo(zone or "UTC"))
    return days_until(day, calendar.wall_date(now or timezone.now()))


def days_until(day: date, today: date) -> int | None:
    """None where it is over."""
    return (day - today).days if day >= today else None


def keep_time_zone(user: User, name: str) -> None:
    """As the browser says, for those who never chose one."""
    try:
        validate_time_zone(name)
    except ValidationError:
        return
    StudySettings.objects.get_or_create(user=user, defaults={"time_zone": name})
