"""Questions to documents that load back byte for byte."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from questions.loading.records import named_sources, to_item, with_rows
from questions.models import QuestionSet
from questions.models.visibility import QuestionQuerySet
from questions.readers.items import Item, SetItem, SourceRef
from questions.readers.json_format import writer as json_writer
from questions.readers.markdown import writer as markdown_writer

BATCH = 500
WRITERS = {"markdown": markdown_writer.write, "json": json_writer.write}
# The source of a question that was written here: whoever loads the export will have one.
WRITTEN_HERE = SourceRef(title="Curators")


def items(questions: QuestionQuerySet) -> Iterator[Item]:
    """In the order of the first source's title, the number there and the id, whatever the database."""
    seen: dict[int, tuple[str, float, str, int]] = {}
    chosen = questions.model.objects.filter(pk__in=questions.order_by().values("pk"))
    rows = chosen.order_by("origins__pk").values_list("pk", "origins__source__title", "origins__number", "key")
    for pk, title, number, key in rows.iterator(chunk_size=10_000):
        first = WRITTEN_HERE.title if title is None else title
        seen.setdefault(pk, (first, float("inf") if number is None else number, key, pk))
    pks = [place[-1] for place in sorted(seen.values())]
    for start in range(0, len(pks), BATCH):
        batch = with_rows(questions.model.objects.filter(pk__in=pks[start : start + BATCH])).in_bulk()
        # Somebody may have deleted one meanwhile.
        rows_here = (batch[pk] for pk in pks[start : start + BATCH] if pk in batch)
        yield from (sourced(to_item(question)) for question in rows_here)


def sourced(item: Item) -> Item:
    """With a source where it has none, and with those of all its answers."""
    item = replace(item, sources=item.sources or (WRITTEN_HERE,))
    return replace(item, sources=tuple(named_sources(item)))


def sets(rows: Iterable[QuestionSet]) -> Iterator[SetItem]:
    """Those that have questions."""
    for row in rows:
        keys = tuple(entry.question.key for entry in row.entries.select_related("question"))
        if keys:
            yield SetItem(title=row.title, line=0, id=row.key, description=row.description, questions=keys)


def write(questions: QuestionQuerySet, format: str, *, with_sets: Iterable[QuestionSet] = ()) -> Iterator[str]:
    """The questions as chunks of a document; `format` is a key of WRITERS. Only JSON has room for question sets."""
    if format == "json":
        yield from json_writer.write(chain(items(questions), sets(with_sets)))
    else:
        yield from WRITERS[format](items(questions))
