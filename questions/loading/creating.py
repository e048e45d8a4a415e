"""New items to rows, many at a time."""

from collections.abc import Iterator, Sequence

from accounts.models import Team
from questions.models import Answer, KeyPoint, Origin, Question, Tag, TaggedQuestion
from questions.readers.items import DIFFICULTIES, Item, SourceRef

from .bulk import Row, insert, new_ids
from .context import DocumentContext
from .incoming import IncomingItem
from .keys import named_key, question_keys
from .options import Options
from .records import link_lines

# A question and a source that its item names -> the origin there; None: the item's own.
OriginIds = dict[tuple[int, SourceRef | None], int]


def create(batch: Sequence[IncomingItem], context: DocumentContext) -> None:
    """Makes a question of each item, which none of them is yet."""
    for each, pk in zip(batch, new_ids(Question, len(batch)), strict=True):
        each.question_id = pk
    insert(Question, question_rows(batch, context))
    origins = insert_origins(batch, context)
    insert(Answer, [row for each in batch for row in answer_rows(each, origins, context.options)])
    insert(KeyPoint, [row for each in batch for row in key_point_rows(each)])
    insert(TaggedQuestion, list(tagged_rows(batch)))
    for each in batch:
        context.mark_seen(origins[each.question_id, None], each.item)
        context.run.touched.add(each.question_id)
        context.report.add(each.entry("new"))


def question_rows(batch: Sequence[IncomingItem], context: DocumentContext) -> list[Row]:
    owner = context.options.owner
    items = [(each.item, each.source.title) for each in batch]
    keys = question_keys(items, lambda wanted: taken_keys(wanted, owner=owner))
    rows = []
    for each, key in zip(batch, keys, strict=True):
        identity = {"id": each.question_id, "key": key, "owner_id": context.options.owner_id}
        rows.append(identity | first_values(each.item, context.options))
    return rows


def taken_keys(keys: set[str], *, owner: Team | None) -> set[str]:
    return set(Question.objects.filter(owner=owner, key__in=keys).values_list("key", flat=True))


def first_values(item: Item, options: Options) -> Row:
    return {
        "status": first_status(item, options),
        "title": item.title,
        "body": item.body,
        "wordings": "\n".join(item.wordings),
        "difficulty": DIFFICULTIES.index(item.difficulty) + 1 if item.difficulty else None,
        "applies_to": item.applies_to,
        "verified_on": item.verified_on,
        "links": link_lines(item.links),
        "mistakes": item.mistakes,
        "follow_ups": item.follow_ups,
    }


def first_status(item: Item, options: Options) -> str:
    if options.publish and item.status != Question.Status.RETIRED:
        return Question.Status.PUBLISHED
    return item.status or Question.Status.DRAFT


def insert_origins(batch: Sequence[IncomingItem], context: DocumentContext) -> OriginIds:
    places: list[tuple[int, SourceRef | None]] = []
    rows: list[Row] = []
    for each in batch:
        places.append((each.question_id, None))
        rows.append(own_origin(each, context))
        for ref in each.others:
            places.append((each.question_id, ref))
            rows.append(named_origin(ref, each.question_id, each.item.title, context))
    return dict(zip(places, insert(Origin, rows), strict=True))


def own_origin(each: IncomingItem, context: DocumentContext) -> Row:
    # Where the document names no status, the one given here counts as what it said.
    status = each.item.status or first_status(each.item, context.options)
    return {
        "question_id": each.question_id,
        "source_id": each.source.pk,
        "load_id": context.run.load.pk,
        "key": each.key,
        "item": each.record | {"status": status},
        "warnings": each.warnings(),
        **each.place(context.file),
    }


def named_origin(ref: SourceRef, question: int, title: str, context: DocumentContext) -> Row:
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


def answer_rows(each: IncomingItem, origins: OriginIds, options: Options) -> Iterator[Row]:
    pk = each.question_id
    own = origins[pk, None]
    ids = {"question_id": pk, "owner_id": options.owner_id}
    if each.item.short or each.item.answer:
        texts = {"short": each.item.short, "answer": each.item.answer}
        yield {**ids, **texts, "accepted": True, "origin_id": own}
    for other in each.item.answers:
        origin = origins.get((pk, other.source), own) if other.source else None
        yield {**ids, "short": other.short, "answer": other.answer, "origin_id": origin}


def key_point_rows(each: IncomingItem) -> Iterator[Row]:
    for position, text in enumerate(dict.fromkeys(each.item.key_points), start=1):
        yield {"question_id": each.question_id, "text": text, "position": position}


def tagged_rows(batch: Sequence[IncomingItem]) -> Iterator[Row]:
    tags = tags_named({name for each in batch for name in each.item.tags})
    for each in batch:
        for tag in dict.fromkeys(tags[name.casefold()].pk for name in each.item.tags):
            yield {"content_object_id": each.question_id, "tag_id": tag}


def tags_named(names: set[str]) -> dict[str, Tag]:
    """Tags by name in lower case, made where they are missing."""
    found = {tag.name.casefold(): tag for tag in Tag.objects.filter(name__in=names)}
    wanted = {name.casefold(): name for name in sorted(names)}
    if wanted.keys() - found.keys():
        for tag in Tag.objects.all():
            found.setdefault(tag.name.casefold(), tag)
    return {key: found.get(key) or Tag.objects.create(name=name) for key, name in wanted.items()}
