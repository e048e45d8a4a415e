"""Questions to documents that load back byte for byte."""

from collections.abc import Iterator

from .models import QuestionSet
from .models.catalogue import QuestionQuerySet
from .readers import json_format, markdown_writer
from .readers.items import Item, SetItem
from .records import to_item, with_rows

BATCH = 500
WRITERS = {"markdown": markdown_writer.write, "json": json_format.write}


def items(questions: QuestionQuerySet) -> Iterator[Item]:
    """In the order of the first source's title, the number there and the id, whatever the database."""
    seen: dict[int, tuple[str, float, str, int]] = {}
    rows = questions.order_by("origins__pk").values_list("pk", "origins__source__title", "origins__number", "key")
    for pk, title, number, key in rows.iterator(chunk_size=10_000):
        seen.setdefault(pk, (title or "", float("inf") if number is None else number, key, pk))
    pks = [place[-1] for place in sorted(seen.values())]
    for start in range(0, len(pks), BATCH):
        batch = with_rows(questions.model.objects.filter(pk__in=pks[start : start + BATCH])).in_bulk()
        yield from (to_item(batch[pk]) for pk in pks[start : start + BATCH])


def sets(rows) -> Iterator[SetItem]:
    for row in rows.prefetch_related("entries__question"):
        keys = tuple(entry.question.key for entry in row.entries.all())
        yield SetItem(title=row.title, line=0, id=row.key, description=row.description, questions=keys)


def write(questions: QuestionQuerySet, format: str) -> Iterator[str]:
    """The questions as chunks of a document; `format` is a key of WRITERS."""
    return WRITERS[format](items(questions))


__all__ = ["WRITERS", "QuestionSet", "items", "sets", "write"]
