"""Which questions are alike, and which new one asks what is asked already."""

from collections.abc import Iterable

from rapidfuzz import fuzz, process

from questions.readers.items import Item

from .keys import normalized
from .records import Record

# Titles at least this alike (0 to 100) may be the same question asked in other words.
REPEAT_LIKENESS = 86
# The more alike two titles are, the less of what is said below them (0 to 1) has to agree:
# "What is X?" and "What is Y?" are alike, and two questions.
ALIKE = ((90, 0.2), (55, 0.5), (0, 0.9))
UNANSWERED_LIKENESS = 80
# Texts that share this much of their words (0 to 1) are versions of one text.
VERSION = 0.5
# Comparing everything with everything is bounded to what takes about a second.
PAIR_LIMIT = 4_000_000


def words_below(texts: Record) -> set[str]:
    """The words of what an item says below its title."""
    parts = [texts.get(name) or "" for name in ("body", "short", "answer")]
    parts += texts.get("key_points") or ()
    return set(normalized("\n".join(parts)).split())


def shared_part(one: set[str], other: set[str]) -> float:
    """The share of their words that two texts have in common, 0 to 1."""
    return len(one & other) / len(one | other)


def may_be_version(texts: Record, other_texts: Record) -> bool:
    """Whether one text may be the other one, edited; an empty one may be any."""
    one, other = words_below(texts), words_below(other_texts)
    return not one or not other or shared_part(one, other) >= VERSION


def is_same_question(title: str, texts: Record, other_title: str, other_texts: Record) -> bool:
    """Whether two items are one question, reworded at most."""
    likeness = fuzz.token_sort_ratio(title, other_title)
    one, other = words_below(texts), words_below(other_texts)
    if not one or not other:
        return likeness >= UNANSWERED_LIKENESS
    needed = next(share for least, share in ALIKE if likeness >= least)
    return shared_part(one, other) >= needed


class KnownWordings:
    """Finds a question that is asked already, in about the same words."""

    def __init__(self, wordings: Iterable[tuple[int, str]]) -> None:
        """`wordings`: pairs of a question's number and one of its wordings."""
        self.questions: dict[str, int] = {}
        for pk, wording in wordings:
            self.questions.setdefault(normalized(wording), pk)
        self.comparisons_left = PAIR_LIMIT

    def find(self, item: Item) -> int | None:
        wordings = [normalized(wording) for wording in (item.title, *item.wordings)]
        self.comparisons_left -= len(self.questions)
        for wording in wordings:
            if wording in self.questions:
                return self.questions[wording]
        return self.find_alike(wordings[0])

    def find_alike(self, title: str) -> int | None:
        if self.comparisons_left < 0:
            return None
        known = self.questions.keys()
        scorer = fuzz.token_sort_ratio
        best = process.extractOne(title, known, scorer=scorer, score_cutoff=REPEAT_LIKENESS)
        return self.questions[best[0]] if best else None
