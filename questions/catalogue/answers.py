"""Which answers of a question a reader gets."""

from typing import Any

from django.db.models import Q

from questions.models import Answer, Origin, Question, QuestionSet
from questions.models.visibility import owned_by

from .filters import Viewer


def edits(user: Viewer, row: Question | QuestionSet) -> bool:
    """Whether the admin lets this user change a question or a set."""
    return user.is_authenticated and (user.is_superuser or (user.is_curator and row.owner_id is None))


def answers(question: Question, user: Viewer) -> dict[str, Any]:
    """The accepted answer and the others; of sources that are not public, only for people who have signed in."""
    given = Answer.objects.filter(owned_by(user.roles if user.is_authenticated else ()), question=question)
    origins = Origin.objects.filter(question=question).select_related("source")
    if not user.is_authenticated:
        given = given.filter(Q(accepted=True) | Q(origin=None) | Q(origin__source__public=True))
        origins = origins.filter(source__public=True)
    found = list(given)
    sources = {origin.pk: origin for origin in origins}
    accepted = next((each for each in found if each.accepted and each.owner_id == question.owner_id), None)
    accepted = accepted or (found[0] if found else None)
    return {
        "answer": accepted,
        "others": [(each, sources.get(each.origin_id or 0)) for each in found if each is not accepted],
        "points": question.key_points.all(),
        "sources": list(sources.values()),
    }
