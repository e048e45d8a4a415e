"""Which item of a document is which question already loaded, and which asks what is asked already."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from rapidfuzz import fuzz, process

from questions.readers.items import Item

from .keys import digest, normalized
from .records import Record, record

# Titles at least this alike (0 to 100) may be the same question asked in other words.
REPEAT_LIKENESS = 86
# The more alike two titles are, the less of what is said below them (0 to 1) has to agree: "What is X?" and
# "What is Y?" are alike, and two questions.
ALIKE = ((90, 0.2), (55, 0.5), (0, 0.9))
UNANSWERED_LIKENESS = 80
CANDIDATES = 5
# Comparing everything with everything is bounded to what takes about a second.
PAIR_LIMIT = 4_000_000


class Loaded(Protocol):
    """What is read of an origin."""

    title: str
    number: int | None
    item: Record


def words_below(texts: Record) -> set[str]:
    """The words of what an item says below its title."""
    parts = [texts.get(name) or "" for name in ("body", "short", "answer")]
    return set(normalized("\n".join([*parts, *(texts.get("key_points") or ())])).split())


def shared_part(one: set[str], other: set[str]) -> float:
    """The share of their words that two texts have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def is_same_question(title: str, texts: Record, other_title: str, other_texts: Record) -> bool:
    """Whether two items are one question, reworded at most."""
    likeness = fuzz.token_sort_ratio(title, other_title)
    one, other = words_below(texts), words_below(other_texts)
    if not one or not other:
        return likeness >= UNANSWERED_LIKENESS
    return shared_part(one, other) >= next(share for least, share in ALIKE if likeness >= least)


# For a position among the items those among the origins that may be it, the likeliest first.
Candidates = Callable[[int], Sequence[int]]


def pair_renamed(items: Sequence[Item], origins: Sequence[Loaded]) -> dict[int, int]:
    """Pairs what is left over on both sides, as positions: first by number, then by what is said, then by likeness."""
    if not items:
        return {}
    pairing = Pairing(items, origins)
    pairing.pair(pairing.by_number())
    pairing.pair(pairing.by_words())
    unpaired = len(items) - len(pairing.pairs)
    if unpaired * len(pairing.free) <= PAIR_LIMIT:
        pairing.pair(pairing.by_title())
    return pairing.pairs


class Pairing:
    def __init__(self, items: Sequence[Item], origins: Sequence[Loaded]) -> None:
        self.items = items
        self.texts = [record(item) for item in items]
        self.free = dict(enumerate(origins))
        self.pairs: dict[int, int] = {}

    def pair(self, candidates: Candidates) -> None:
        for at in range(len(self.items)):
            if at in self.pairs:
                continue
            for place in candidates(at):
                if place in self.free and self.is_same(at, place):
                    del self.free[place]
                    self.pairs[at] = place
                    break

    def is_same(self, at: int, place: int) -> bool:
        origin = self.free[place]
        return is_same_question(self.items[at].title, self.texts[at], origin.title, origin.item)

    def by_number(self) -> Candidates:
        numbered = {origin.number: [place] for place, origin in self.free.items()}
        numbered.pop(None, None)
        return lambda at: numbered.get(self.items[at].number, [])

    def by_words(self) -> Candidates:
        saying = defaultdict(list)
        for place, origin in self.free.items():
            saying[words_digest(origin.item)].append(place)
        return lambda at: saying[words_digest(self.texts[at])][:CANDIDATES]

    def by_title(self) -> Candidates:
        def candidates(at: int) -> list[int]:
            titles = {place: origin.title for place, origin in self.free.items()}
            title = self.items[at].title
            best = process.extract(title, titles, scorer=fuzz.token_sort_ratio, limit=CANDIDATES)
            return [place for _, _, place in best]

        return candidates


def words_digest(texts: Record) -> str:
    return digest(*sorted(words_below(texts)))


class KnownWordings:
    """Finds a question that is asked already, in about the same words."""

    def __init__(self, titles: Iterable[tuple[int, str]]) -> None:
        """`titles`: pairs of a question's number and one of its wordings."""
        self.wordings: dict[str, int] = {}
        for pk, title in titles:
            self.wordings.setdefault(normalized(title), pk)
        self.comparisons_left = PAIR_LIMIT

    def find(self, item: Item) -> int | None:
        wanted = [normalized(wording) for wording in (item.title, *item.wordings)]
        self.comparisons_left -= len(self.wordings)
        for wording in wanted:
            if wording in self.wordings:
                return self.wordings[wording]
        if self.comparisons_left < 0:
            return None
        best = process.extractOne(
            wanted[0],
            self.wordings.keys(),
            scorer=fuzz.token_sort_ratio,
            score_cutoff=REPEAT_LIKENESS,
        )
        return self.wordings[best[0]] if best else None
