"""What stands behind a question in a list, and before it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from questions.models import Question, SetEntry

from .ordering import Sort
from .selection import Questions, Selection

# How far search results by relevance lead from one to the next.
# They have no order but the ranking itself.
RANKED_LIMIT = 200

# Numbers of questions; None at an end of the list.
Neighbors = tuple[int | None, int | None]


def neighbors(selection: Selection, question: Question) -> Neighbors:
    """The questions before and after one, in one query."""
    if selection.chosen.by_relevance:
        return neighbors_by_relevance(selection, question)
    before = nearest(selection, question, backwards=True)
    after = nearest(selection, question)
    rows: QuerySet[Any, Any] = Question.objects.filter(pk=question.pk)
    return rows.values_list(before, after).first() or (None, None)


def nearest(selection: Selection, question: Question, *, backwards: bool = False) -> Coalesce:
    parts = beyond(selection, question, backwards=backwards)
    numbers = [Subquery(part.values("pk")[:1]) for part in parts]
    return Coalesce(*numbers, Value(None))


def neighbors_by_relevance(selection: Selection, question: Question) -> Neighbors:
    numbers = list(selection.listed().values_list("pk", flat=True)[:RANKED_LIMIT])
    if question.pk not in numbers:
        return None, None
    place = numbers.index(question.pk) + 1
    with_ends = [None, *numbers, None]
    return with_ends[place - 1], with_ends[place + 1]


def beyond(
    selection: Selection,
    question: Question,
    *,
    backwards: bool = False,
) -> Iterator[Questions]:
    """Those behind one question in the list, or before it, nearest first.

    One queryset, or two to be read one after the other.
    """
    ordered = selection.found().order_by(*selection.ordering(backwards=backwards))
    for part in parts_beyond(selection, question, backwards=backwards):
        yield ordered.filter(part)


def parts_beyond(selection: Selection, question: Question, *, backwards: bool) -> list[Q]:
    if not selection.in_order_of_set:
        value = getattr(question, selection.sort.column)
        return selection.sort.beyond(value, question.pk, backwards=backwards)
    entries = SetEntry.objects.filter(set=selection.chosen_set, question=question)
    position = Coalesce(Subquery(entries.values("position")), 0)
    by_position = Sort("set_entries__position")
    # Of this set, whatever others the questions are in.
    in_set = Q(set_entries__set=selection.chosen_set)
    parts = by_position.beyond(position, question.pk, backwards=backwards)
    return [in_set & part for part in parts]
