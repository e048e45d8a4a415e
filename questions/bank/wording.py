"""Wordings that ask the same."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations
from typing import NamedTuple

# Wordings of two questions that share more than this part of their telling words ask the same.
ALIKE = 0.5
_WORD = re.compile(r"[a-z0-9]+(?:[-_.][a-z0-9]+)*")
_ENDING = re.compile(r"(?:ing|ed|s)$")
_COMMON = frozenset(
    _WORD.findall("""
    a an and app application are as at be between by can could describe did difference do does
    explain flask for from had has have how i if in into is it its made make me my need not of on
    one ones or out should so tell than that the there these this those to up use used using was
    what when where which who whom why will with work works would you your
""")
)


class Wording(NamedTuple):
    file: str
    line: int
    id: str
    text: str


def telling_words(text: str) -> frozenset[str]:
    """The words that tell a question from others, without their endings."""
    words = _WORD.findall(text.lower())
    return frozenset(_ENDING.sub("", word) for word in words if word not in _COMMON)


def repetitions(wordings: Iterable[Wording]) -> Iterator[tuple[Wording, Wording]]:
    """Each wording that stands twice, however it is set, and where it stands first."""
    seen: dict[str, Wording] = {}
    for wording in wordings:
        first = seen.setdefault(" ".join(_WORD.findall(wording.text.lower())), wording)
        if first is not wording:
            yield wording, first


def near_doubles(wordings: Iterable[Wording]) -> Iterator[tuple[Wording, Wording]]:
    """Pairs of wordings, of two questions, that ask nearly the same."""
    found = [(wording, telling_words(wording.text)) for wording in wordings]
    for one, other in sorted(_pairs_with_a_common_word(found)):
        (first, words), (second, others) = found[one], found[other]
        is_alike = len(words & others) >= ALIKE * len(words | others)
        if is_alike and first.id != second.id:
            yield first, second


def _pairs_with_a_common_word(
    found: Iterable[tuple[Wording, frozenset[str]]],
) -> set[tuple[int, int]]:
    """Places in the list, so that not every wording is compared with every other."""
    places = defaultdict[str, list[int]](list)
    for at, (_, words) in enumerate(found):
        for word in words:
            places[word].append(at)
    pairs = set[tuple[int, int]]()
    for each in places.values():
        pairs.update(combinations(each, 2))
    return pairs
