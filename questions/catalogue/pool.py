"""What may be asked of a learner: the questions of a filter, in a form that queries can be prepared for."""

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

from questions.models.visibility import QuestionQuerySet


@dataclass(frozen=True, slots=True)
class Pool:
    """`questions(user)`, given a learner's id, are in no order. Pools with the same key have the same questions."""

    key: Hashable
    questions: Callable[[int], QuestionQuerySet] = field(compare=False, repr=False)
