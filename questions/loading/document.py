"""One document: its items matched with what its source led to before, then created or merged in batches."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import islice

from questions.models import Question
from questions.readers.items import Item

from .bulk import BATCH, batches
from .context import DocumentContext
from .creating import create
from .identity import identify
from .incoming import IncomingItem, incoming_items
from .likeness import KnownWordings, pair_renamed
from .missing import mark_missing, unseen_origins
from .updating import update


class DocumentLoad:
    def __init__(self, context: DocumentContext) -> None:
        self.context = context

    def load(self, items: Iterable[Item]) -> None:
        """What an old source does not know waits to the end: it may be a renamed question."""
        unknown: list[IncomingItem] = []
        incoming = incoming_items(items, self.context)
        while batch := list(islice(incoming, BATCH)):
            identify(batch, self.context)
            update([each for each in batch if each.question_id], self.context)
            new = [each for each in batch if not each.question_id]
            self.create([each for each in new if self.is_of_new_source(each)])
            unknown += [each for each in new if not self.is_of_new_source(each)]
        self.finish(unknown)

    def is_of_new_source(self, each: IncomingItem) -> bool:
        return each.source.pk in self.context.new_sources

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

    def finish(self, unknown: Sequence[IncomingItem]) -> None:
        """What is left over on both sides is paired as renamed; then the rest is new, or missing from the document."""
        gone = unseen_origins(self.context)
        pairs = pair_renamed([each.item for each in unknown], gone)
        renamed = []
        for at, place in pairs.items():
            unknown[at].attach(gone[place])
            unknown[at].is_renamed = True
            renamed.append(unknown[at])
        for batch in batches(renamed):
            update(batch, self.context)
        self.create([each for at, each in enumerate(unknown) if at not in pairs])
        paired = set(pairs.values())
        missing = [origin for place, origin in enumerate(gone) if place not in paired]
        mark_missing(missing, self.context)
