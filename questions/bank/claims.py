"""Claims of a page that can be run: numbers, names in code, order, raising, True and False."""

import keyword
import re
from bisect import bisect_right
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from .visible import VisibleLine, visible_lines

NUMBER, NAME, ORDER, RAISING, TRUTH = "number", "name", "order", "raising", "truth"
KINDS = (NUMBER, NAME, ORDER, RAISING, TRUTH)

NUMBERS = re.compile(r"(?<![\w.-])[0-9]+(?:[.,][0-9]+)*(?=s?(?!\w))")
ORDERS = re.compile(r"(?i)\b(?:first|last|before|after)\b")
RAISINGS = re.compile(r"\b(?:raises|do(?:es)? not raise|(?:is|are) (?:not )?raised)\b")
TRUTHS = re.compile(r"\b(?:True|False)\b")
# What a piece of code begins with, where that is a name: not a command, not an address.
NAMES = re.compile(r"@?(?:\w+\.)*(?P<name>[A-Za-z_][\w-]*)(?=\Z|[(\[=:]| = )")

_CODE = re.compile(r"(`+)(.+?)\1")
# A list's own numbers, and the addresses of links.
_NO_CLAIM = re.compile(r"^\s*[0-9]+\. |\]\([^)]*\)")
# What is bold there is a mistake or a question.
_LEAD = re.compile(r"- \*\*.*?\*\*")
_SECTIONS_WITH_LEADS = ("Common mistakes", "Follow-ups")
_SENTENCE_END = re.compile(r"[.:!?](?:\*\*)?\s")
_TITLE = re.compile(r"^## (.*)$", re.M)


class Claim(NamedTuple):
    """`start` is its place in the page, `sentence` what it is a part of."""

    kind: str
    line: int
    start: int
    text: str
    sentence: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def claims(text: str) -> Iterator[Claim]:
    """Those of the prose, tables and lists, in their order."""
    title = _TITLE.search(text)
    # What the page is about is not a claim.
    subjects = set(re.findall(r"\w+", title[1] if title else ""))
    for line in visible_lines(text):
        if not line.is_code:
            found = [claim for claim in _claims_of_line(line) if not _is_subject(claim, subjects)]
            yield from sorted(found, key=attrgetter("start"))


def _is_subject(claim: Claim, subjects: set[str]) -> bool:
    return claim.kind == NAME and claim.text in subjects


def _claims_of_line(line: VisibleLine) -> Iterator[Claim]:
    shown = _without_leads(line)
    yield from _matches(NUMBER, NUMBERS, shown, line)
    yield from _matches(TRUTH, TRUTHS, shown, line)
    words = _CODE.sub(_blank, shown)
    yield from _matches(ORDER, ORDERS, words, line)
    yield from _matches(RAISING, RAISINGS, words, line)
    for code in _CODE.finditer(shown):
        yield from _name(code, line)


def _without_leads(line: VisibleLine) -> str:
    shown = _NO_CLAIM.sub(_blank, line.text)
    if line.section in _SECTIONS_WITH_LEADS:
        return _LEAD.sub(_blank, shown, count=1)
    return shown


def _matches(
    kind: str,
    pattern: re.Pattern[str],
    text: str,
    line: VisibleLine,
) -> Iterator[Claim]:
    for match in pattern.finditer(text):
        yield _claim(kind, match.start(), match[0], line)


def _name(code: re.Match[str], line: VisibleLine) -> Iterator[Claim]:
    match = NAMES.match(code[2])
    if match and not keyword.iskeyword(match["name"]):
        yield _claim(NAME, code.start(2) + match.start("name"), match["name"], line)


def _claim(kind: str, at: int, text: str, line: VisibleLine) -> Claim:
    return Claim(kind, line.number, line.start + at, text, _sentence(line.text, at))


def _sentence(text: str, at: int) -> str:
    """The sentence, or the row of a table, around a place."""
    if text.startswith("|"):
        return text
    ends = [match.end() for match in _SENTENCE_END.finditer(_CODE.sub(_blank, text))]
    edges = sorted({0, *ends, len(text)})
    next_edge = bisect_right(edges, at)
    return text[edges[next_edge - 1] : edges[next_edge]].strip()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
