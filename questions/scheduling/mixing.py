"""The order in which questions come: neighbors from different topics."""

import random
from collections.abc import Iterable, Mapping, Sequence


def pick(
    questions: Sequence[int],
    tags: Mapping[int, frozenset[int]],
    last: frozenset[int],
) -> int:
    """The first that has no tag in common with what came last, else the first with the fewest."""
    return min(questions, key=lambda question: len(tags.get(question, frozenset()) & last))


def mixed(questions: Sequence[int], tags: Mapping[int, frozenset[int]], window: int = 12) -> list[int]:
    """All of them, about in their order, so that neighbors share few tags."""
    rest, order = list(questions), []
    last: frozenset[int] = frozenset()
    while rest:
        chosen = pick(rest[:window], tags, last)
        rest.remove(chosen)
        order.append(chosen)
        last = tags.get(chosen, frozenset())
    return order


def shuffled(questions: Iterable[int], seed: int) -> list[int]:
    """The same order for the same seed."""
    order = list(questions)
    random.Random(seed).shuffle(order)  # noqa: S311
    return order
