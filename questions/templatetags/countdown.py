"""The interview in the head of every page."""

from typing import Any

from django import template

from questions.learner.context import LearnerContext, days_to_interview

register = template.Library()


@register.simple_tag(takes_context=True)
def interview(context: dict[str, Any]) -> str:
    """ "Interview in 12 days"; empty where none is ahead.

    A view that knows its learner hands them on as `learner`; for the others it costs a query.
    """
    learner: LearnerContext | None = context.get("learner")
    days = learner.days_to_interview if learner else days_to_interview(context["user"])
    if days is None:
        return ""
    when = ("today", "tomorrow")[days] if days < 2 else f"in {days} days"
    return f"Interview {when}"
