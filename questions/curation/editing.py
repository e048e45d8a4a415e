"""What every edit of questions by hand shares, and the edits that are made of many questions at once."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import Team, User
from questions.catalogue import search
from questions.catalogue.answers import changed_since, shown_texts
from questions.models import Answer, Origin, Question, Tag, TaggedQuestion
from questions.models.history import keep_first_version, overwrite

BATCH = 1_000
KEY_LENGTH = 100


@contextmanager
def editing(ids: Iterable[int]) -> Iterator[None]:
    """One transaction in which these questions may change: the version before is kept, learners learn of a changed
    answer, and the index and everything cached follow."""
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
    for other in answer.question.answers.filter(accepted=True, owner=answer.owner_id).exclude(pk=answer.pk):
        other.accepted = False
        other.save()
    if not answer.accepted or not answer.pk:
        answer.accepted = True
        answer.save()


def free_key(title: str, *, owner: Team | None) -> str:
    """A key for a new question, made of its title, that its owner has not given yet."""
    stem = slugify(title)[:KEY_LENGTH].strip("-") or "question"
    taken = set(Question.objects.filter(owner=owner, key__startswith=stem).values_list("key", flat=True))
    number = 2
    key = stem
    while key in taken:
        key = f"{stem}-{number}"
        number += 1
    return key


def change_all(questions: Iterable[Question], *, field: str, value: str | int | None, user: User) -> int:
    """Gives one field (status, difficulty) of all these questions one value. Returns how many it changed."""
    rows = [question for question in questions if getattr(question, field) != value]
    for start in range(0, len(rows), BATCH):
        batch = rows[start : start + BATCH]
        with editing(row.pk for row in batch):
            for row in batch:
                setattr(row, field, value)
                row.updated_at = timezone.now()
            overwrite(batch, [field, "updated_at"], user=user, reason="")
    return len(rows)


@transaction.atomic
def tag_all(ids: Sequence[int], *, names: Iterable[str]) -> int:
    """Adds these tags, new ones included. Returns how many questions did not have all of them."""
    tags = [tag_named(name) for name in names]
    tagged = {tag.pk: set(tag.tagged.values_list("content_object", flat=True)) for tag in tags}
    rows = [TaggedQuestion(tag=tag, content_object_id=pk) for tag in tags for pk in ids if pk not in tagged[tag.pk]]
    TaggedQuestion.objects.bulk_create(rows, batch_size=BATCH)
    return _retagged({row.content_object_id for row in rows})


@transaction.atomic
def untag_all(ids: Sequence[int], *, tags: Iterable[Tag]) -> int:
    """Takes these tags away. Returns how many questions had at least one of them."""
    wanted = set(ids)
    rows = TaggedQuestion.objects.filter(tag__in=list(tags)).values_list("pk", "content_object")
    found = [(pk, question) for pk, question in rows if question in wanted]
    for start in range(0, len(found), BATCH):
        TaggedQuestion.objects.filter(pk__in=[pk for pk, _ in found[start : start + BATCH]]).delete()
    return _retagged({question for _, question in found})


def _retagged(ids: set[int]) -> int:
    search.refresh(ids)
    return len(ids)


def tag_named(name: str) -> Tag:
    """The tag of this name, however it is capitalised; made when there is none."""
    return Tag.objects.filter(name__iexact=name).first() or Tag.objects.create(name=name)


def restore(version: Any, *, question: Question) -> None:
    """Brings a version of the question or of one of its answers back, a deleted answer included.

    Which answer is accepted, the key and the status stay: going back in a text decides nothing about them.
    """
    row = version.instance
    with editing([question.pk]):
        stands = type(row).objects.filter(pk=int(version.id)).first()
        if isinstance(row, Answer):
            row.accepted = stands.accepted if stands else False
            row.origin = Origin.objects.filter(pk=row.origin_id or 0).first()
        else:
            row.key, row.status, row.owner_id = question.key, question.status, question.owner_id
            row.created_at, row.answer_changed_at = question.created_at, question.answer_changed_at
        row.created_at = stands.created_at if stands else timezone.now()
        row.save(force_insert=stands is None)
