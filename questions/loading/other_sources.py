"""Further sources that an item names, and what they answer."""

from typing import TYPE_CHECKING

from django.utils import timezone

from questions.models import Answer, Origin, Question
from questions.models.history import overwrite
from questions.readers.items import OtherAnswer

from .creating import named_origin
from .incoming import Arrival

if TYPE_CHECKING:
    from .document import DocumentLoad

REASON = "Loaded again"
# Title of a source, number there.
Places = dict[tuple[str, int | None], Origin]
# Whose, short, in full.
Told = tuple[Origin | None, str, str]


def name_sources(each: Arrival, question: Question, loading: "DocumentLoad") -> Places:
    """The question's origins by source and number, those of sources that the item names for the first time included."""
    places = {(origin.source.title, origin.number): origin for origin in question.origins.all()}
    for ref in each.others:
        if (ref.title, ref.number) not in places:
            row = named_origin(ref, question.pk, question.title, loading)
            unique = {name: row.pop(name) for name in ("source_id", "key")}
            made, _ = Origin.objects.get_or_create(
                **unique, defaults={"question": question, "load": loading.run, **row}
            )
            places[ref.title, ref.number] = made
    return places


def set_others(each: Arrival, question: Question, own: Origin, places: Places, loading: "DocumentLoad") -> None:
    """Answers of further sources: those that stand get their new text, new ones are added, none is deleted."""
    rows = [row for row in question.answers.all() if row.origin_id != own.pk and row.owner_id == question.owner_id]
    wanted = [told(other, own, places) for other in each.item.answers]
    standing = [(row.origin, row.short, row.answer) for row in rows]
    free = [row for row, stands in zip(rows, standing, strict=True) if stands not in wanted]
    changed = []
    for origin, short, answer in wanted:
        if (origin, short, answer) in standing:
            continue
        row = next((row for row in free if row.origin == origin), None)
        free = [other for other in free if other is not row]
        row = row or Answer(question=question, owner=question.owner, origin=origin)
        row.short, row.answer, row.updated_at = short, answer, timezone.now()
        changed.append(row)
    fields = ["short", "answer", "updated_at"]
    overwrite([row for row in changed if row.pk], fields, user=loading.user, reason=REASON)
    Answer.objects.bulk_create([row for row in changed if not row.pk])


def told(other: OtherAnswer, own: Origin, places: Places) -> Told:
    origin = places.get((other.source.title, other.source.number), own) if other.source else None
    return origin, other.short, other.answer
