"""Edits of many questions at once."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from questions.catalogue import search
from questions.loading.bulk import batches
from questions.loading.fields import tags_named
from questions.models import Question, Tag, TaggedQuestion
from questions.models.history import overwrite

from .editing import editing

BATCH = 1_000


def change_all(
    questions: Iterable[Question],
    *,
    field: str,
    value: str | int | None,
    user: User,
) -> int:
    """Gives one field (status, difficulty) one value. Returns how many questions changed."""
    rows = [question for question in questions if getattr(question, field) != value]
    for batch in batches(rows, BATCH):
        with editing(row.pk for row in batch):
            for row in batch:
                setattr(row, field, value)
                row.updated_at = timezone.now()
            overwrite(batch, [field, "updated_at"], user=user, reason="")
    return len(rows)


@transaction.atomic
def tag_all(pks: Sequence[int], *, names: Iterable[str]) -> int:
    """Adds these tags, new ones included. Returns how many questions did not have all of them."""
    rows: list[TaggedQuestion] = []
    for tag in tags_named(set(names)).values():
        tagged = set(tag.tagged.values_list("content_object", flat=True))
        untagged = [pk for pk in pks if pk not in tagged]
        rows += [TaggedQuestion(tag=tag, content_object_id=pk) for pk in untagged]
    TaggedQuestion.objects.bulk_create(rows, batch_size=BATCH)
    return retagged({row.content_object_id for row in rows})


@transaction.atomic
def untag_all(pks: Sequence[int], *, tags: Iterable[Tag]) -> int:
    """Takes these tags away. Returns how many questions had at least one of them."""
    rows = TaggedQuestion.objects.filter(tag__in=list(tags))
    found: set[int] = set()
    for batch in batches(pks, BATCH):
        tagged = rows.filter(content_object__in=batch)
        found |= set(tagged.values_list("content_object", flat=True))
        tagged.delete()
    return retagged(found)


def retagged(pks: set[int]) -> int:
    search.refresh(pks)
    return len(pks)
