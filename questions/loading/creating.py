"""New items to rows, many at a time."""

from collections.abc import Iterator, Sequence
from itertools import chain

from accounts.models import Team
from questions.models import Answer, KeyPoint, Origin, Question, TaggedQuestion
from questions.readers.items import Item, SourceRef

from .bulk import Row, insert, new_ids
from .context import LoadContext
from .fields import column_value, tags_named
from .incoming import IncomingItem
from .keys import named_key, question_keys
from .options import LoadOptions
from .records import COLUMNS

# A new question and a source that its item names -> the origin there.
OriginIds = dict[tuple[int, SourceRef | None], int]


def create(batch: Sequence[IncomingItem], context: LoadContext) -> None:
    """Makes a question of each item, which none of them is yet."""
    for each, pk in zip(batch, new_ids(Question, len(batch)), strict=True):
        each.question_id = pk
    insert(Question, question_rows(batch, context))
    origins = insert_origins(batch, context)
    insert(Answer, answer_rows(batch, origins, context.options))
    insert(KeyPoint, key_point_rows(batch))
    insert(TaggedQuestion, tagged_rows(batch))
    for each in batch:
        context.mark_seen(origins[each.question_id, each.reference], each.item)
        context.run.touched.add(each.question_id)
        context.report.add(each.entry("new"))


def question_rows(batch: Sequence[IncomingItem], context: LoadContext) -> Iterator[Row]:
    options = context.options
    items = [(each.item, each.source.title) for each in batch]
    keys = question_keys(items, lambda wanted: taken_keys(wanted, owner=options.owner))
    for each, key in zip(batch, keys, strict=True):
        values = {name: column_value(name, each.record[name]) for name in COLUMNS}
        yield {
            **values,
            "id": each.question_id,
            "key": key,
            "owner_id": options.owner_id,
            "status": first_status(each.item, options),
        }


def taken_keys(keys: set[str], *, owner: Team | None) -> set[str]:
    return set(Question.objects.filter(owner=owner, key__in=keys).values_list("key", flat=True))


def first_status(item: Item, options: LoadOptions) -> str:
    if options.publish and item.status != Question.Status.RETIRED:
        return Question.Status.PUBLISHED
    return item.status or Question.Status.DRAFT


def insert_origins(batch: Sequence[IncomingItem], context: LoadContext) -> OriginIds:
    places: list[tuple[int, SourceRef]] = []
    rows: list[Row] = []
    for each in batch:
        places.append((each.question_id, each.reference))
        rows.append(own_origin(each, context))
        for ref in each.others:
            places.append((each.question_id, ref))
            rows.append(named_origin(ref, each.question_id, each.item.title, context))
    return dict(zip(places, insert(Origin, rows), strict=True))


def own_origin(each: IncomingItem, context: LoadContext) -> Row:
    # Where the document names no status, the one given here counts as what it said.
    status = each.item.status or first_status(each.item, context.options)
    return {
        **each.place(context.file),
        "question_id": each.question_id,
        "source_id": each.source.pk,
        "load_id": context.run.load.pk,
        "key": each.key,
        "item": each.record | {"status": status},
        "warnings": each.warnings(),
    }


def named_origin(ref: SourceRef, question: int, title: str, context: LoadContext) -> Row:
    """An origin without an item, for a further source that an item names."""
    return {
        "question_id": question,
        "source_id": context.source(ref.title).pk,
        "load_id": context.run.load.pk,
        "key": named_key(question, ref),
        "title": title,
        "number": ref.number,
        "url": ref.url,
        "file": ref.file,
    }


def answer_rows(
    batch: Sequence[IncomingItem],
    origins: OriginIds,
    options: LoadOptions,
) -> Iterator[Row]:
    for each in batch:
        pk = each.question_id
        ids = {"question_id": pk, "owner_id": options.owner_id}
        texts = {"short": each.item.short, "answer": each.item.answer}
        if any(texts.values()):
            own = origins[pk, each.reference]
            yield {**ids, **texts, "accepted": True, "origin_id": own}
        for other in each.item.answers:
            texts = {"short": other.short, "answer": other.answer}
            yield {**ids, **texts, "origin_id": origins.get((pk, other.source))}


def key_point_rows(batch: Sequence[IncomingItem]) -> Iterator[Row]:
    for each in batch:
        for position, text in enumerate(dict.fromkeys(each.item.key_points), start=1):
            yield {"question_id": each.question_id, "text": text, "position": position}


def tagged_rows(batch: Sequence[IncomingItem]) -> Iterator[Row]:
    tags = tags_named(set(chain.from_iterable(each.item.tags for each in batch)))
    for each in batch:
        for name in dict.fromkeys(map(str.casefold, each.item.tags)):
            yield {"content_object_id": each.question_id, "tag_id": tags[name].pk}
