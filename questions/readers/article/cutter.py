"""A copied article cut into its questions: where each begins, its title, the lines of its answer.

Streams: a question leaves before the next one is read.
"""

from collections.abc import Iterator

from ..text import Line
from .frame import group_name
from .headings import Categorized, Heading, heading, split_category
from .judge import Judge
from .labels import has_label, text_after_label
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
        self.judge = Judge(layout, self.place)
        self.layout, self.file = layout, file
        self.count = 0
        self.group = ""
        # What stands before the first question belongs to none.
        self.section = Section("", 0, 0, file, is_closed=True)

    def sections(self) -> Iterator[Section]:
        for line in self.window:
            found = heading(line.text)
            if found and self.judge.begins_question(found):
                yield from self.ended_section(is_last=False)
                self.begin(found, line.number)
            else:
                self.go_on(found, line)
            self.place.follows_blank = not line.text
        yield from self.ended_section(is_last=True)

    def ended_section(self, *, is_last: bool) -> Iterator[Section]:
        if not self.place.has_question:
            return
        self.section.end(is_last=is_last)
        if not is_last:
            self.take_group(self.section.body)
        yield self.section

    def begin(self, found: Heading, line: int) -> None:
        """Begins a section with its heading, and with the lines between its title and its label."""
        if self.section.is_closed:
            self.group = group_name(self.place.text_before) or ""
        self.count += 1
        is_labeled = not found.answer and has_label(self.window.texts(), found.kind)
        title, categories = self.take_title(found, is_labeled=is_labeled)
        number = self.count if found.number is None else found.number
        tags = tuple(filter(None, (*categories, self.group)))
        self.section = Section(without_marks(title), line, number, self.file, tags)
        self.place.begin_question(found)
        if found.answer:
            self.section.add(Line(line, found.answer))
        if is_labeled:
            self.take_asked()

    def take_title(self, found: Heading, *, is_labeled: bool) -> Categorized:
        title = whole_title(found.title, self.window, is_labeled=is_labeled)
        self.window.skip(title.further_lines)
        return split_category(title.text, usual=self.layout.categories)

    def take_asked(self) -> None:
        """Takes the lines before the label, and what stands behind it."""
        for line in self.window:
            rest = text_after_label(line.text)
            if rest is not None:
                self.section.add(Line(line.number, rest))
                return
            self.section.asked.append(line)

    def take_group(self, body: list[Line]) -> None:
        """A heading right before a question is the name of a group, not the end of an answer."""
        while body and not body[-1].text:
            body.pop()
        if len(body) < 2 or body[-2].text:
            return
        name = group_name(body[-1].text)
        if name is not None:
            self.group = name
            body.pop()

    def go_on(self, found: Heading | None, line: Line) -> None:
        """Goes on with a line that begins no question."""
        self.place.pass_line(line.text, is_heading=found is not None)
        if found and self.judge.is_frame(found):
            self.place.chapter = found.number or 0
            self.section.is_closed = True
        elif not self.section.is_closed:
            self.section.add(line)
            self.place.step = self.judge.step_after(found)
