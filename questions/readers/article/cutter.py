"""A copied article cut into its questions: where each begins, its title, the lines of its answer.

Streams: a question leaves before the next one is read.
"""

from collections.abc import Iterator

from ..text import Line
from .case import Case
from .categories import Categorized, split_category
from .frame import group_name
from .headings import Heading, heading
from .judge import begins_question, is_frame
from .labels import text_after_label
from .layout import Layout
from .place import Place
from .prose import without_marks
from .section import Section
from .titles import whole_title
from .window import Window


class SectionCutter:
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
        self.section = Section("", 0, 0, file, is_closed=True)

    def sections(self) -> Iterator[Section]:
        for line in self.window:
            yield from self.section_before(line)
            self.place.follows_blank = not line.text
        yield from self.last_section()

    def section_before(self, line: Line) -> Iterator[Section]:
        """The section that ends before a line, if one does; goes on with the line."""
        found = heading(line.text)
        if not found:
            self.go_on_with_text(line)
            return
        self.place.pass_heading(found)
        case = Case(found, self.place, self.layout)
        if begins_question(case):
            yield from self.ended_section()
            self.begin(case, line.number)
        else:
            self.go_on_with_heading(case, line)

    def ended_section(self) -> Iterator[Section]:
        if self.place.has_question:
            self.section.end()
            self.enter_group(self.section.take_group_name())
            yield self.section

    def last_section(self) -> Iterator[Section]:
        if self.place.has_question:
            self.section.end_article()
            yield self.section

    def begin(self, case: Case, line: int) -> None:
        """Begins a section with its heading, and with the lines between its title and its label."""
        found = case.heading
        is_labeled = case.has_label() and not found.answer
        title = self.take_title(found, is_labeled=is_labeled)
        self.leave_closed_group()
        self.section = Section(
            without_marks(title.title),
            line,
            self.next_number(found),
            self.file,
            tags=tuple(filter(None, (*title.names, self.group))),
        )
        self.place.begin_question(found.number)
        self.begin_answer(Line(line, found.answer), is_labeled=is_labeled)

    def next_number(self, found: Heading) -> int:
        """The number of a question, its place where it has none."""
        self.count += 1
        return self.count if found.number is None else found.number

    def take_title(self, found: Heading, *, is_labeled: bool) -> Categorized:
        title = whole_title(found.title, self.window, is_labeled=is_labeled)
        self.window.skip(title.further_lines)
        return split_category(title.text, usual=self.layout.categories)

    def begin_answer(self, answer: Line, *, is_labeled: bool) -> None:
        """Begins with what stands behind the title, or with what stands behind the label."""
        if answer.text:
            self.section.add(answer)
        if is_labeled:
            self.take_asked()

    def take_asked(self) -> None:
        """Takes the lines before the label, and what stands behind it."""
        for line in self.window:
            rest = text_after_label(line.text)
            if rest is not None:
                self.section.add(Line(line.number, rest))
                break
            self.section.asked.append(line)

    def leave_closed_group(self) -> None:
        """After a part of the frame, the line before a question may name another group."""
        if self.section.is_closed:
            self.group = group_name(self.place.text_before) or ""

    def enter_group(self, name: str | None) -> None:
        if name is not None:
            self.group = name

    def go_on_with_text(self, line: Line) -> None:
        if line.text:
            self.place.pass_text(line.text)
        if not self.section.is_closed:
            self.section.add(line)

    def go_on_with_heading(self, case: Case, line: Line) -> None:
        self.place.text_before = ""
        if is_frame(case):
            self.close_section(case)
        elif not self.section.is_closed:
            self.section.add(line)
            self.note_step(case)

    def close_section(self, chapter: Case) -> None:
        self.place.chapter = chapter.heading.number or 0
        self.section.is_closed = True

    def note_step(self, case: Case) -> None:
        if case.is_step():
            self.place.step = case.heading.number or 0
