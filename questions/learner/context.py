"""What a learner comes back to: the settings, the plan, the session under way, and news."""

from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpRequest

from accounts import rows
from accounts.models import User
from accounts.prepared import prepared
from questions.models import InterviewPlan, Parameters, StudySession, StudySettings
from questions.models.flags import unread_answers
from questions.models.plan import validate_time_zone

from .requests import learner

OWN = (StudySettings, Parameters, InterviewPlan)


class Arrival(NamedTuple):
    """The id of the session under way and when it began; how many answers to the learner's flags are unread."""

    session: int | None
    begun_at: datetime | None
    unread: int


def arrive(user: User) -> Arrival:
    """Gives the user their settings and plan, too, so that nobody looks them up again. In one query."""
    *columns, session, begun_at, unread = _arrival(user.pk)[0]
    keep(user, *rows.together(columns, *OWN))
    return Arrival(session, begun_at, unread)


def keep(user: User, settings: StudySettings | None, parameters: Parameters | None, plan: InterviewPlan | None) -> None:
    if settings:
        settings.parameters = parameters
    user._state.fields_cache |= {"study_settings": settings, "interview_plan": plan}


def own(prefix: str = "") -> list[str]:
    """The columns of a user's settings, their parameters, and the plan."""
    paths = ("study_settings__", "study_settings__parameters__", "interview_plan__")
    return [name for model, path in zip(OWN, paths, strict=True) for name in rows.names(model, prefix + path)]


@prepared
def _arrival(user: int) -> QuerySet[Any, Any]:
    sessions = StudySession.objects.filter(user=OuterRef("pk"), ended_at__isnull=True).order_by("-started_at", "-pk")
    under_way = (Subquery(sessions.values(name)[:1]) for name in ("pk", "started_at"))
    return User.objects.filter(pk=user).values_list(*own(), *under_way, unread_answers(OuterRef("pk")))


def planner(request: HttpRequest) -> User:
    """With settings and plan; the page's head then needs no query of its own."""
    user = learner(request)
    arrive(user)
    return user


def plan_of(user: User) -> InterviewPlan | None:
    return getattr(user, "interview_plan", None)


def keep_time_zone(user: User, name: str) -> None:
    """As the browser says, for those who never chose one."""
    try:
        validate_time_zone(name)
    except ValidationError:
        return
    StudySettings.objects.get_or_create(user=user, defaults={"time_zone": name})
