"""One document: its items matched with what it led to before, then created or merged."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice

from questions.models import Question
from questions.readers.items import Item

from .bulk import BATCH, batches
from .context import LoadContext
from .creating import create
from .identity import identify
from .incoming import IncomingItem, incoming_items
from .likeness import KnownWordings
from .missing import mark_missing, unseen_origins
from .renaming import Renaming
from .updating import update


class DocumentLoad:
    """`unknown`: what an old source does not know waits to the end, for it may be renamed."""

    def __init__(self, context: LoadContext) -> None:
        self.context = context
        self.unknown: list[IncomingItem] = []

    def load(self, items: Iterable[Item]) -> None:
        incoming = incoming_items(items, self.context)
        while batch := list(islice(incoming, BATCH)):
            identify(batch, self.context)
            self.store(batch)
        self.finish()

    def store(self, batch: Sequence[IncomingItem]) -> None:
        known, new = [], []
        for each in batch:
            if each.question_id:
                known.append(each)
            elif each.source.pk in self.context.new_sources:
                new.append(each)
            else:
                self.unknown.append(each)
        update(known, self.context)
        self.create(new)

    def create(self, items: Sequence[IncomingItem]) -> None:
        for each in items:
            found = self.known_wordings.find(each.item)
            if found:
                each.repeats = Question.objects.values_list("title", flat=True).get(pk=found)
        for batch in batches(items):
            create(batch, self.context)

    @cached_property
    def known_wordings(self) -> KnownWordings:
        """All that were there before this document."""
        owned = Question.objects.filter(owner=self.context.options.owner)
        titles = list(owned.values_list("pk", "title"))
        others = owned.exclude(wordings="").values_list("pk", "wordings")
        wordings = [(pk, line) for pk, lines in others for line in lines.splitlines()]
        return KnownWordings(titles + wordings)

    def finish(self) -> None:
        """Pairs what is left over on both sides; the rest is new, or missing from the document."""
        renaming = Renaming(self.unknown, unseen_origins(self.context))
        renaming.pair()
        for batch in batches(renaming.renamed):
            update(batch, self.context)
        self.create(renaming.unknown)
        mark_missing(list(renaming.missing.values()), self.context)
