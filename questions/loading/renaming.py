"""Which item that is left over of a document is which question that was left over too."""

from collections import defaultdict
from collections.abc import Callable, Sequence

from rapidfuzz import fuzz, process

from questions.models import Origin

from .incoming import IncomingItem
from .keys import digest
from .likeness import PAIR_LIMIT, is_same_question, words_below
from .records import Record

CANDIDATES = 5
# Gives the keys of the origins that an item may be, the likeliest first.
Candidates = Callable[[IncomingItem], Sequence[int]]


class Renaming:
    """Attaches items to origins: first by number, then by what is said, then by likeness.

    `renamed` are the items that were attached, `unknown` the others; `missing` are the origins to
    which none was.
    """

    def __init__(self, items: Sequence[IncomingItem], origins: Sequence[Origin]) -> None:
        self.renamed: list[IncomingItem] = []
        self.unknown = list(items)
        self.missing = {origin.pk: origin for origin in origins}

    def pair(self) -> None:
        if not self.unknown:
            return
        self.attach_by(self.by_number())
        self.attach_by(self.by_words())
        if len(self.unknown) * len(self.missing) <= PAIR_LIMIT:
            self.attach_by(self.by_title)

    def attach_by(self, candidates: Candidates) -> None:
        unknown = []
        for each in self.unknown:
            origin = self.take_same(each, candidates(each))
            if origin:
                each.attach(origin)
                each.is_renamed = True
                self.renamed.append(each)
            else:
                unknown.append(each)
        self.unknown = unknown

    def take_same(self, each: IncomingItem, candidates: Sequence[int]) -> Origin | None:
        """The first of the candidates that is the same question, no longer missing."""
        for pk in candidates:
            origin = self.missing.get(pk)
            if origin and is_same(each, origin):
                return self.missing.pop(pk)
        return None

    def by_number(self) -> Candidates:
        numbered = {origin.number: [pk] for pk, origin in self.missing.items()}
        numbered.pop(None, None)
        return lambda each: numbered.get(each.item.number, [])

    def by_words(self) -> Candidates:
        saying = defaultdict(list)
        for pk, origin in self.missing.items():
            saying[words_digest(origin.item)].append(pk)
        return lambda each: saying[words_digest(each.record)][:CANDIDATES]

    def by_title(self, each: IncomingItem) -> list[int]:
        titles = {pk: origin.title for pk, origin in self.missing.items()}
        scorer = fuzz.token_sort_ratio
        best = process.extract(each.item.title, titles, scorer=scorer, limit=CANDIDATES)
        return [pk for _, _, pk in best]


def is_same(each: IncomingItem, origin: Origin) -> bool:
    return is_same_question(each.item.title, each.record, origin.title, origin.item)


def words_digest(texts: Record) -> str:
    return digest(*sorted(words_below(texts)))
