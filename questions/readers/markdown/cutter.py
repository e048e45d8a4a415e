"""A Markdown file cut at its questions, and these at their sections."""

from collections.abc import Iterable, Iterator

from ..blocks import Blocks
from ..items import QUESTION_LIMIT, Document, Notice, ReadError
from ..text import Line
from .block import Block


class BlockCutter:
    """What stands below other headings as high or higher than those of questions is left out.

    `level` is that of the questions' headings; those of their sections are one deeper.
    """

    def __init__(self, level: int, document: Document) -> None:
        self.level, self.document = level, document
        self.syntax = Blocks()
        self.block: Block | None = None
        # Where text begins that belongs to no question.
        self.left_out_from = 0

    def blocks(self, lines: Iterator[Line]) -> Iterator[Block]:
        for line in lines:
            level = self.syntax.level(line.text)
            if 0 < level <= self.level:
                yield from self.ended_block()
                self.begin(level, line)
            elif self.block:
                self.add(self.block, level, line)
            else:
                self.leave_out(line)
        self.note_open_end()
        yield from self.ended_block()

    def begin(self, level: int, line: Line) -> None:
        self.block = None
        self.left_out_from = 0
        if level == self.level:
            self.block = Block(line)

    def add(self, block: Block, level: int, line: Line) -> None:
        if level == self.level + 1:
            block.add_section(line)
        else:
            block.last_lines.append(line)
        block.size += len(line.text) + 1
        if block.size > QUESTION_LIMIT:
            raise self.too_long(block)

    def leave_out(self, line: Line) -> None:
        if not (self.left_out_from or line.is_blank):
            self.left_out_from = line.number
            self.document.note(line.number, "text that belongs to no question is left out.")

    def ended_block(self) -> Iterator[Block]:
        if self.block:
            yield self.block

    def note_open_end(self) -> None:
        if self.block and self.syntax.closer:
            end = "it was closed at the end of the file"
            why = f"the code or comment that begins here did not end: {end}."
            line = opening_line(self.block.lines)
            self.block.notices.append(Notice(line=line, text=why))

    def too_long(self, block: Block) -> ReadError:
        why = f"the question has more than {QUESTION_LIMIT:,} characters."
        if self.syntax.closer:
            begin = f"The code or comment that begins in line {opening_line(block.lines)}"
            why += f" {begin} does not end."
        return ReadError(self.document.file, block.line, why)


def opening_line(lines: Iterable[Line]) -> int:
    """Where the code or comment begins that is open after the lines."""
    syntax = Blocks()
    number = 0
    for line in lines:
        if not syntax.closer:
            number = line.number
        syntax.level(line.text)
    return number
