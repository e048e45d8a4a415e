"""The interview in the head of every page."""

from django import template

from questions.catalogue.filters import Viewer
from questions.interview.plan import days_to_interview

register = template.Library()


@register.filter
def interview(user: Viewer) -> str:
    """ "Interview in 12 days"; empty where none is ahead."""
    days = days_to_interview(user) if user.is_authenticated else None
    if days is None:
        return ""
    return f"Interview {('today', 'tomorrow')[days] if days < 2 else f'in {days} days'}"
