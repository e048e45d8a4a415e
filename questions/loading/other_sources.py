"""Further sources that an item names, and what they answer."""

from collections.abc import Iterable

from django.utils import timezone

from questions.models import Answer, Origin, Question
from questions.models.history import overwrite
from questions.readers.items import OtherAnswer, SourceRef

from .context import LoadContext
from .creating import named_origin
from .incoming import IncomingItem
from .records import source_ref

REASON = "Loaded again"
# Whose, short, in full.
Said = tuple[Origin | None, str, str]


class OtherSources:
    """Of an item that is this question already; `own` is its own origin."""

    def __init__(
        self,
        each: IncomingItem,
        question: Question,
        own: Origin,
        context: LoadContext,
    ) -> None:
        self.item = each.item
        self.named = each.others
        self.question = question
        self.context = context
        others = question.origins.all()
        self.origins = {source_ref(row): row for row in others if row.pk != own.pk}
        for ref in self.named:
            if ref not in self.origins:
                self.origins[ref] = self.moved_origin(ref) or self.new_origin(ref)
        self.origins[each.reference] = own

    def moved_origin(self, ref: SourceRef) -> Origin | None:
        """One with this title and number that the item no longer names as it stands."""
        place = (ref.title, ref.number)
        unnamed = [old for old in self.origins if old not in self.named]
        moved = [old for old in unnamed if (old.title, old.number) == place]
        if not moved:
            return None
        origin = self.origins.pop(moved[0])
        if not origin.item:
            origin.url = ref.url
            origin.file = ref.file
            origin.save(update_fields=["url", "file"])
        return origin

    def new_origin(self, ref: SourceRef) -> Origin:
        row = named_origin(ref, self.question.pk, self.question.title, self.context)
        unique = {name: row.pop(name) for name in ("source_id", "key")}
        return Origin.objects.get_or_create(**unique, defaults=row)[0]

    def set_answers(self, standing: Iterable[Answer]) -> None:
        """Those that stand get their new text, new ones are added, none is deleted."""
        wanted = [self.said_in(other) for other in self.item.answers]
        rows = {row: said_by(row) for row in standing}
        free = [row for row, said in rows.items() if said not in wanted]
        new = [said for said in wanted if said not in rows.values()]
        save_answers([self.written(said, free) for said in new], self.context)

    def written(self, said: Said, free: list[Answer]) -> Answer:
        """A row that says this: one of the free ones, else a new one."""
        origin, short, answer = said
        row = take_row(free, origin) or self.new_answer(origin)
        row.short = short
        row.answer = answer
        row.updated_at = timezone.now()
        return row

    def said_in(self, other: OtherAnswer) -> Said:
        origin = self.origins[other.source] if other.source else None
        return origin, other.short, other.answer

    def new_answer(self, origin: Origin | None) -> Answer:
        return Answer(question=self.question, owner=self.question.owner, origin=origin)


def said_by(row: Answer) -> Said:
    return row.origin, row.short, row.answer


def take_row(rows: list[Answer], origin: Origin | None) -> Answer | None:
    """The first of the rows that is of this origin, no longer among them."""
    for at, row in enumerate(rows):
        if row.origin == origin:
            return rows.pop(at)
    return None


def save_answers(answers: Iterable[Answer], context: LoadContext) -> None:
    """Texts of answers, new ones included, with the versions before and after."""
    old = [answer for answer in answers if answer.pk]
    fields = ["short", "answer", "updated_at"]
    overwrite(old, fields, user=context.run.user, reason=REASON)
    Answer.objects.bulk_create([answer for answer in answers if not answer.pk])
