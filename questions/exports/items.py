"""Questions to documents that load back byte for byte."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from questions.loading.bulk import batches
from questions.loading.records import named_sources, to_item, with_rows
from questions.models import QuestionSet
from questions.models.visibility import QuestionQuerySet
from questions.readers.items import Item, SetItem, SourceRef
from questions.readers.json_format import writer as json_writer
from questions.readers.markdown import writer as markdown_writer

WRITERS = {"markdown": markdown_writer.write, "json": json_writer.write}
# The source of a question that was written here: whoever loads the export will have one.
WRITTEN_HERE = SourceRef(title="Curators")
LAST = float("inf")


def write(
    questions: QuestionQuerySet,
    format: str,
    *,
    with_sets: Iterable[QuestionSet] = (),
) -> Iterator[str]:
    """Chunks of a document; `format` is a key of WRITERS. Only JSON has room for question sets."""
    if format == "json":
        yield from json_writer.write(chain(items(questions), sets(with_sets)))
    else:
        yield from WRITERS[format](items(questions))


def items(questions: QuestionQuerySet) -> Iterator[Item]:
    """In the order of the first source's title, the number there and the id."""
    for pks in batches(ordered_pks(questions)):
        found = with_rows(questions.model.objects.filter(pk__in=pks)).in_bulk()
        for pk in pks:
            # Somebody may have deleted it meanwhile.
            if pk in found:
                yield sourced(to_item(found[pk]))


def ordered_pks(questions: QuestionQuerySet) -> list[int]:
    """Sorted here, for databases sort texts in different ways."""
    chosen = questions.model.objects.filter(pk__in=questions.order_by().values("pk"))
    columns = ("pk", "origins__source__title", "origins__number", "key")
    rows = chosen.order_by("origins__pk").values_list(*columns)
    places: dict[int, tuple[str, float, str]] = {}
    for pk, title, number, key in rows.iterator(chunk_size=10_000):
        place = (title or WRITTEN_HERE.title, LAST if number is None else number, key)
        places.setdefault(pk, place)
    return sorted(places, key=lambda pk: (places[pk], pk))


def sourced(item: Item) -> Item:
    """With a source where it has none, and with those of all its answers."""
    item = replace(item, sources=item.sources or (WRITTEN_HERE,))
    return replace(item, sources=tuple(named_sources(item)))


def sets(rows: Iterable[QuestionSet]) -> Iterator[SetItem]:
    """Those that have questions."""
    for row in rows:
        entries = row.entries.select_related("question")
        keys = tuple(entry.question.key for entry in entries)
        if keys:
            yield SetItem(
                title=row.title,
                line=0,
                id=row.key,
                description=row.description,
                questions=keys,
            )
