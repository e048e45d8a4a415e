"""A heading in its place, and what tells whether it begins a question."""

from dataclasses import dataclass, replace
from typing import Self

from .categories import split_category
from .frame import FRAME, group_name
from .headings import Heading
from .labels import has_label
from .layout import Layout
from .place import Place
from .titles import whole_title

# So far may the number of a question be from the one before.
STRIDE = 3


@dataclass(frozen=True, slots=True)
class Case:
    """`layout` says how the questions of the article are marked."""

    heading: Heading
    place: Place
    layout: Layout

    def with_whole_title(self) -> Self:
        title = whole_title(self.heading.title, self.place.window, is_labeled=False)
        return replace(self, heading=replace(self.heading, title=title.text))

    # What it looks like

    def is_of_other_kind(self) -> bool:
        return self.heading.kind != self.layout.kind

    def has_number_only(self) -> bool:
        return self.heading.kind == "number"

    def has_other_mark(self) -> bool:
        return not self.has_number_only()

    def has_word(self) -> bool:
        return self.heading.kind == "word"

    def has_frame_title(self) -> bool:
        return bool(FRAME.match(self.heading.title))

    def ends_with_question_mark(self) -> bool:
        return self.heading.title.endswith("?")

    def has_category(self) -> bool:
        return self.layout.categories and bool(split_category(self.heading.title, usual=True).names)

    def has_label(self) -> bool:
        """Whether an answer's label is on the line or in sight."""
        texts = self.place.window.texts()
        return bool(self.heading.answer) or has_label(texts, self.heading.kind)

    # How its number goes on

    def is_listed(self) -> bool:
        return self.heading.number is not None and self.place.next_in_list > 0

    def follows(self) -> bool:
        return self.heading.number == self.place.number + 1

    def asks_next(self) -> bool:
        return self.follows() and self.heading.asks

    def is_step(self) -> bool:
        return self.heading.number == 1 or self.is_next_step()

    def is_next_step(self) -> bool:
        return self.place.step > 0 and self.heading.number == self.place.step + 1

    def is_next_chapter(self) -> bool:
        return self.place.chapter > 0 and self.heading.number == self.place.chapter + 1

    def may_jump(self) -> bool:
        """Whether its number need not be the next one."""
        return not self.place.number or self.skips() or self.starts_over()

    def skips(self) -> bool:
        """Numbers may be missing from an article."""
        stride = self.stride()
        return 0 < stride <= STRIDE or (stride > 0 and self.ends_with_question_mark())

    def stride(self) -> int:
        """How far its number is from that of the last question."""
        return (self.heading.number or 0) - self.place.number

    def starts_over(self) -> bool:
        """A group of questions may count from 1 again.

        So does every list of steps, which seldom asks.
        """
        if self.heading.number != 1:
            return False
        return self.ends_with_question_mark() or group_name(self.place.text_before) is not None
