"""A place in the article: what stands before it and after it, and how its numbers went on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from .headings import Heading, read_heading
from .prose import continues
from .window import Window

FENCE_LINE = re.compile(r"[ \t]*(?:`{3,}[^`]*|~{3,}.*)\Z")


@dataclass(slots=True)
class Place:
    """The line before those of `window`.

    `number` is that of the last question, `step` that of the last step of a list in its answer,
    `chapter` that of the last heading of the article's frame, each 0 where there was none.
    `next_in_list` is the number with which a list of numbered lines goes on, 0 outside of one.
    `text_before` is the last line of text where it stood below a blank one and is no heading.
    """

    window: Window
    number: int = 0
    step: int = 0
    chapter: int = 0
    next_in_list: int = 0
    has_question: bool = False
    follows_blank: bool = True
    is_fenced: bool = False
    text_before: str = ""

    @property
    def stands_alone(self) -> bool:
        return self.follows_blank and self.window.is_blank

    def begin_question(self, number: int | None) -> None:
        self.number = number or 0
        self.step = 0
        self.has_question = True
        self.is_fenced = False
        self.text_before = ""

    def pass_heading(self, heading: Heading) -> None:
        """Takes note of a list of numbered lines that the heading begins, goes on with or ends.

        Three or more such lines with nothing between are a table of contents or a list of steps.
        """
        if heading.number is None:
            return
        if heading.number == self.next_in_list or self._counts_on(heading.kind, heading.number):
            self.next_in_list = heading.number + 1
        else:
            self.next_in_list = 0

    def pass_text(self, text: str) -> None:
        """Takes note of a line that is no heading."""
        if not continues(text):
            self.next_in_list = 0
        if FENCE_LINE.match(text):
            self.is_fenced = not self.is_fenced
        self.text_before = text if self.follows_blank else ""

    def _counts_on(self, kind: str, number: int) -> bool:
        """Whether the two headings below count on from a number."""
        below = islice(self._headings_below(), 2)
        places = [(heading.kind, heading.number) for heading in below]
        return places == [(kind, number + 1), (kind, number + 2)]

    def _headings_below(self) -> Iterator[Heading]:
        """Those with nothing between but the rest of broken lines."""
        texts = takewhile(_may_be_listed, self.window.texts())
        return filter(None, map(read_heading, texts))


def _may_be_listed(text: str) -> bool:
    return not text or continues(text) or read_heading(text) is not None
