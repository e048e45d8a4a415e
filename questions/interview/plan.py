"""Making and changing the plan for an interview, and which questions it is for."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import QueryDict

from questions.catalogue.selection import Selection, listed_filter
from questions.learner.context import LearnerContext
from questions.models import InterviewPlan


def plan_selection(everything: Selection, params: QueryDict) -> Selection:
    """A filter as a plan takes it: in no order, and without what studying itself would change."""
    chosen = listed_filter(params, everything)
    progress = "starred" if chosen.progress == "starred" else ""
    return replace(everything, chosen=replace(chosen, progress=progress))


def keep_plan(learner: LearnerContext, *, day: date, query: str, minutes: int) -> InterviewPlan:
    """Makes the plan or changes it.

    After an interview the next one begins anew; other questions, another curve.
    """
    plan, now = learner.plan, learner.now
    values: dict[str, Any] = {"day": day, "query": query, "minutes": minutes}
    if plan != learner.plan_ahead:
        values |= {"since": now, "readiness": {}}
    elif plan and plan.query != query:
        values["readiness"] = {}
    return InterviewPlan.objects.update_or_create(
        user=learner.user,
        defaults=values,
        create_defaults={"since": now, **values},
    )[0]
