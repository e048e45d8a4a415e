"""Which item of a document is which question already loaded, and which asks what is asked already."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from rapidfuzz import fuzz, process

from questions.readers.items import Item

from .keys import digest, normalised
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
    title: str
    number: int | None
    item: Record


def said(texts: Record) -> set[str]:
    """The words of what an item says below its title."""
    parts = [texts.get(name) or "" for name in ("body", "short", "answer")]
    return set(normalised("\n".join([*parts, *(texts.get("key_points") or ())])).split())


def agreement(one: set[str], other: set[str]) -> float:
    """The share of their words that two texts have in common, 0 to 1."""
    return len(one & other) / len(one | other) if one and other else 0.0


def same(title: str, texts: Record, other_title: str, others: Record) -> bool:
    """Whether two items are one question, reworded at most."""
    likeness = fuzz.token_sort_ratio(title, other_title)
    one, other = said(texts), said(others)
    if not one or not other:
        return likeness >= UNANSWERED_LIKENESS
    return agreement(one, other) >= next(share for least, share in ALIKE if likeness >= least)


def renamed(items: Sequence[Item], origins: Sequence[Loaded]) -> Iterator[tuple[int, int]]:
    """Pairs what is left over on both sides, as positions: first by number, then by what is said, then by likeness."""
    free = dict(enumerate(origins))
    texts = [record(item) for item in items]
    left = list(range(len(items)))
    for places in (by_number, by_text, by_title):
        if places is by_title and len(left) * len(free) > PAIR_LIMIT:
            return
        rest = []
        for at, candidates in places(items, texts, left, free):
            found = [place for place in candidates if place in free]
            place = next(
                (each for each in found if same(items[at].title, texts[at], free[each].title, free[each].item)), -1
            )
            if place in free:
                del free[place]
                yield at, place
            else:
                rest.append(at)
        left = rest


Candidates = Iterator[tuple[int, list[int]]]


def by_number(items: Sequence[Item], texts: list[Record], left: list[int], free: dict[int, Loaded]) -> Candidates:
    numbered = {origin.number: place for place, origin in free.items() if origin.number is not None}
    return ((at, [numbered.get(number, -1)] if (number := items[at].number) is not None else []) for at in left)


def by_text(items: Sequence[Item], texts: list[Record], left: list[int], free: dict[int, Loaded]) -> Candidates:
    saying: dict[str, list[int]] = {}
    for place, origin in free.items():
        saying.setdefault(digest(*sorted(said(origin.item))), []).append(place)
    return ((at, saying.get(digest(*sorted(said(texts[at]))), [])[:CANDIDATES]) for at in left)


def by_title(items: Sequence[Item], texts: list[Record], left: list[int], free: dict[int, Loaded]) -> Candidates:
    for at in left:
        titles = {place: origin.title for place, origin in free.items()}
        best = process.extract(items[at].title, titles, scorer=fuzz.token_sort_ratio, limit=CANDIDATES)
        yield at, [place for _, _, place in best]


class Repeats:
    """Finds a question that is asked already, in about the same words."""

    def __init__(self, titles: Iterable[tuple[int, str]]) -> None:
        """`titles`: pairs of a question's number and one of its wordings."""
        self.wordings: dict[str, int] = {}
        for pk, title in titles:
            self.wordings.setdefault(normalised(title), pk)
        self.left = PAIR_LIMIT

    def find(self, item: Item) -> int | None:
        wanted = [normalised(wording) for wording in (item.title, *item.wordings)]
        exact = next((self.wordings[wording] for wording in wanted if wording in self.wordings), None)
        self.left -= len(self.wordings)
        if exact is not None or self.left < 0:
            return exact
        best = process.extractOne(
            wanted[0], self.wordings.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=REPEAT_LIKENESS
        )
        return self.wordings[best[0]] if best else None
