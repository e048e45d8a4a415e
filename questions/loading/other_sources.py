"""Further sources that an item names, and what they answer."""

from collections.abc import Iterable

from django.utils import timezone

from questions.models import Answer, Origin, Question
from questions.models.history import overwrite
from questions.readers.items import OtherAnswer, SourceRef

from .context import DocumentContext
from .creating import named_origin
from .incoming import IncomingItem
from .records import source_ref

REASON = "Loaded again"
Origins = dict[SourceRef, Origin]
# Whose, short, in full.
Said = tuple[Origin | None, str, str]


def name_sources(
    each: IncomingItem,
    question: Question,
    own: Origin,
    context: DocumentContext,
) -> Origins:
    """The origins of what the item names, made where it names a source for the first time."""
    named = each.others
    origins = {source_ref(row): row for row in question.origins.all() if row.pk != own.pk}
    for ref in named:
        if ref not in origins:
            moved = take_moved(ref, origins, named)
            origins[ref] = moved or new_origin(ref, question, context)
    if each.reference:
        origins[each.reference] = own
    return origins


def take_moved(ref: SourceRef, origins: Origins, named: list[SourceRef]) -> Origin | None:
    """The origin of the same source and number that the item no longer names as it stands, no longer among them."""
    for old in origins:
        if (old.title, old.number) != (ref.title, ref.number) or old in named:
            continue
        origin = origins.pop(old)
        if not origin.item:
            origin.url = ref.url
            origin.file = ref.file
            origin.save(update_fields=["url", "file"])
        return origin
    return None


def new_origin(ref: SourceRef, question: Question, context: DocumentContext) -> Origin:
    row = named_origin(ref, question.pk, question.title, context)
    unique = {name: row.pop(name) for name in ("source_id", "key")}
    return Origin.objects.get_or_create(**unique, defaults=row)[0]


def set_other_answers(
    each: IncomingItem,
    question: Question,
    standing: Iterable[Answer],
    origins: Origins,
    context: DocumentContext,
) -> None:
    """Those that stand get their new text, new ones are added, none is deleted."""
    wanted = [said_in(other, origins) for other in each.item.answers]
    rows = {row: said_by(row) for row in standing if row.owner_id == question.owner_id}
    free = [row for row, said in rows.items() if said not in wanted]
    changed = []
    for origin, short, answer in wanted:
        if (origin, short, answer) in rows.values():
            continue
        row = take_row(free, origin)
        row = row or Answer(question=question, owner=question.owner, origin=origin)
        row.short = short
        row.answer = answer
        row.updated_at = timezone.now()
        changed.append(row)
    old = [row for row in changed if row.pk]
    overwrite(old, ["short", "answer", "updated_at"], user=context.run.user, reason=REASON)
    Answer.objects.bulk_create([row for row in changed if not row.pk])


def said_in(other: OtherAnswer, origins: Origins) -> Said:
    origin = origins[other.source] if other.source else None
    return origin, other.short, other.answer


def said_by(row: Answer) -> Said:
    return row.origin, row.short, row.answer


def take_row(rows: list[Answer], origin: Origin | None) -> Answer | None:
    """The first of the rows that is of this origin, no longer among them."""
    for at, row in enumerate(rows):
        if row.origin == origin:
            return rows.pop(at)
    return None
