"""What waits for a curator."""

from typing import Any

from django import template
from django.db.models import Q
from django.utils import timezone

from questions.catalogue import freshness
from questions.models import Flag, Origin, Question

register = template.Library()


@register.inclusion_tag("admin/work.html", takes_context=True)
def work_to_do(context: dict[str, Any]) -> dict[str, Any]:
    """Counts of the library, for administrators and curators alike."""
    if not context["user"].has_perm("questions.change_question"):
        return {}
    origins = Origin.objects.filter(question__owner=None)
    questions = Question.objects.filter(owner=None)
    return {
        "allowed": True,
        "attention": origins.filter(~Q(warnings="")).values("question").distinct().count(),
        "changed": origins.filter(incoming__isnull=False).count(),
        "stale": freshness.stale(questions, timezone.localdate()).count(),
        "flags": Flag.objects.open().filter(question__owner=None).count(),
        "drafts": questions.filter(status=Question.Status.DRAFT).count(),
    }
