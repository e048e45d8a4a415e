"""A copied article cut into its questions: where each begins, its title, the lines of its answer.

Streams: a question leaves before the next one is read.
"""

from collections.abc import Iterator

from ..text import Line
from .case import Case
from .categories import Categorized, split_category
from .frame import group_name
from .headings import Heading, read_heading
from .judge import begins_question, is_frame
from .labels import text_after_label
from .layout import Layout
from .place import Place
from .prose import without_marks
from .raw_question import RawQuestion
from .titles import whole_title
from .window import Window


class QuestionCutter:
    """Walks over the lines of an article.

    `group` is the name of the group of questions that the next one is in, else empty.
    """

    def __init__(self, lines: Iterator[Line], layout: Layout, file: str) -> None:
        self.window = Window(lines)
        self.place = Place(self.window)
        self.layout, self.file = layout, file
        self.count = 0
        self.group = ""
        # What stands before the first question belongs to none.
        self.question = RawQuestion("", 0, 0, file, is_closed=True)

    def raw_questions(self) -> Iterator[RawQuestion]:
        for line in self.window:
            yield from self.question_before(line)
            self.place.follows_blank = not line.text
        yield from self.last_question()

    def question_before(self, line: Line) -> Iterator[RawQuestion]:
        """The question that ends before a line, if one does; goes on with the line."""
        heading = read_heading(line.text)
        if not heading:
            self.go_on_with_text(line)
            return
        self.place.pass_heading(heading)
        case = Case(heading, self.place, self.layout)
        if begins_question(case):
            yield from self.ended_question()
            self.begin(case, line.number)
        else:
            self.go_on_with_heading(case, line)

    def ended_question(self) -> Iterator[RawQuestion]:
        if self.place.has_question:
            self.question.end()
            self.enter_group(self.question.take_group_name())
            yield self.question

    def last_question(self) -> Iterator[RawQuestion]:
        if self.place.has_question:
            self.question.end_article()
            yield self.question

    def begin(self, case: Case, line: int) -> None:
        """Begins a question with its heading and the lines between its title and its label."""
        heading = case.heading
        is_labeled = case.has_label() and not heading.answer
        title = self.take_title(heading, is_labeled=is_labeled)
        self.leave_closed_group()
        self.question = RawQuestion(
            without_marks(title.title),
            line,
            self.next_number(heading),
            self.file,
            tags=tuple(filter(None, (*title.names, self.group))),
        )
        self.place.begin_question(heading.number)
        self.begin_answer(Line(line, heading.answer), is_labeled=is_labeled)

    def next_number(self, heading: Heading) -> int:
        """The number of a question, its place where it has none."""
        self.count += 1
        return self.count if heading.number is None else heading.number

    def take_title(self, heading: Heading, *, is_labeled: bool) -> Categorized:
        title = whole_title(heading.title, self.window, is_labeled=is_labeled)
        self.window.skip(title.further_lines)
        return split_category(title.text, usual=self.layout.categories)

    def begin_answer(self, answer: Line, *, is_labeled: bool) -> None:
        """Begins with what stands behind the title, or with what stands behind the label."""
        if answer.text:
            self.question.add(answer)
        if is_labeled:
            self.take_asked()

    def take_asked(self) -> None:
        """Takes the lines before the label, and what stands behind it."""
        for line in self.window:
            rest = text_after_label(line.text)
            if rest is not None:
                self.question.add(Line(line.number, rest))
                break
            self.question.question_lines.append(line)

    def leave_closed_group(self) -> None:
        """After a part of the frame, the line before a question may name another group."""
        if self.question.is_closed:
            self.group = group_name(self.place.text_before) or ""

    def enter_group(self, name: str | None) -> None:
        if name is not None:
            self.group = name

    def go_on_with_text(self, line: Line) -> None:
        if line.text:
            self.place.pass_text(line.text)
        if not self.question.is_closed:
            self.question.add(line)

    def go_on_with_heading(self, case: Case, line: Line) -> None:
        self.place.text_before = ""
        if is_frame(case):
            self.close_question(case)
        elif not self.question.is_closed:
            self.question.add(line)
            self.note_step(case)

    def close_question(self, chapter: Case) -> None:
        self.place.chapter = chapter.heading.number or 0
        self.question.is_closed = True

    def note_step(self, case: Case) -> None:
        if case.is_step():
            self.place.step = case.heading.number or 0
