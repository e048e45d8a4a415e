"""The headings in the first lines of a Markdown file, and on which level its questions are."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..blocks import Blocks, heading_text
from ..normal import one_line
from .data import is_data
from .sections import is_section

USUAL_LEVEL = 2


@dataclass(slots=True)
class Heading:
    """`below` is the first line of the text right below it, empty where there is none."""

    level: int
    title: str
    below: str = ""

    def add_below(self, line: str) -> None:
        if not self.below and line.strip():
            self.below = line

    def asks(self) -> bool:
        return self.title.endswith("?")


NO_HEADING = Heading(0, "")


def question_level(sample: Sequence[str]) -> int:
    """The level of the headings that are questions, 0 where there are no headings.

    A data list below a heading or a section title of the format settles it. Else it is the
    shallowest level that is used more than once for headings with text below them, among those
    levels that ask something, if any does.
    """
    headings = _headings(sample)
    return _sure_level(headings) or _likely_level(headings)


def is_sure(sample: Sequence[str]) -> bool:
    """Whether the lines are certainly of our format.

    It shows in front matter, in a data list or in a section with a known title.
    """
    first, *_ = sample
    return first.rstrip() == "---" or bool(_sure_level(_headings(sample)))


def document_title(sample: Sequence[str], level: int) -> str:
    """The title of a file that begins with a heading above those of its questions."""
    headings = _headings(sample)
    titles = (heading.title for heading in headings[:1] if heading.level < level)
    return next(titles, "")


def _headings(sample: Sequence[str]) -> list[Heading]:
    blocks = Blocks()
    headings: list[Heading] = []
    for line in sample:
        level = blocks.level(line)
        if level:
            headings.append(Heading(level, one_line(heading_text(line))))
        elif headings:
            headings[-1].add_below(line)
    return headings


def _sure_level(headings: Sequence[Heading]) -> int:
    """The level that the first heading settles which settles one, else 0."""
    levels = map(_settled_level, headings, [NO_HEADING, *headings])
    return next(filter(None, levels), 0)


def _settled_level(heading: Heading, previous: Heading) -> int:
    """The level of questions if a heading, or the one before it, is certainly one, else 0."""
    if is_data(heading.below):
        return heading.level
    if previous.level == heading.level - 1 and is_section(heading.title):
        return previous.level
    return 0


def _likely_level(headings: Sequence[Heading]) -> int:
    owners = [heading for heading in headings if heading.below]
    if not owners:
        return min(_levels(headings), default=0)
    return _usual_level(Counter(_asking_levels(owners) or _levels(owners)))


def _levels(headings: Iterable[Heading]) -> list[int]:
    return [heading.level for heading in headings]


def _asking_levels(headings: Sequence[Heading]) -> list[int]:
    """The level of each heading that is on a level with one that asks something."""
    asking = set(_levels(filter(Heading.asks, headings)))
    return [level for level in _levels(headings) if level in asking]


def _usual_level(counts: Mapping[int, int]) -> int:
    repeated = [level for level, count in counts.items() if count > 1]
    if repeated:
        return min(repeated)
    return USUAL_LEVEL if USUAL_LEVEL in counts else min(counts)
