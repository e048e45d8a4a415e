"""A Markdown file cut at its questions, and these at their sections."""

from collections.abc import Iterable, Iterator

from ..blocks import Blocks
from ..items import QUESTION_LIMIT, Document, Notice, ReadError
from ..text import Line
from .raw_question import RawQuestion


class QuestionCutter:
    """What stands below other headings as high or higher than those of questions is left out.

    `level` is that of the questions' headings; those of their sections are one deeper.
    """

    def __init__(self, level: int, document: Document) -> None:
        self.level, self.document = level, document
        self.syntax = Blocks()
        self.question: RawQuestion | None = None
        # Where text begins that belongs to no question.
        self.omission_line = 0

    def raw_questions(self, lines: Iterator[Line]) -> Iterator[RawQuestion]:
        for line in lines:
            level = self.syntax.level(line.text)
            if 0 < level <= self.level:
                yield from self.ended_question()
                self.begin(level, line)
            elif self.question:
                self.add(self.question, level, line)
            else:
                self.leave_out(line)
        self.note_open_end()
        yield from self.ended_question()

    def begin(self, level: int, line: Line) -> None:
        self.question = None
        self.omission_line = 0
        if level == self.level:
            self.question = RawQuestion(line)

    def add(self, question: RawQuestion, level: int, line: Line) -> None:
        if level == self.level + 1:
            question.add_section(line)
        else:
            question.last_lines.append(line)
        question.size += len(line.text) + 1
        if question.size > QUESTION_LIMIT:
            raise self.too_long(question)

    def leave_out(self, line: Line) -> None:
        if not (self.omission_line or line.is_blank):
            self.omission_line = line.number
            self.document.note(line.number, "text that belongs to no question is left out.")

    def ended_question(self) -> Iterator[RawQuestion]:
        if self.question:
            yield self.question

    def note_open_end(self) -> None:
        if self.question and self.syntax.closer:
            end = "it was closed at the end of the file"
            why = f"the code or comment that begins here did not end: {end}."
            line = opening_line(self.question.lines)
            self.question.notices.append(Notice(line=line, text=why))

    def too_long(self, question: RawQuestion) -> ReadError:
        why = f"the question has more than {QUESTION_LIMIT:,} characters."
        if self.syntax.closer:
            begin = f"The code or comment that begins in line {opening_line(question.lines)}"
            why += f" {begin} does not end."
        return ReadError(self.document.file, question.line, why)


def opening_line(lines: Iterable[Line]) -> int:
    """Where the code or comment begins that is open after the lines."""
    syntax = Blocks()
    number = 0
    for line in lines:
        if not syntax.closer:
            number = line.number
        syntax.level(line.text)
    return number
