"""The parts of a plan that are offered where time is short."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from questions.catalogue.filters import TAGS_LIMIT, Filter
from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.scheduling.forecasting import Costs

from .knowledge import counted
from .readiness import TagCount, set_counts
from .verdict import Verdict

# So many, and none with fewer questions.
PARTS, SMALLEST = 3, 5


@dataclass(frozen=True, slots=True)
class Part:
    """Some of the plan's questions, a set or a tag."""

    words: str
    chosen: Filter
    questions: int


def parts_that_fit(
    learner: LearnerContext,
    scope: SessionScope,
    tags: Iterable[TagCount],
    room: int,
) -> list[Part]:
    """Of `room` questions at most, the largest first."""
    parts = [*_tag_parts(scope.chosen, tags), *_set_parts(learner, scope)]
    fitting = [part for part in parts if SMALLEST <= part.questions <= room]
    return sorted(fitting, key=lambda part: (-part.questions, part.words))[:PARTS]


def room_in(verdict: Verdict, costs: Costs) -> int:
    """How many questions can be seen in time, whichever they are."""
    return int(verdict.days * verdict.minutes * 60 / max(costs.new, costs.recalled))


def _tag_parts(chosen: Filter, tags: Iterable[TagCount]) -> Iterator[Part]:
    if len(chosen.tags) >= TAGS_LIMIT:
        return
    for tag in tags:
        if tag.slug not in chosen.tags:
            part = replace(chosen, tags=(*chosen.tags, tag.slug))
            yield Part(f"the tag {tag.name}", part, tag.questions)


def _set_parts(learner: LearnerContext, scope: SessionScope) -> Iterator[Part]:
    chosen = scope.chosen
    if chosen.set or chosen.progress:
        return
    numbers = counted(learner, scope, "sets", lambda: set_counts(scope.questions()))
    for name, choice in scope.filter_choices.sets.items():
        part = replace(chosen, set=name)
        yield Part(f"the set {choice.title}", part, numbers.get(choice.pk, 0))
