"""Changes of one claim at a time, in prose and in visible code, that some check should notice."""

import io
import re
import tokenize
from collections.abc import Iterable, Iterator, Sequence
from http import HTTPStatus
from typing import NamedTuple

from .block import CONTINUES, RUN, Block
from .claims import (
    NAME,
    NUMBER,
    NUMBERS,
    ORDER,
    ORDERS,
    RAISING,
    RAISINGS,
    TRUTH,
    TRUTHS,
    Claim,
)
from .code_blocks import code_blocks

PROSE, CODE = "prose", "code"

OPPOSITES = {
    "first": "last",
    "last": "first",
    "before": "after",
    "after": "before",
    "raises": "does not raise",
    "does not raise": "raises",
    "do not raise": "raise",
    "is raised": "is not raised",
    "is not raised": "is raised",
    "are raised": "are not raised",
    "are not raised": "are raised",
    "True": "False",
    "False": "True",
}
STATUSES = sorted(int(status) for status in HTTPStatus)
_ORDER_IN_NAME = re.compile(r"(?<![a-z])(?:first|last|before|after)(?![a-z])")
_PLAIN_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_COMMENT_CLAIMS = {NUMBER: NUMBERS, ORDER: ORDERS, RAISING: RAISINGS, TRUTH: TRUTHS}


class Mutation(NamedTuple):
    """`start` is the place of the old words in the page; `where` is prose or code."""

    where: str
    kind: str
    line: int
    start: int
    old: str
    new: str

    def apply(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.start + len(self.old) :]


class _Found(NamedTuple):
    """Something in visible code that can be changed."""

    kind: str
    line: int
    start: int
    text: str


def prose_mutations(found: Sequence[Claim]) -> Iterator[Mutation]:
    yield from _mutations(PROSE, found)


def code_mutations(text: str) -> Iterator[Mutation]:
    lines = text.split("\n")
    for block in code_blocks(text):
        if block.verdict in (RUN, CONTINUES):
            yield from _mutations(CODE, list(_found_in_block(block, lines)))


def _mutations(where: str, found: Sequence[Claim] | Sequence[_Found]) -> Iterator[Mutation]:
    names = [each.text for each in found if each.kind == NAME]
    at = 0
    for each in found:
        new = _changed(each.text)
        if each.kind == NAME:
            new = _neighbor(names, at)
            at += 1
        if new:
            yield Mutation(where, each.kind, each.line, each.start, each.text, new)


def _changed(text: str) -> str:
    """The opposite of words, another number; nothing for what has neither."""
    if text[0].isdigit():
        return _other_number(text)
    new = OPPOSITES.get(text) or OPPOSITES.get(text.lower(), "")
    return new.capitalize() if text.istitle() else new


def _other_number(text: str) -> str:
    """The status code that comes next, else one more in the last place: 3.1 becomes 3.2."""
    if text.isdigit() and int(text) in STATUSES:
        at = STATUSES.index(int(text)) + 1
        return str(STATUSES[at % len(STATUSES)])
    last = re.findall("[0-9]+", text)[-1]
    return text[: -len(last)] + str(int(last) + 1).zfill(len(last))


def _neighbor(names: Sequence[str], at: int) -> str:
    """The nearest other name that is written in the same style, those that follow first."""
    for name in (*names[at + 1 :], *reversed(names[:at])):
        if name != names[at] and _style(name) == _style(names[at]):
            return name
    return ""


def _style(name: str) -> str:
    if name.isupper():
        return "constant"
    return "class" if name[0].isupper() else "variable"


def _found_in_block(block: Block, lines: Sequence[str]) -> Iterator[_Found]:
    """Numbers, truths, attributes, names that tell an order, and claims of comments."""
    starts = _line_starts(block, lines)
    previous = ""
    for token in _tokens(block.code):
        line = block.line + token.start[0] - 1
        start = starts[token.start[0] - 1] + token.start[1]
        for kind, at, text in _found_in_token(token, previous):
            yield _Found(kind, line, start + at, text)
        previous = token.string


def _line_starts(block: Block, lines: Sequence[str]) -> list[int]:
    """The place in the page of each line of the block, less the indent that a list gave it."""
    starts = []
    for at, code in enumerate(block.code.split("\n")[:-1]):
        number = block.line - 1 + at
        before = sum(len(line) + 1 for line in lines[:number])
        starts.append(before + len(lines[number]) - len(code))
    return starts


def _tokens(code: str) -> Iterable[tokenize.TokenInfo]:
    ends = (tokenize.NEWLINE, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER)
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type not in ends:
            yield token


def _found_in_token(token: tokenize.TokenInfo, previous: str) -> Iterator[tuple[str, int, str]]:
    text = token.string
    if token.type == tokenize.COMMENT:
        for kind, pattern in _COMMENT_CLAIMS.items():
            for match in pattern.finditer(text):
                yield kind, match.start(), match[0]
    elif token.type == tokenize.NUMBER and _PLAIN_NUMBER.fullmatch(text):
        yield NUMBER, 0, text
    elif token.type == tokenize.NAME:
        yield from _found_in_name(text, previous)


def _found_in_name(name: str, previous: str) -> Iterator[tuple[str, int, str]]:
    order = _ORDER_IN_NAME.search(name)
    if name in ("True", "False"):
        yield TRUTH, 0, name
    elif order:
        yield ORDER, order.start(), order[0]
    elif previous == ".":
        yield NAME, 0, name
