"""Which questions the items of a batch are already: by key, told apart by what they say, else by a question's id."""

from collections import ChainMap
from collections.abc import Iterable, Mapping, Sequence

from questions.models import Origin, Question
from questions.readers.items import ReadError

from .context import DocumentContext
from .incoming import IncomingItem
from .keys import exact_key, normalized
from .likeness import is_same_question, shared_part, words_below
from .records import record, to_item, with_rows

# Texts that share this much of their words (0 to 1) are versions of one text.
VERSION = 0.5
# A source, a key.
OriginPlace = tuple[int, str]


def identify(batch: Sequence[IncomingItem], context: DocumentContext) -> None:
    """Fills in the origin and the question of each item that was loaded before."""
    known = origins_at((each.source.pk, each.key) for each in batch)
    for each in batch:
        each.attach(known.get((each.source.pk, each.key)))
    tell_apart([each for each in batch if is_doubtful(each, context)], context)
    refuse_used_ids(batch, context)
    attach_by_id(batch, context)


def origins_at(places: Iterable[OriginPlace]) -> dict[OriginPlace, Origin]:
    wanted = set(places)
    found = Origin.objects.filter(
        source__in={source for source, _ in wanted},
        key__in={key for _, key in wanted},
    )
    return {(origin.source_id, origin.key): origin for origin in found}


def is_doubtful(each: IncomingItem, context: DocumentContext) -> bool:
    """Whether the item of the same title that was loaded before may be another one."""
    if each.item.id or not each.origin or each.origin.item == each.record:
        return False
    if each.origin.pk in context.run.places:
        return True
    before, now = words_below(each.origin.item), words_below(each.record)
    return bool(before and now) and shared_part(before, now) < VERSION


def tell_apart(doubtful: Sequence[IncomingItem], context: DocumentContext) -> None:
    """An item is the one that says the same; else the one with the same title whose text was edited."""
    known = origins_at((each.source.pk, exact_key(each.item)) for each in doubtful)
    for each in doubtful:
        key = exact_key(each.item)
        exact = known.get((each.source.pk, key))
        if exact or not is_edited(each, context):
            each.key = key
            each.attach(exact)


def is_edited(each: IncomingItem, context: DocumentContext) -> bool:
    """Whether what was loaded before has the same title in the same file, and no other item of the run is it."""
    origin = each.origin
    if origin is None or origin.pk in context.run.places:
        return False
    return origin.title == each.item.title and origin.file == each.place(context.file)["file"]


def refuse_used_ids(batch: Sequence[IncomingItem], context: DocumentContext) -> None:
    for each in batch:
        if not each.item.id or not each.origin or each.origin.item == each.record:
            continue
        place = context.run.places.get(each.origin.pk)
        if place:
            why = f"the id {each.item.id!r} is already used in {place}."
            raise ReadError(context.file, each.item.line, why)


def attach_by_id(batch: Sequence[IncomingItem], context: DocumentContext) -> None:
    """An export names questions by their ids; what merely has the id of another question is a question of its own."""
    strays = [each for each in batch if each.item.id and not each.origin]
    if not strays:
        return
    ids = {each.item.id for each in strays}
    found = with_rows(Question.objects.filter(owner=context.options.owner, key__in=ids))
    questions = {question.key: question for question in found}
    here = {each.origin.pk: f"line {each.item.line}" for each in batch if each.origin}
    places = ChainMap(here, context.run.places)
    for each in strays:
        if each.item.id in questions:
            attach_to(questions[each.item.id], each, places, context)


def attach_to(question: Question, each: IncomingItem, places: Mapping[int, str], context: DocumentContext) -> None:
    origins = (row for row in question.origins.all() if row.source_id == each.source.pk)
    origin = next(origins, None)
    line = each.item.line
    if origin and origin.pk in places:
        place = places[origin.pk]
        why = f"the id {each.item.id!r} is that of “{question.title}”, which stands in {place} without it."
        raise ReadError(context.file, line, why)
    if origin:
        each.attach(origin)
    elif is_question(each, question):
        each.question_id = question.pk
    else:
        other = f"the id {each.item.id!r} is that of another question, “{question.title}”"
        context.document.note(line, f"{other}; this one gets an id of its own.")


def is_question(each: IncomingItem, question: Question) -> bool:
    """Whether the question of this id is the item: to have it and the title is enough."""
    if normalized(each.item.title) == normalized(question.title):
        return True
    there = record(to_item(question))
    return is_same_question(each.item.title, each.record, question.title, there)
