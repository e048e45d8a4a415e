"""How an article marks its questions, as far as its first lines tell."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .categories import split_category
from .headings import Heading, read_heading
from .labels import has_label
from .window import AHEAD


@dataclass(frozen=True, slots=True)
class Layout:
    """The `kind` of its headings, and whether it has the others.

    `categories` stand in parentheses behind titles, `labels` before answers. Titles that are
    `topics` do not ask.
    """

    kind: str = "number"
    categories: bool = False
    labels: bool = False
    topics: bool = False

    @property
    def has_marks(self) -> bool:
        """Whether more than a number tells a question from a step of a list."""
        return self.categories or self.labels


class _Place(NamedTuple):
    """A heading, and the texts below it."""

    heading: Heading
    below: Sequence[str]

    def marks_question(self) -> bool:
        return self.heading.asks or self.has_category()

    def has_category(self) -> bool:
        return bool(split_category(self.heading.title, usual=False).names)

    def has_label(self) -> bool:
        return has_label(self.below, self.heading.kind)

    def stands_alone(self) -> bool:
        return not any(self.below[:1])


def layout_of(sample: Sequence[str]) -> Layout:
    places = list(_places(sample))
    kind = _usual_kind(places)
    places = [place for place in places if place.heading.kind == kind]
    questions = sum(map(_Place.marks_question, places))
    categorized = sum(map(_Place.has_category, places))
    labeled = sum(map(_Place.has_label, places))
    alone = sum(map(_Place.stands_alone, places))
    return Layout(
        kind,
        categories=categorized > 1 and categorized * 2 >= questions,
        labels=labeled > 1,
        topics=questions * 2 < alone,
    )


def _places(sample: Sequence[str]) -> Iterator[_Place]:
    for at, text in enumerate(sample):
        heading = read_heading(text)
        if heading:
            yield _Place(heading, sample[at + 1 : at + 1 + AHEAD])


def _usual_kind(places: Iterable[_Place]) -> str:
    """The kind of heading that most questions have; `Question 3` says most of all."""
    questions = filter(_Place.marks_question, places)
    counts = Counter(place.heading.kind for place in questions)
    if counts["word"] > 1:
        return "word"
    return max(counts, key=lambda kind: (counts[kind], kind), default="number")
