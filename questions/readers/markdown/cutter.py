"""A Markdown file cut at its questions."""

from collections.abc import Iterator

from ..blocks import Blocks, heading_text
from ..items import QUESTION_LIMIT, Document, Notice, ReadError
from ..normal import one_line
from ..text import Line
from .lines import MarkdownLine
from .question import Block


class BlockCutter:
    """What stands below other headings as high or higher than those of questions is left out.

    `level` is that of the questions' headings.
    """

    def __init__(self, level: int, document: Document) -> None:
        self.level, self.document = level, document
        self.syntax = Blocks()
        self.block: Block | None = None
        self.size = 0
        # Where the code or comment begins that is open, and the text that belongs to no question.
        self.opened_in = self.left_out_from = 0

    def blocks(self, lines: Iterator[Line]) -> Iterator[Block]:
        for line in self.with_levels(lines):
            if 0 < line.level <= self.level:
                yield from self.ended_block()
                self.begin(line)
            else:
                self.add(line)
        self.note_open_end()
        yield from self.ended_block()

    def with_levels(self, lines: Iterator[Line]) -> Iterator[MarkdownLine]:
        for number, text in lines:
            was_open = self.syntax.closer
            level = self.syntax.level(text)
            if self.syntax.closer and not was_open:
                self.opened_in = number
            yield MarkdownLine(number, level, text)

    def begin(self, line: MarkdownLine) -> None:
        self.block = None
        self.size = self.left_out_from = 0
        if line.level == self.level:
            title = one_line(heading_text(line.text))
            self.block = Block(title, line.number, line.level)

    def add(self, line: MarkdownLine) -> None:
        if self.block:
            self.add_to_block(self.block, line)
        elif not (self.left_out_from or line.is_blank):
            self.left_out_from = line.number
            why = "text that belongs to no question is left out."
            self.document.note(line.number, why)

    def add_to_block(self, block: Block, line: MarkdownLine) -> None:
        block.lines.append(line)
        self.size += len(line.text) + 1
        if self.size > QUESTION_LIMIT:
            raise self.too_long(block)

    def ended_block(self) -> Iterator[Block]:
        if self.block:
            yield self.block

    def note_open_end(self) -> None:
        if self.block and self.syntax.closer:
            end = "it was closed at the end of the file"
            why = f"the code or comment that begins here did not end: {end}."
            self.block.notices.append(Notice(line=self.opened_in, text=why))

    def too_long(self, block: Block) -> ReadError:
        why = f"the question has more than {QUESTION_LIMIT:,} characters."
        if self.syntax.closer:
            begin = f"The code or comment that begins in line {self.opened_in}"
            why += f" {begin} does not end."
        return ReadError(self.document.file, block.line, why)
