"""Cut a copied article into its questions: where each begins, its title, the lines of its answer. Streams."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import dropwhile

from ..items import TEXT_LIMIT, ReadError
from . import layout as rules
from .layout import Heading, Layout, Line
from .prose import continues, ends_sentence, plain
from .window import Window, broken_title

FENCE = re.compile(r"[ \t]*(?:`{3,}[^`]*|~{3,}.*)\Z")


@dataclass(slots=True)
class Section:
    """A question as it stands in the article. `asked` are lines between its title and its label, `body` its answer's.

    `tail` begins with a label such as Related or Conclusion: what it is shows only by what follows. `left_out` is the
    first line that was dropped from the middle of the article or may be missed at its end, 0 for none.
    """

    title: str
    line: int
    number: int
    tags: tuple[str, ...]
    asked: list[Line] = field(default_factory=list)
    body: list[Line] = field(default_factory=list)
    tail: list[Line] = field(default_factory=list)
    left_out: int = 0
    size: int = 0
    step: int = 0
    closed: bool = False

    def add(self, line: Line, file: str) -> None:
        self.size += len(line[1]) + 1
        if self.size > TEXT_LIMIT and self.tail:
            self.closed = True
        elif self.size > TEXT_LIMIT:
            raise ReadError(file, self.line, f"the answer is longer than {TEXT_LIMIT:,} characters.")
        elif self.tail or (line[1] and rules.begins_tail(line[1])):
            self.tail.append(line)
        else:
            self.body.append(line)

    def end(self, *, last: bool) -> None:
        """Settle the tail: at the end of the article it is its frame, before another question it may be answer."""
        if not self.tail:
            return
        kept = [] if last else self.tail
        if rules.LINKS.match(self.tail[0][1]):
            kept = list(dropwhile(lambda line: not ends_sentence(line[1]), kept))
        if len(kept) < len(self.tail) and not (last and rules.LINKS.match(self.tail[0][1])):
            self.left_out = self.tail[0][0]
        self.body += kept


def sections(lines: Iterator[Line], layout: Layout, file: str) -> Iterator[Section]:
    return Cutter(lines, layout, file).sections()


class Cutter:
    """Walks over the lines and decides at each heading: a question, a step of a list, or a part of the frame."""

    def __init__(self, lines: Iterator[Line], layout: Layout, file: str) -> None:
        self.window = Window(lines)
        self.layout, self.file = layout, file
        self.section: Section | None = None
        self.count = self.last = self.run = self.outline = 0
        self.blank, self.fenced = True, False
        self.before = self.group = ""

    def sections(self) -> Iterator[Section]:
        for number, text in self.window:
            found = rules.heading(text)
            if found and self.begins_question(found):
                if self.section:
                    self.section.end(last=False)
                    self.take_group(self.section.body)
                    yield self.section
                self.begin(found, number)
            else:
                self.go_on(found, (number, text))
            self.blank = not text
        if self.section:
            self.section.end(last=True)
            yield self.section

    # What a heading is

    def begins_question(self, found: Heading) -> bool:
        listed = self.is_listed(found)
        if found.kind != self.layout.kind or (self.fenced and not self.asks_next(found)):
            return False
        if found.answer or rules.is_labelled(self.window.texts(), found.kind):
            return True
        if listed:
            return self.section is not None and not self.layout.labels and self.asks_next(found)
        if found.kind == "number":
            title, _ = broken_title(found.title, self.window, labelled=False)
            return self.numbered_question(Heading(found.kind, found.number, title))
        return found.kind == "word" or self.follows(found) or (found.asks and self.blank)

    def numbered_question(self, found: Heading) -> bool:
        """A bare number says little: most such lines are questions, some are steps of a list or parts of the frame."""
        if self.layout.categories and rules.split_category(found.title, usual=True)[1]:
            return True
        if self.layout.categories or self.layout.labels:
            return self.section is not None and self.blank and self.asks_next(found)
        if rules.FRAME.match(found.title):
            return False
        if self.follows(found) and not self.is_step(found):
            return found.asks or (self.stands_alone and (self.section is not None or self.layout.topics))
        return found.asks and self.blank and (not self.last or self.skips(found) or self.starts_over(found))

    @property
    def stands_alone(self) -> bool:
        return self.blank and self.window.blank

    def follows(self, found: Heading) -> bool:
        return found.number == self.last + 1

    def asks_next(self, found: Heading) -> bool:
        return self.follows(found) and found.asks

    def skips(self, found: Heading) -> bool:
        """Numbers may be missing from an article."""
        number = found.number or 0
        return self.last < number and (number <= self.last + 3 or found.title.endswith("?"))

    def starts_over(self, found: Heading) -> bool:
        """A group of questions may count from 1 again; so does every list of steps, which seldom asks."""
        return found.number == 1 and (found.title.endswith("?") or rules.group_name(self.before) is not None)

    def is_step(self, found: Heading) -> bool:
        return bool(self.section and self.section.step and found.number == self.section.step + 1)

    def is_frame(self, found: Heading) -> bool:
        """A numbered heading of the article itself, between or after the questions."""
        if found.kind != "number" or not self.stands_alone or self.fenced or self.run:
            return False
        if self.outline and found.number == self.outline + 1:
            return True
        return bool(rules.FRAME.match(found.title)) or not (found.number == 1 or self.is_step(found))

    def is_listed(self, found: Heading) -> bool:
        """Is the line one of three or more numbered ones with nothing between: a table of contents, a list of steps?"""
        if found.number is None:
            return False
        listed = self.run == found.number or self.counts_on(found.kind, found.number) > found.number + 1
        self.run = found.number + 1 if listed else 0
        return listed

    def counts_on(self, kind: str, number: int) -> int:
        """The last number of the lines below that count on from this one with nothing between."""
        for text in self.window.texts():
            following = rules.heading(text)
            if following and (following.kind, following.number) == (kind, number + 1):
                number += 1
            elif following or (text and not continues(text)):
                break
        return number

    # What is done with it

    def begin(self, found: Heading, line: int) -> None:
        labelled = not found.answer and rules.is_labelled(self.window.texts(), found.kind)
        title, broken = broken_title(found.title, self.window, labelled=labelled)
        self.window.skip(broken)
        title, names = rules.split_category(title, usual=self.layout.categories)
        if not self.section or self.section.closed:
            self.group = rules.group_name(self.before) or ""
        self.count += 1
        self.last = found.number or 0
        tags = (*names, self.group) if self.group and self.group not in names else names
        number = self.count if found.number is None else found.number
        self.section = Section(plain(title), line, number, tags)
        if found.answer:
            self.section.add((line, found.answer), self.file)
        if labelled:
            self.take_asked(self.section)
        self.fenced, self.before = False, ""

    def take_asked(self, section: Section) -> None:
        for number, text in self.window:
            if (rest := rules.label(text)) is not None:
                section.add((number, rest), self.file)
                return
            section.asked.append((number, text))

    def take_group(self, body: list[Line]) -> None:
        """A heading right before the next question is the name of a group, not the end of the answer."""
        while body and not body[-1][1]:
            body.pop()
        alone = len(body) > 1 and not body[-2][1]
        if alone and (name := rules.group_name(body[-1][1])) is not None:
            self.group = name
            body.pop()

    def go_on(self, found: Heading | None, line: Line) -> None:
        text = line[1]
        if text and not found and not continues(text):
            self.run = 0
        if FENCE.match(text):
            self.fenced = not self.fenced
        if found and self.is_frame(found):
            self.outline = found.number or 0
            if self.section:
                self.section.closed = True
        elif self.section and not self.section.closed:
            self.note_step(self.section, found)
            self.section.add(line, self.file)
        if text:
            self.before = text if self.blank and not found else ""

    def note_step(self, section: Section, found: Heading | None) -> None:
        if found and (found.number == 1 or self.is_step(found)):
            section.step = found.number or 0
