"""Which published answers nobody has checked for too long, or for the version that the library has moved on to."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from questions.models import Question

Version = tuple[int, ...]

_NAMED = re.compile(r"(?P<product>.*?\S)\s+v?(?P<version>[0-9]+(?:\.[0-9]+)*)\+?")


def versions(applies_to: str) -> Iterator[tuple[str, Version]]:
    """Products as they are written, and their versions: "Flask 3.1, Flask-Login 0.6" names two."""
    for part in re.split(r"[,;]", applies_to):
        match = _NAMED.fullmatch(part.strip())
        if match:
            yield match["product"], tuple(map(int, match["version"].split(".")))


def newest_of(named: Iterable[str]) -> dict[str, Version]:
    """The newest version of each product, in lower case, that any of the texts names."""
    newest: dict[str, Version] = {}
    for product, version in (pair for applies_to in named for pair in versions(applies_to)):
        newest[product.lower()] = max(version, newest.get(product.lower(), version))
    return newest


def newest() -> dict[str, Version]:
    """The newest version of each product that a published question of the shared library names."""
    library = Question.objects.filter(status=Question.Status.PUBLISHED, owner=None)
    return newest_of(library.exclude(applies_to="").order_by().values_list("applies_to", flat=True).distinct())


def oldest_fresh(today: date) -> date:
    """Verified before this day is too long ago."""
    return today - timedelta(days=settings.STALE_AFTER_DAYS)


def outdated(applies_to: str, newest: Mapping[str, Version]) -> Iterator[str]:
    """What a text names in an older version than the newest, as far as both go: 3.1.2 is no older than 3.1."""
    for product, version in versions(applies_to):
        known = newest.get(product.lower(), version)
        length = min(len(version), len(known))
        if version[:length] < known[:length]:
            yield f"for {product} {_dotted(version)}, while others are for {_dotted(known)}"


def stale(questions: QuerySet[Question], today: date) -> QuerySet[Question]:
    """The published ones verified too long ago, never though they say what they apply to, or for an older version."""
    return questions.filter(_in_doubt(questions, today), status=Question.Status.PUBLISHED)


def fresh(questions: QuerySet[Question], today: date) -> QuerySet[Question]:
    """The other published ones."""
    return questions.filter(~_in_doubt(questions, today), status=Question.Status.PUBLISHED)


def _in_doubt(questions: QuerySet[Question], today: date) -> Q:
    named = questions.exclude(applies_to="").order_by().values_list("applies_to", flat=True).distinct()
    known = newest()
    older = [applies_to for applies_to in named if any(outdated(applies_to, known))]
    never = Q(verified_on=None) & ~Q(applies_to="")
    too_old = Q(verified_on__lt=oldest_fresh(today))
    return too_old | never | Q(applies_to__in=older)


def reasons(question: Question, today: date, newest: Mapping[str, Version]) -> list[str]:
    """Why a question is stale, for people to read; none where it is fresh."""
    if question.status != Question.Status.PUBLISHED:
        return []
    found = []
    if question.verified_on is None and question.applies_to:
        found.append("never verified")
    elif question.verified_on is not None and question.verified_on < oldest_fresh(today):
        found.append(f"verified on {question.verified_on}, more than {settings.STALE_AFTER_DAYS} days ago")
    return [*found, *outdated(question.applies_to, newest)]


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
