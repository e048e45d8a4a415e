"""What stands behind each claim of a page: a quoting check, a reason why none can, or a mention."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from .claims import Claim, claims
from .code_block import CHECK, CodeBlock
from .code_blocks import blocks_with, code_blocks
from .mentions import Mentions, mentions
from .visible import visible_text

QUOTED, EXCUSED, MENTIONED, UNPROVED = "quoted", "excused", "mentioned", "unproved"

_EXCUSE = re.compile(r"\s*# unproved: (?P<words>.+?) because (?P<reason>\S.*)")
_EXCUSE_BEGIN = re.compile(r"\s*# unproved\b")


class Excuse(NamedTuple):
    """Words of the page that no check can prove. Without a reason there are none."""

    line: int
    words: str


class ClaimStanding(NamedTuple):
    """`proof` is one of the four above."""

    claim: Claim
    proof: str


class Places(NamedTuple):
    """Stretches of a page."""

    ranges: list[range]

    def hold(self, claim: Claim) -> bool:
        return any(claim.start in each and claim.end - 1 in each for each in self.ranges)


def standings(text: str, quotes: Iterable[str]) -> Iterator[ClaimStanding]:
    """`quotes` are the words that the checks quoted when they ran."""
    quoted = _places(text, quotes)
    excused = _places(text, [excuse.words for excuse in excuses(text)])
    mentioned = mentions(tuple(code_blocks(text)))
    for claim in claims(text):
        yield ClaimStanding(claim, _proof(claim, quoted, excused, mentioned))


def _proof(claim: Claim, quoted: Places, excused: Places, mentioned: Mentions) -> str:
    if quoted.hold(claim):
        return QUOTED
    if excused.hold(claim):
        return EXCUSED
    return MENTIONED if mentioned.has(claim) else UNPROVED


def _places(text: str, quotes: Iterable[str]) -> Places:
    visible = visible_text(text)
    ranges: list[range] = []
    for words in quotes:
        ranges += visible.quotes(words)
    return Places(ranges)


def excuses(text: str) -> Iterator[Excuse]:
    """The comments of the checks that begin with `# unproved`."""
    for block in blocks_with(text, CHECK):
        yield from _excuses_of_block(block)


def _excuses_of_block(block: CodeBlock) -> Iterator[Excuse]:
    for line, code in enumerate(block.code.split("\n"), block.line):
        match = _EXCUSE.fullmatch(code)
        if match:
            yield Excuse(line, match["words"])
        elif _EXCUSE_BEGIN.match(code):
            yield Excuse(line, "")


def unproved(text: str, quotes: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Pairs of a line and why: claims without proof, and excuses of nothing."""
    for claim, proof in standings(text, quotes):
        if proof == UNPROVED:
            yield claim.line, f'unproved {claim.kind}: "{claim.text}" in "{claim.sentence}"'
    yield from _vain_excuses(text)


def _vain_excuses(text: str) -> Iterator[tuple[int, str]]:
    for excuse in excuses(text):
        if not excuse.words:
            yield excuse.line, "write # unproved: the words because the reason."
        elif not _claims_in(text, excuse.words):
            yield excuse.line, f'the page claims nothing in the words "{excuse.words}".'


def _claims_in(text: str, words: str) -> list[Claim]:
    return list(filter(_places(text, [words]).hold, claims(text)))
