"""What edits of questions by hand share."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Team
from questions.catalogue import search
from questions.catalogue.answers import changed_since, shown_texts
from questions.models import Answer, Origin, Question
from questions.models.history import keep_first_version

KEY_LENGTH = 100


@contextmanager
def editing(ids: Iterable[int]) -> Iterator[None]:
    """One transaction in which these questions may change.

    The version before is kept, learners learn of a changed answer, and the index and everything
    cached follow.
    """
    ids = list(ids)
    with transaction.atomic():
        keep_first_version(Question.objects.filter(pk__in=ids))
        keep_first_version(Answer.objects.filter(question__in=ids))
        before = shown_texts(ids)
        yield
        changed = changed_since(before, ids)
        Question.objects.filter(pk__in=changed).update(answer_changed_at=timezone.now())
        search.refresh(ids)


def accept(answer: Answer) -> None:
    """Makes this the answer that learners see first, instead of any other of the same owner."""
    accepted = answer.question.answers.filter(accepted=True, owner=answer.owner_id)
    for other in accepted.exclude(pk=answer.pk):
        other.accepted = False
        other.save()
    if not answer.accepted or not answer.pk:
        answer.accepted = True
        answer.save()


def free_key(title: str, *, owner: Team | None) -> str:
    """A key for a new question, made of its title, that its owner has not given yet."""
    stem = slugify(title)[:KEY_LENGTH].strip("-") or "question"
    alike = Question.objects.filter(owner=owner, key__startswith=stem)
    taken = set(alike.values_list("key", flat=True))
    keys = chain([stem], (f"{stem}-{number}" for number in count(2)))
    return next(key for key in keys if key not in taken)


def restore(version: Any, *, question: Question) -> None:
    """Brings a version of the question or of one of its answers back, a deleted answer included.

    Which answer is accepted, the key and the status stay: going back in a text decides nothing
    about them.
    """
    row = version.instance
    with editing([question.pk]):
        standing = type(row).objects.filter(pk=int(version.id)).first()
        if isinstance(row, Answer):
            row.accepted = standing.accepted if standing else False
            row.origin = Origin.objects.filter(pk=row.origin_id or 0).first()
        else:
            for name in ("key", "status", "owner_id", "answer_changed_at"):
                setattr(row, name, getattr(question, name))
        row.created_at = standing.created_at if standing else timezone.now()
        row.save(force_insert=standing is None)
