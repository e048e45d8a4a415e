"""Which questions the items of a batch are already.

By key, told apart by what they say, else by a question's id.
"""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence

from questions.models import Origin, Question
from questions.readers.items import ReadError

from .context import LoadContext
from .incoming import IncomingItem
from .keys import exact_key, normalized
from .likeness import is_same_question, may_be_version
from .records import record, to_item, with_rows

# A source, a key.
OriginPlace = tuple[int, str]


def identify(batch: Sequence[IncomingItem], context: LoadContext) -> None:
    """Fills in the origin and the question of each item that was loaded before."""
    attach_by_key(batch)
    tell_apart([each for each in batch if is_doubtful(each, context)], context)
    refuse_used_ids(batch, context)
    attach_by_id(batch, context)


def attach_by_key(batch: Sequence[IncomingItem]) -> None:
    known = origins_at((each.source.pk, each.key) for each in batch)
    for each in batch:
        origin = known.get((each.source.pk, each.key))
        if origin:
            each.attach(origin)


def origins_at(places: Iterable[OriginPlace]) -> dict[OriginPlace, Origin]:
    sources, keys = set(), set()
    for source, key in places:
        sources.add(source)
        keys.add(key)
    found = Origin.objects.filter(source__in=sources, key__in=keys)
    return {(origin.source_id, origin.key): origin for origin in found}


def is_doubtful(each: IncomingItem, context: LoadContext) -> bool:
    """Whether the item of the same title that was loaded before may be another one."""
    if each.item.id or not each.is_changed:
        return False
    if each.origin_id in context.run.places:
        return True
    return not may_be_version(each.loaded_record, each.record)


def tell_apart(doubtful: Sequence[IncomingItem], context: LoadContext) -> None:
    """An item is the one that says the same; else the one with its title whose text was edited."""
    known = origins_at((each.source.pk, exact_key(each.item)) for each in doubtful)
    for each in doubtful:
        key = exact_key(each.item)
        exact = known.get((each.source.pk, key))
        if exact:
            each.key = key
            each.attach(exact)
        elif not is_edited(each, context):
            each.key = key
            each.detach()


def is_edited(each: IncomingItem, context: LoadContext) -> bool:
    """Whether what was loaded before has the same title in the same file, and no other item of
    the run is it."""
    if each.origin is None or each.origin.pk in context.run.places:
        return False
    place = each.place(context.file)
    return (each.origin.title, each.origin.file) == (place["title"], place["file"])


def refuse_used_ids(batch: Sequence[IncomingItem], context: LoadContext) -> None:
    for each in batch:
        place = context.run.places.get(each.origin_id)
        if place and each.is_changed and each.item.id:
            why = f"the id {each.item.id!r} is already used in {place}."
            raise ReadError(context.file, each.item.line, why)


def attach_by_id(batch: Sequence[IncomingItem], context: LoadContext) -> None:
    """An export names questions by their ids; what merely has the id of another question is a
    question of its own."""
    strays = [each for each in batch if each.is_stray]
    questions = questions_with({each.item.id for each in strays}, context)
    here = {each.origin_id: f"line {each.item.line}" for each in batch}
    places = ChainMap(here, context.run.places)
    for each in strays:
        if each.item.id in questions:
            attach_to(questions[each.item.id], each, places, context)


def questions_with(keys: set[str], context: LoadContext) -> dict[str, Question]:
    owned = Question.objects.filter(owner=context.options.owner, key__in=keys)
    return {question.key: question for question in with_rows(owned)}


def attach_to(
    question: Question,
    each: IncomingItem,
    places: Mapping[int, str],
    context: LoadContext,
) -> None:
    origin = origin_of(question, each.source.pk)
    its_id = f"the id {each.item.id!r} is that of"
    if origin is None and is_question(each, question):
        each.question_id = question.pk
    elif origin is None:
        why = f"{its_id} another question, “{question.title}”; this one gets an id of its own."
        context.document.note(each.item.line, why)
    elif origin.pk in places:
        place = places[origin.pk]
        why = f"{its_id} “{question.title}”, which stands in {place} without it."
        raise ReadError(context.file, each.item.line, why)
    else:
        each.attach(origin)


def origin_of(question: Question, source: int) -> Origin | None:
    origins = (row for row in question.origins.all() if row.source_id == source)
    return next(origins, None)


def is_question(each: IncomingItem, question: Question) -> bool:
    """Whether the question of this id is the item: to have it and the title is enough."""
    if normalized(each.item.title) == normalized(question.title):
        return True
    there = record(to_item(question))
    return is_same_question(each.item.title, each.record, question.title, there)
