"""Cut the lines of an answer into pieces of one kind each: code, a list, a heading, a table, text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter

from .code import SEPARATE, code_run, is_code, is_comment, is_strong, language
from .layout import NOISE, Line
from .prose import continues, ends_sentence

FENCE = re.compile(r"(?P<indent>[ \t]*)(?P<mark>`{3,}|~{3,})[ \t]*(?P<info>[^`]*)\Z")
# Round, square and arrow bullets, ticks, and the dashes that pages use for bullets.
GLYPHS = (
    "\u2022\u25e6\u25aa\u25ab\u2023\u2043\u25cf\u25cb\u25a0\u25a1\u25ba\u25b8\u00b7\u2013\u2014\u27a2\u27a4\u2713\u2714"
)
ITEM = re.compile(
    rf"(?P<indent>[ \t]*)(?:(?P<bullet>[{GLYPHS}*+-])(?:[ \t]+|(?<=[\u2022\u25e6\u25aa\u25cf])(?=\S))"
    r"|(?P<number>[0-9]{1,4})[.)][ \t]+)(?P<text>\S.*)"
)
HEADING = re.compile(r"#{1,6} +(?P<text>\S.*?)#*\Z")
PIPES = re.compile(r"\|.*\|\Z")
RULE = re.compile(r"\|[\s:|-]+\|\Z")


@dataclass(slots=True)
class Piece:
    """Lines of one kind. `info` is a fence's language; `led` tells that a line ending with a colon stands before."""

    kind: str
    lines: list[Line]
    info: str = ""
    led: str = ""

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.lines]

    @property
    def is_comment(self) -> bool:
        return self.kind == "text" and all(map(is_comment, self.texts))

    def add(self, other: "Piece") -> None:
        last = self.lines[-1][0]
        blanks = min(2, other.lines[0][0] - last - 1) if self.kind == "code" else 0
        self.lines += [(last + 1, "")] * blanks + other.lines
        self.info = self.info or other.info


def pieces(lines: Sequence[Line]) -> list[Piece]:
    result: list[Piece] = []
    for piece in cut(lines):
        before = result[-1] if result else None
        if piece.kind == "code" and before and before.is_comment:
            before.kind = "code"
        if before and is_more(before, piece):
            before.add(piece)
        else:
            piece.led = before.texts[-1] if before and before.kind in ("text", "heading") else ""
            result.append(piece)
    return result


def is_more(one: Piece, other: Piece) -> bool:
    """A list goes on after a blank line, and so does code, unless it is a command beside a program, or the like."""
    if one.kind != other.kind or one.kind not in ("code", "list"):
        return False
    if one.info == other.info or not (one.info and other.info) or other.texts[0][0] in " \t":
        return True
    return not {one.info, other.info} & SEPARATE


def cut(lines: Sequence[Line]) -> Iterator[Piece]:
    before = ""
    for fence, chunk in chunks(lines):
        found = [fenced(chunk)] if fence else list(by_kind(chunk, after_code=before == "code"))
        for piece in found:
            before = piece.kind
            yield piece


def chunks(lines: Sequence[Line]) -> Iterator[tuple[bool, list[Line]]]:
    """Runs of lines without a blank one, and fenced blocks (True): an open fence ends with the answer."""
    for (fence, _), group in groupby(zones(lines), key=itemgetter(0, 1)):
        yield fence, [line for _, _, line in group]


def zones(lines: Sequence[Line]) -> Iterator[tuple[bool, int, Line]]:
    """Each line of a chunk with the chunk's number, and whether that is a fenced block."""
    mark, chunk = "", 0
    for number, text in lines:
        if mark:
            yield True, chunk, (number, text)
            if closes(text, mark):
                mark, chunk = "", chunk + 1
        elif found := FENCE.match(text):
            mark, chunk = found["mark"], chunk + 1
            yield True, chunk, (number, text)
        elif text and not NOISE.match(text):
            yield False, chunk, (number, text)
        else:
            chunk += 1


def closes(text: str, mark: str) -> bool:
    return text.strip().startswith(mark) and not text.strip(" \t" + mark[0])


def fenced(chunk: list[Line]) -> Piece:
    opening = FENCE.match(chunk[0][1])
    mark, info = (opening["mark"], opening["info"].strip()) if opening else ("```", "")
    closed = len(chunk) > 1 and closes(chunk[-1][1], mark)
    return Piece("fence", chunk[1:-1] if closed else chunk[1:], info.split(" ")[0])


def by_kind(chunk: list[Line], *, after_code: bool) -> Iterator[Piece]:
    texts = [text for _, text in chunk]
    item = ITEM.match(texts[0])
    if len(texts) > 2 and all(map(PIPES.match, texts)) and RULE.match(texts[1]):
        yield Piece("pipes", chunk)
    elif is_code(texts, after_code=after_code and not item):
        yield Piece("code", chunk, language(texts))
    else:
        for kind, group in groupby(kinds(chunk), key=lambda pair: pair[0]):
            part = [line for _, line in group]
            yield Piece(kind, part, language([text for _, text in part]) if kind == "code" else "")


def kinds(chunk: Sequence[Line]) -> Iterator[tuple[str, Line]]:
    """The kind of each line of a chunk that is not all code."""
    texts = [text for _, text in chunk]
    before, looked_at, coded = "", 0, False
    for place, line in enumerate(chunk):
        if place >= looked_at:
            inside = before == "list" and texts[place][0] in " \t"
            run = code_run(texts, place) if not inside and may_begin_code(texts[place]) else 0
            coded = run > 0 and stands_alone(texts, place, run)
            looked_at = place + run
        before = "code" if coded else kind_of(texts, place, before)
        yield before, line


def kind_of(texts: Sequence[str], place: int, before: str) -> str:
    text = texts[place]
    if ITEM.match(text):
        return "list"
    if before == "list" and (text[0] in " \t" or continues(text) or not ends_sentence(texts[place - 1])):
        return "list"
    return "heading" if len(texts) == 1 and text.startswith("##") and HEADING.match(text) else "text"


def may_begin_code(text: str) -> bool:
    return not ITEM.match(text) and (is_strong(text) or is_comment(text))


def stands_alone(texts: Sequence[str], place: int, run: int) -> bool:
    """Is code without a blank line around it a block of its own?

    A single coded line is mostly inline code that a copy put on a line of its own, so it must be announced by a colon;
    and what goes on in the middle of a sentence afterwards was inline too.
    """
    if not any(map(is_strong, texts[place : place + run])):
        return False
    announced = place > 0 and texts[place - 1].endswith(":")
    if not announced and (run == 1 or (place > 0 and not ends_sentence(texts[place - 1]))):
        return False
    return place + run == len(texts) or not continues(texts[place + run])
