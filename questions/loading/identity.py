"""Which questions the items of a batch are already: by key, told apart by what they say, else by a question's id."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from questions.models import Origin, Question
from questions.readers.items import ReadError

from .incoming import Arrival
from .keys import exact_key, normalised
from .likeness import agreement, said, same
from .records import record, to_item, with_rows

if TYPE_CHECKING:
    from .document import DocumentLoad

# Texts that share this much of their words (0 to 1) are versions of one text.
VERSION = 0.5
Origins = dict[tuple[int, str], Origin]


def find(batch: list[Arrival], loading: "DocumentLoad") -> None:
    """Fills in the origin and the question of each item that was loaded before."""
    by_key = origins((each.source.pk, each.key) for each in batch)
    for each in batch:
        each.meet(by_key.get((each.source.pk, each.key)))
    tell_apart([each for each in batch if not each.item.id and is_doubtful(each, loading.seen)], loading)
    refuse_used_ids(batch, loading)
    meet_by_id([each for each in batch if each.item.id and not each.origin], batch, loading)


def origins(places: Iterable[tuple[int, str]]) -> Origins:
    sources, keys = map(set, zip(*places, strict=True)) if (places := list(places)) else (set(), set())
    return {(each.source_id, each.key): each for each in Origin.objects.filter(source__in=sources, key__in=keys)}


def is_doubtful(each: Arrival, seen: Mapping[int, str]) -> bool:
    """Whether the item of the same title that was loaded before may be another one."""
    if not each.origin or each.origin.item == each.record:
        return False
    if each.origin.pk in seen:
        return True
    before, now = said(each.origin.item), said(each.record)
    return bool(before and now) and agreement(before, now) < VERSION


def tell_apart(doubtful: list[Arrival], loading: "DocumentLoad") -> None:
    """An item is the one that says the same; else, with the same title in the same file, the one that was edited."""
    by_text = origins((each.source.pk, exact_key(each.item)) for each in doubtful)
    for each in doubtful:
        key, found = exact_key(each.item), each.origin
        told = by_text.get((each.source.pk, key))
        edited = found and found.file == each.place(loading.document.file)["file"] and found.title == each.item.title
        if told or not edited or (found and found.pk in loading.seen):
            each.key = key
            each.meet(told)


def refuse_used_ids(batch: list[Arrival], loading: "DocumentLoad") -> None:
    for each in batch:
        place = loading.seen.get(each.origin.pk) if each.item.id and each.origin else None
        if each.origin and place and each.origin.item != each.record:
            raise ReadError(
                loading.document.file, each.item.line, f"the id {each.item.id!r} is already used in {place}."
            )


def meet_by_id(strays: list[Arrival], batch: list[Arrival], loading: "DocumentLoad") -> None:
    """An export names questions by their ids; what merely has the id of another question is a question of its own."""
    found = Question.objects.filter(owner=loading.options.owner, key__in={each.item.id for each in strays})
    questions = {question.key: question for question in with_rows(found)} if strays else {}
    here = {each.origin.pk: f"line {each.item.line}" for each in batch if each.origin}
    seen = ChainMap(here, loading.seen)
    for each in strays:
        question = questions.get(each.item.id)
        if question:
            meet(each, question, seen, loading)


def is_it(each: Arrival, question: Question) -> bool:
    """Whether the question of this id is the item: to have it and the title is enough."""
    if normalised(each.item.title) == normalised(question.title):
        return True
    return same(each.item.title, each.record, question.title, record(to_item(question)))


def meet(each: Arrival, question: Question, seen: Mapping[int, str], loading: "DocumentLoad") -> None:
    own = [origin for origin in question.origins.all() if origin.source_id == each.source.pk]
    if own and own[0].pk in seen:
        why = f"the id {each.item.id!r} is that of “{question.title}”, which stands in {seen[own[0].pk]} without it."
        raise ReadError(loading.document.file, each.item.line, why)
    if own:
        each.meet(own[0])
    elif is_it(each, question):
        each.question_id = question.pk
    else:
        why = (
            f"the id {each.item.id!r} is that of another question, “{question.title}”; this one gets an id of its own."
        )
        loading.document.note(each.item.line, why)
