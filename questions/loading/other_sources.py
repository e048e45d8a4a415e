"""Further sources that an item names, and what they answer."""

from django.utils import timezone

from questions.models import Answer, Origin, Question
from questions.models.history import overwrite
from questions.readers.items import OtherAnswer

from .context import DocumentContext
from .creating import named_origin
from .incoming import IncomingItem
from .records import Place, place_of, source_ref

REASON = "Loaded again"
Places = dict[Place, Origin]
# Whose, short, in full.
Said = tuple[Origin | None, str, str]


def name_sources(each: IncomingItem, question: Question, context: DocumentContext) -> Places:
    """The question's origins, those of sources that the item names for the first time included."""
    places = {place_of(source_ref(origin)): origin for origin in question.origins.all()}
    for ref in each.others:
        if place_of(ref) not in places:
            row = named_origin(ref, question.pk, question.title, context)
            unique = {name: row.pop(name) for name in ("source_id", "key")}
            places[place_of(ref)], _ = Origin.objects.get_or_create(**unique, defaults=row)
    return places


def set_other_answers(
    each: IncomingItem, question: Question, origin: Origin, places: Places, context: DocumentContext
) -> None:
    """Those that stand get their new text, new ones are added, none is deleted."""
    rows = [row for row in question.answers.all() if row.origin_id != origin.pk and row.owner_id == question.owner_id]
    wanted = [said(other, origin, places) for other in each.item.answers]
    standing = {(row.origin, row.short, row.answer): row for row in rows}
    free = [row for text, row in standing.items() if text not in wanted]
    changed = []
    for whose, short, answer in wanted:
        if (whose, short, answer) in standing:
            continue
        row = take_row(free, whose) or Answer(question=question, owner=question.owner, origin=whose)
        row.short = short
        row.answer = answer
        row.updated_at = timezone.now()
        changed.append(row)
    old = [row for row in changed if row.pk]
    overwrite(old, ["short", "answer", "updated_at"], user=context.run.user, reason=REASON)
    Answer.objects.bulk_create([row for row in changed if not row.pk])


def said(other: OtherAnswer, own: Origin, places: Places) -> Said:
    whose = places.get(place_of(other.source), own) if other.source else None
    return whose, other.short, other.answer


def take_row(rows: list[Answer], origin: Origin | None) -> Answer | None:
    """The first of the rows that is of this origin; the others stay in the list."""
    for at, row in enumerate(rows):
        if row.origin == origin:
            return rows.pop(at)
    return None
