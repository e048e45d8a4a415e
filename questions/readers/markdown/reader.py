"""Question files in Markdown, our own format and plain ones: `## Question` and the answer below it."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from .. import text
from ..blocks import Blocks, heading_text
from ..contract import Confidence, Format, Head
from ..items import QUESTION_LIMIT, Document, Item, Notice, ReadError
from ..normal import one_line
from . import layout
from .question import Block, read_question
from .sets import read_set

SAMPLE_LINES = 400
ENDINGS = (".md", ".markdown")


def recognize(head: Head) -> Confidence:
    if layout.is_sure(head.lines):
        return Confidence.SURE
    is_named = head.ending in ENDINGS
    # One `#` alone may begin a comment of any kind.
    if layout.question_level(head.lines) > 1:
        return Confidence.CONFIRMED if is_named else Confidence.POSSIBLE
    return Confidence.NAMED if is_named else Confidence.NONE


def read(stream: BinaryIO, file: str) -> Document:
    """ReadError, now or while the items are read, with the line of what the format does not allow."""
    front, lines = layout.front_matter(text.lines(stream, file), file)
    document = Document(file=file, format="markdown", items=iter(()))
    kind = layout.text_of(front, "kind", file)
    if kind == "set":
        document.items = read_set(front, lines, document)
        return document
    if kind:
        raise ReadError(file, 1, f'the kind "{kind[:60]}" is not known. A question set says "set", questions say none.')
    layout.note_unknown(front, ("source", "title"), document)
    start = list(islice(lines, SAMPLE_LINES))
    sample = [line for _, line in start]
    level = layout.question_level(sample) or 2
    title = layout.text_of(front, "source", file) or layout.text_of(front, "title", file)
    document.title = title or layout.document_heading(sample, level)
    document.items = _items(chain(start, lines), level, document)
    return document


def _items(lines: Iterator[tuple[int, str]], level: int, document: Document) -> Iterator[Item]:
    place = 0
    for block in _Blocks(level, document).split(lines):
        item = read_question(block, place + 1, document.file)
        if item:
            place += 1
            yield item
        else:
            document.note(block.line, f'"{block.title}" is no question and is left out.')


class _Blocks:
    """The document cut at its questions. What stands below other headings as high or higher belongs to none."""

    def __init__(self, level: int, document: Document) -> None:
        self.level, self.document = level, document
        self.syntax = Blocks()
        self.block: Block | None = None
        self.size = self.opened = self.left_out = 0

    def split(self, lines: Iterator[tuple[int, str]]) -> Iterator[Block]:
        for number, line in lines:
            was_open = self.syntax.closer
            depth = self.syntax.level(line)
            if self.syntax.closer and not was_open:
                self.opened = number
            if 0 < depth <= self.level:
                if self.block:
                    yield self.block
                self.begin(number, depth, line)
            else:
                self.add(number, depth, line)
        if self.block:
            if self.syntax.closer:
                why = "the code or comment that begins here did not end: it was closed at the end of the file."
                self.block.notices.append(Notice(line=self.opened, text=why))
            yield self.block

    def begin(self, number: int, depth: int, line: str) -> None:
        self.block = Block(one_line(heading_text(line)), number, depth) if depth == self.level else None
        self.size = self.left_out = 0

    def add(self, number: int, depth: int, line: str) -> None:
        if self.block:
            self.block.lines.append((number, depth, line))
            self.size += len(line) + 1
            if self.size > QUESTION_LIMIT:
                raise self.too_long(self.block.line)
        elif line.strip() and not self.left_out:
            self.left_out = number
            self.document.note(number, "text that belongs to no question is left out.")

    def too_long(self, line: int) -> ReadError:
        why = f"the question has more than {QUESTION_LIMIT:,} characters."
        if self.syntax.closer:
            why += f" The code or comment that begins in line {self.opened} does not end."
        return ReadError(self.document.file, line, why)


MARKDOWN = Format(
    name="markdown",
    label="Markdown",
    endings=ENDINGS,
    example="A question is a heading with its answer below it, as in: ## What is a queue?",
    recognize=recognize,
    read=read,
)
