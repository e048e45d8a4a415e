"""Which published answers nobody has checked for too long, or for the newest version."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from questions.models import Question

Version = tuple[int, ...]
PUBLISHED = Question.Status.PUBLISHED

_NAMED = re.compile(r"(?P<product>.*?\S)\s+v?(?P<version>[0-9]+(?:\.[0-9]+)*)\+?")


def versions(applies_to: str) -> Iterator[tuple[str, Version]]:
    """Products as they are written, and their versions: "Flask 3.1, Flask-Login 0.6" names two."""
    for part in re.split(r"[,;]", applies_to):
        match = _NAMED.fullmatch(part.strip())
        if match:
            yield match["product"], tuple(map(int, match["version"].split(".")))


def newest_among(texts: Iterable[str]) -> dict[str, Version]:
    """The newest version of each product, in lower case, that any of the texts names."""
    newest: dict[str, Version] = {}
    for applies_to in texts:
        for product, version in versions(applies_to):
            name = product.lower()
            newest[name] = max(version, newest.get(name, version))
    return newest


def newest_versions() -> dict[str, Version]:
    """Of each product that a published question of the shared library names."""
    return newest_among(products_named(Question.objects.filter(status=PUBLISHED, owner=None)))


def products_named(questions: QuerySet[Question]) -> QuerySet[Any, str]:
    named = questions.exclude(applies_to="").order_by()
    return named.values_list("applies_to", flat=True).distinct()


def oldest_fresh(today: date) -> date:
    """Verified before this day is too long ago."""
    return today - timedelta(days=settings.STALE_AFTER_DAYS)


def outdated(applies_to: str, newest: Mapping[str, Version]) -> Iterator[str]:
    """What a text names in an older version than the newest.

    They are compared as far as both go: 3.1.2 is no older than 3.1.
    """
    for product, version in versions(applies_to):
        known = newest.get(product.lower(), version)
        length = min(len(version), len(known))
        if version[:length] < known[:length]:
            yield f"for {product} {_dotted(version)}, while others are for {_dotted(known)}"


def stale(questions: QuerySet[Question], today: date) -> QuerySet[Question]:
    """The published ones that were verified too long ago or for an older version.

    Those that say what they apply to and were never verified belong to them.
    """
    return questions.filter(_in_doubt(questions, today), status=PUBLISHED)


def fresh(questions: QuerySet[Question], today: date) -> QuerySet[Question]:
    """The other published ones."""
    return questions.filter(~_in_doubt(questions, today), status=PUBLISHED)


def _in_doubt(questions: QuerySet[Question], today: date) -> Q:
    newest = newest_versions()
    older = [text for text in products_named(questions) if any(outdated(text, newest))]
    never = Q(verified_on=None) & ~Q(applies_to="")
    too_old = Q(verified_on__lt=oldest_fresh(today))
    return too_old | never | Q(applies_to__in=older)


def reasons(question: Question, today: date, newest: Mapping[str, Version]) -> list[str]:
    """Why a question is stale, for people to read; none where it is fresh."""
    if question.status != PUBLISHED:
        return []
    return [*unverified(question, today), *outdated(question.applies_to, newest)]


def unverified(question: Question, today: date) -> Iterator[str]:
    verified = question.verified_on
    if verified is None:
        if question.applies_to:
            yield "never verified"
    elif verified < oldest_fresh(today):
        yield f"verified on {verified}, more than {settings.STALE_AFTER_DAYS} days ago"


def _dotted(version: Version) -> str:
    return ".".join(map(str, version))
