"""The lines of an answer in pieces of one kind each: code, a list, a heading, a table, text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter

from ..text import Line, texts_of
from .code_blocks import is_code
from .fences import FENCE, chunks, closes_fence
from .kinds import ITEM, line_kinds
from .languages import language
from .piece import Piece

PIPES = re.compile(r"\|.*\|\Z")
RULE = re.compile(r"\|[\s:|-]+\|\Z")


def pieces(lines: Sequence[Line]) -> list[Piece]:
    result = [Piece("nothing", [])]
    for piece in _cut(lines):
        _add_piece(result, piece)
    return result[1:]


def _add_piece(result: list[Piece], piece: Piece) -> None:
    """Adds a piece, to the last one if it goes on with it."""
    previous = result[-1]
    if piece.kind == "code" and previous.is_comment:
        previous.kind = "code"
    if previous.goes_on_in(piece):
        previous.add(piece)
    else:
        piece.lead = previous.last_text
        result.append(piece)


def _cut(lines: Sequence[Line]) -> Iterator[Piece]:
    kind_before = ""
    for chunk in chunks(lines):
        for piece in _chunk_pieces(chunk, after_code=kind_before == "code"):
            yield piece
            kind_before = piece.kind


def _chunk_pieces(chunk: list[Line], *, after_code: bool) -> Iterable[Piece]:
    fence = FENCE.match(chunk[0].text)
    if fence:
        return [_fenced_piece(chunk, fence)]
    texts = texts_of(chunk)
    if _is_table(texts):
        return [Piece("pipes", chunk)]
    return _text_pieces(chunk, texts, after_code=after_code)


def _text_pieces(
    chunk: list[Line],
    texts: Sequence[str],
    *,
    after_code: bool,
) -> Iterable[Piece]:
    begins_list = ITEM.match(texts[0]) is not None
    if is_code(texts, after_code=after_code and not begins_list):
        return [_code_piece(chunk)]
    return _mixed_pieces(chunk, texts)


def _fenced_piece(chunk: list[Line], fence: re.Match[str]) -> Piece:
    name, *_ = fence["info"].strip().split(" ")
    lines = chunk[1:]
    if lines and closes_fence(lines[-1].text, fence["mark"]):
        lines.pop()
    return Piece("fence", lines, name)


def _piece(kind: str, lines: list[Line]) -> Piece:
    return _code_piece(lines) if kind == "code" else Piece(kind, lines)


def _code_piece(lines: list[Line]) -> Piece:
    return Piece("code", lines, language(texts_of(lines)))


def _mixed_pieces(chunk: list[Line], texts: Sequence[str]) -> Iterator[Piece]:
    """The pieces of a chunk that is not all code."""
    kinds = zip(line_kinds(texts), chunk, strict=True)
    for kind, group in groupby(kinds, key=itemgetter(0)):
        lines = [line for _, line in group]
        yield _piece(kind, lines)


def _is_table(texts: Sequence[str]) -> bool:
    return len(texts) > 2 and bool(RULE.match(texts[1])) and all(map(PIPES.match, texts))
