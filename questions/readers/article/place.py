"""A place in the article: what stands before it and after it, and how its numbers went on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .frame import group_name
from .headings import Heading, heading
from .prose import continues
from .window import Window

FENCE = re.compile(r"[ \t]*(?:`{3,}[^`]*|~{3,}.*)\Z")
# So far may the number of a question be from the one before.
STRIDE = 3


@dataclass(slots=True)
class Place:
    """The line before those of `window`.

    `number` is that of the last question, `step` that of the last step of a list in its answer,
    `chapter` that of the last heading of the article's frame, each 0 where there was none.
    `listed` is the number with which a list of numbered lines goes on, 0 outside of such a list.
    `text_before` is the last line of text where it stood below a blank one and is no heading.
    """

    window: Window
    number: int = 0
    step: int = 0
    chapter: int = 0
    listed: int = 0
    has_question: bool = False
    follows_blank: bool = True
    is_fenced: bool = False
    text_before: str = ""

    @property
    def stands_alone(self) -> bool:
        return self.follows_blank and self.window.is_blank

    def begin_question(self, found: Heading) -> None:
        self.number = found.number or 0
        self.step = 0
        self.has_question = True
        self.is_fenced = False
        self.text_before = ""

    def pass_line(self, text: str, *, is_heading: bool) -> None:
        """Takes note of a line that begins no question."""
        if is_heading:
            self.text_before = ""
        elif text:
            self.pass_text(text)

    def pass_text(self, text: str) -> None:
        if not continues(text):
            self.listed = 0
        if FENCE.match(text):
            self.is_fenced = not self.is_fenced
        self.text_before = text if self.follows_blank else ""

    def follows(self, found: Heading) -> bool:
        return found.number == self.number + 1

    def asks_next(self, found: Heading) -> bool:
        return self.follows(found) and found.asks

    def is_step(self, found: Heading) -> bool:
        return self.step > 0 and found.number == self.step + 1

    def is_chapter(self, found: Heading) -> bool:
        return self.chapter > 0 and found.number == self.chapter + 1

    def may_jump_to(self, found: Heading) -> bool:
        """Whether the number of a question need not be the next one."""
        return not self.number or self._skips_to(found) or self._starts_over_with(found)

    def take_listed(self, found: Heading) -> bool:
        """Whether a heading is one of three or more numbered lines with nothing between.

        Such lines are a table of contents or a list of steps. Takes note of the next number.
        """
        if found.number is None:
            return False
        is_listed = found.number == self.listed or self._is_counted_on(found.kind, found.number)
        self.listed = found.number + 1 if is_listed else 0
        return is_listed

    def _skips_to(self, found: Heading) -> bool:
        """Numbers may be missing from an article."""
        step = (found.number or 0) - self.number
        return step > 0 and (step <= STRIDE or found.title.endswith("?"))

    def _starts_over_with(self, found: Heading) -> bool:
        """A group of questions may count from 1 again.

        So does every list of steps, which seldom asks.
        """
        if found.number != 1:
            return False
        return found.title.endswith("?") or group_name(self.text_before) is not None

    def _is_counted_on(self, kind: str, number: int) -> bool:
        """Whether the two headings below count on from a number."""
        below = islice(self._headings_below(), 2)
        found = [(each.kind, each.number) for each in below]
        return found == [(kind, number + 1), (kind, number + 2)]

    def _headings_below(self) -> Iterator[Heading]:
        """Those with nothing between but the rest of broken lines."""
        for text in self.window.texts():
            found = heading(text)
            if found:
                yield found
            elif text and not continues(text):
                return
