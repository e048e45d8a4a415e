"""Changes of one claim at a time, in prose and in visible code, that some check should notice."""

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from http import HTTPStatus
from typing import NamedTuple

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
from .code_block import LIVE, CodeBlock
from .code_blocks import blocks_with
from .lines import PageLine, page_lines

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
    sentence: str

    def apply(self, text: str) -> str:
        return text[: self.start] + self.new + text[self.start + len(self.old) :]


def prose_mutations(found: Sequence[Claim]) -> Iterator[Mutation]:
    yield from _mutations(PROSE, found)


def code_mutations(text: str) -> Iterator[Mutation]:
    lines = list(page_lines(text))
    for block in blocks_with(text, *LIVE):
        yield from _mutations(CODE, list(_claims_of_block(block, lines)))


def _mutations(where: str, found: Sequence[Claim]) -> Iterator[Mutation]:
    for at, each in enumerate(found):
        new = _neighbor(found, at) if each.kind == NAME else _changed(each.text)
        if new:
            place = (where, each.kind, each.line, each.start)
            yield Mutation(*place, each.text, new, each.sentence)


def _neighbor(found: Sequence[Claim], at: int) -> str:
    """The nearest other name that is written in the same style, those that follow first."""
    name = found[at].text
    others = [*found[at + 1 :], *reversed(found[:at])]
    names = [other.text for other in others if other.kind == NAME and other.text != name]
    return next((other for other in names if _style(other) == _style(name)), "")


def _style(name: str) -> str:
    if name.isupper():
        return "constant"
    return "class" if name[0].isupper() else "variable"


def _changed(text: str) -> str:
    """Another number, or the opposite of words."""
    if text[0].isdigit():
        return _other_number(text)
    opposite = OPPOSITES[text] if text in OPPOSITES else OPPOSITES[text.lower()]
    return opposite.capitalize() if text.istitle() else opposite


def _other_number(text: str) -> str:
    """The status code that comes next, else one more in the last place: 3.1 becomes 3.2."""
    if text.isdigit() and int(text) in STATUSES:
        at = STATUSES.index(int(text)) + 1
        return str(STATUSES[at % len(STATUSES)])
    last = re.findall("[0-9]+", text)[-1]
    return text[: -len(last)] + str(int(last) + 1).zfill(len(last))


def _claims_of_block(block: CodeBlock, lines: Sequence[PageLine]) -> Iterator[Claim]:
    """Numbers, truths, attributes, names that tell an order, and claims of comments."""
    codes = block.code.split("\n")
    previous = ""
    for token in tokenize.generate_tokens(io.StringIO(block.code).readline):
        row, column = token.start
        for kind, at, text in _found_in_token(token, previous):
            line = lines[block.line + row - 2]
            # A list gives its code an indent.
            indent = len(line.text) - len(codes[row - 1])
            start = line.start + indent + column + at
            yield Claim(kind, line.number, start, text, line.text.strip())
        previous = token.string


def _found_in_token(token: tokenize.TokenInfo, previous: str) -> Iterator[tuple[str, int, str]]:
    """Triples of a kind, a place in the token, and a text."""
    if token.type == tokenize.COMMENT:
        yield from _found_in_comment(token.string)
    elif token.type == tokenize.NAME:
        yield from _found_in_name(token.string, previous)
    elif token.type == tokenize.NUMBER and _PLAIN_NUMBER.fullmatch(token.string):
        yield NUMBER, 0, token.string


def _found_in_comment(comment: str) -> Iterator[tuple[str, int, str]]:
    for kind, pattern in _COMMENT_CLAIMS.items():
        for match in pattern.finditer(comment):
            yield kind, match.start(), match[0]


def _found_in_name(name: str, previous: str) -> Iterator[tuple[str, int, str]]:
    order = _ORDER_IN_NAME.search(name)
    if name in ("True", "False"):
        yield TRUTH, 0, name
    elif order:
        yield ORDER, order.start(), order[0]
    elif previous == ".":
        yield NAME, 0, name
