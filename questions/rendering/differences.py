"""What changed between two texts, in pieces a person can read. Pure."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

# A changed passage of more words than this is shown as replaced: comparing its words takes too
# long and helps nobody.
WORD_LIMIT = 2_000
# Lines less alike than this (0 to 1) are shown as replaced, not as a scatter of words.
MIN_LIKENESS = 0.4
WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class DifferencePiece:
    """`kind` is "same", "old" (only in the old text) or "new"."""

    kind: str
    text: str


def differences(old: str, new: str) -> list[DifferencePiece]:
    """Line by line, and word by word within lines that changed a little.

    All pieces but the "new" ones, joined, are the old text.
    """
    pieces = _by_line(old.splitlines(keepends=True), new.splitlines(keepends=True))
    return [piece for piece in pieces if piece.text]


def _by_line(old: Sequence[str], new: Sequence[str]) -> Iterator[DifferencePiece]:
    for before, after in _aligned(old, new, SequenceMatcher(None, old, new)):
        if before == after:
            yield DifferencePiece("same", "".join(before))
        else:
            yield from _by_word("".join(before), "".join(after))


def _by_word(old: str, new: str) -> Iterator[DifferencePiece]:
    before, after = WORDS.findall(old), WORDS.findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    is_long = len(before) + len(after) > WORD_LIMIT
    if is_long or matcher.ratio() < MIN_LIKENESS:
        yield DifferencePiece("old", old)
        yield DifferencePiece("new", new)
        return
    for left, right in _aligned(before, after, matcher):
        if left == right:
            yield DifferencePiece("same", "".join(left))
        else:
            yield DifferencePiece("old", "".join(left))
            yield DifferencePiece("new", "".join(right))


def _aligned(
    old: Sequence[str],
    new: Sequence[str],
    matcher: SequenceMatcher[str],
) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for _, start, end, new_start, new_end in matcher.get_opcodes():
        yield old[start:end], new[new_start:new_end]
