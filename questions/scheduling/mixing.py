"""The order in which questions come: neighbors from different topics."""

import random
from collections.abc import Iterable, Mapping, Sequence

Tags = frozenset[int]
NONE: Tags = frozenset()
# An order is changed among so many neighbors.
WINDOW = 12


def pick(questions: Sequence[int], tags: Mapping[int, Tags], last: Tags) -> int:
    """The first that has no tag in common with what came last, else that with the fewest."""
    return min(questions, key=lambda question: len(tags.get(question, NONE) & last))


def mixed(questions: Sequence[int], tags: Mapping[int, Tags]) -> list[int]:
    """All of them, about in their order, so that neighbors share few tags."""
    rest, order = list(questions), []
    last = NONE
    while rest:
        chosen = pick(rest[:WINDOW], tags, last)
        rest.remove(chosen)
        order.append(chosen)
        last = tags.get(chosen, NONE)
    return order


def shuffled(questions: Iterable[int], seed: int) -> list[int]:
    """The same order for the same seed."""
    order = list(questions)
    random.Random(seed).shuffle(order)  # noqa: S311
    return order
