"""What a heading of an article is: a question, a step of a list, or a part of the frame."""

from dataclasses import dataclass, replace

from .frame import FRAME
from .headings import Heading, split_category
from .labels import has_label
from .layout import Layout
from .place import Place
from .titles import whole_title


@dataclass(slots=True)
class Judge:
    """Decides on the heading at a place, by what marks the questions of the article."""

    layout: Layout
    place: Place

    def begins_question(self, found: Heading) -> bool:
        is_listed = self.place.take_listed(found)
        if not self._may_begin_question(found):
            return False
        if found.answer or has_label(self.place.window.texts(), found.kind):
            return True
        if is_listed:
            return self._is_question_in_list(found)
        if found.kind == "number":
            return self._is_numbered_question(self._with_whole_title(found))
        return found.kind == "word" or self._is_marked_question(found)

    def is_frame(self, found: Heading) -> bool:
        """A numbered heading of the article itself, between or after the questions."""
        place = self.place
        if found.kind != "number" or place.is_fenced or place.listed or not place.stands_alone:
            return False
        if place.is_chapter(found) or FRAME.match(found.title):
            return True
        return found.number != 1 and not place.is_step(found)

    def step_after(self, found: Heading | None) -> int:
        """The number of the last step of a list, once a line of an answer has passed."""
        if found and (found.number == 1 or self.place.is_step(found)):
            return found.number or 0
        return self.place.step

    def _may_begin_question(self, found: Heading) -> bool:
        if found.kind != self.layout.kind:
            return False
        return not self.place.is_fenced or self.place.asks_next(found)

    def _is_question_in_list(self, found: Heading) -> bool:
        if self.layout.labels or not self.place.has_question:
            return False
        return self.place.asks_next(found)

    def _is_marked_question(self, found: Heading) -> bool:
        """A heading in Markdown, which stands apart where it is one."""
        return self.place.follows(found) or (found.asks and self.place.follows_blank)

    def _with_whole_title(self, found: Heading) -> Heading:
        title = whole_title(found.title, self.place.window, is_labeled=False)
        return replace(found, title=title.text)

    def _is_numbered_question(self, found: Heading) -> bool:
        """A bare number says little.

        Most such lines are questions, some are steps of a list or parts of the frame.
        """
        if self._has_category(found):
            return True
        if self.layout.has_marks:
            return self._is_unmarked_question(found)
        if FRAME.match(found.title):
            return False
        if self.place.follows(found) and not self.place.is_step(found):
            return found.asks or self._is_topic()
        return found.asks and self.place.follows_blank and self.place.may_jump_to(found)

    def _has_category(self, found: Heading) -> bool:
        return self.layout.categories and bool(split_category(found.title, usual=True).names)

    def _is_unmarked_question(self, found: Heading) -> bool:
        """A question without the category or the label that others have."""
        place = self.place
        return place.has_question and place.follows_blank and place.asks_next(found)

    def _is_topic(self) -> bool:
        if not self.place.stands_alone:
            return False
        return self.place.has_question or self.layout.topics
