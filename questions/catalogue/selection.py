"""Which questions a filter shows somebody, in which order, and what stands beside one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.http import QueryDict

from accounts.models import User
from questions.models import Origin, Progress, Question, SetEntry
from questions.models.visibility import QuestionQuerySet, Viewer, curates

from . import search
from .choices import FilterChoices
from .filters import DIFFICULTIES, Filter, read_filter
from .ordering import SORTS, Sort

PAGE_SIZE = 20
# How far previous and next lead within search results by relevance.
# They have no order but the ranking itself.
RANKED_LIMIT = 200
# Of these marks each question has one row of the learner's own.
OWN_MARKS = {"mastered", "starred", "changed"}

Questions = QuestionQuerySet[Question]
Neighbors = tuple[int | None, int | None]


@dataclass(frozen=True, slots=True)
class SessionScope:
    """What a session may ask: the listed questions that a filter finds for one learner.

    Their status in the filter does not count.
    """

    user: User
    chosen: Filter
    filter_choices: FilterChoices

    def questions(self) -> Questions:
        """In no order."""
        return Selection(self.user, self.chosen, self.filter_choices).found()

    def contains(self, question: str) -> Exists:
        """Whether a row's question, named by its column, is one of them: no list of all is made."""
        return Exists(self.questions().filter(pk=OuterRef(question)))


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter in somebody's hands."""

    user: Viewer
    chosen: Filter
    filter_choices: FilterChoices

    @property
    def curates(self) -> bool:
        return curates(self.user)

    @property
    def shared(self) -> "Selection":
        """Without what is the learner's own or only an order."""
        return replace(self, chosen=self.chosen.shared)

    def with_filter(self, **changes: Any) -> "Selection":
        return replace(self, chosen=replace(self.chosen, **changes))

    def matching(self) -> Questions:
        """In no order, and without the search, whose ranking is part of the query."""
        chosen = self.chosen
        if chosen.status:
            questions = Question.objects.visible_to(self.user).filter(status=chosen.status)
        else:
            questions = Question.objects.listed_for(self.user)
        for tag in chosen.tags:
            questions = questions.filter(tagged__tag=self.filter_choices.tags[tag].pk)
        if chosen.difficulty:
            questions = questions.filter(difficulty=DIFFICULTIES[chosen.difficulty])
        if chosen.source:
            # Not a search for each question: SQLite would go through all of the source every time.
            origins = Origin.objects.filter(source=chosen.source)
            questions = questions.filter(pk__in=origins.values("question"))
        if chosen.set:
            questions = questions.filter(set_entries__set=self.chosen_set)
        return self.with_progress(questions)

    def with_progress(self, questions: Questions) -> Questions:
        wanted = self.chosen.progress
        if wanted == "new":
            mine = Progress.objects.filter(user=self.user.pk, question=OuterRef("pk"))
            return questions.filter(~Exists(mine.begun()))
        conditions = {
            "starred": Q(progress__starred=True),
            "mastered": Q(progress__mastered_at__isnull=False),
            "changed": Q(progress__mastered_at__lt=F("answer_changed_at")),
        }
        if wanted in conditions:
            return questions.filter(conditions[wanted], progress__user=self.user.pk)
        return questions

    def found(self) -> Questions:
        """In no order."""
        return search.filtered(self.matching(), self.chosen.q)

    @property
    def scope(self) -> SessionScope:
        """What sessions ask of this filter."""
        if not self.user.is_authenticated:
            raise TypeError("Only somebody with an account has sessions.")
        return SessionScope(self.user, replace(self.chosen, status=""), self.filter_choices)

    def listed(self) -> Questions:
        """In the order of the list."""
        if self.chosen.by_relevance:
            return search.ranked(self.matching(), self.chosen.q)
        return self.found().order_by(*self.ordering())

    @property
    def sort(self) -> Sort:
        return SORTS[self.chosen.sort or "order"]

    @property
    def chosen_set(self) -> int:
        return self.filter_choices.sets[self.chosen.set].pk

    @property
    def in_order_of_set(self) -> bool:
        return bool(self.chosen.set) and self.sort.is_by_number

    def ordering(self, *, backwards: bool = False) -> list[Any]:
        if not self.sort.is_by_number:
            return self.sort.ordering(backwards=backwards)
        return [f"-{name}" if backwards else name for name in self.order_by_number()]

    def order_by_number(self) -> list[str]:
        """All name the question's number: each as the index has it which finds the questions.

        In a set it only settles ties.
        """
        if self.chosen.set:
            return ["set_entries__position", "pk"]
        if self.chosen.progress in OWN_MARKS:
            return ["progress__question_id"]
        if self.chosen.tags:
            return ["tagged__content_object_id"]
        return ["pk"]

    def beyond(self, question: Question, *, backwards: bool = False) -> Iterator[Questions]:
        """Those behind one question in the list, or before it, nearest first.

        One queryset, or two to be read one after the other.
        """
        ordered = self.found().order_by(*self.ordering(backwards=backwards))
        if self.in_order_of_set:
            entries = SetEntry.objects.filter(set=self.chosen_set, question=question)
            position = Coalesce(Subquery(entries.values("position")), 0)
            by_position = Sort("set_entries__position")
            # Of this set, whatever others the questions are in.
            in_set = Q(set_entries__set=self.chosen_set)
            for part in by_position.beyond(position, question.pk, backwards=backwards):
                yield ordered.filter(in_set & part)
        else:
            value = getattr(question, self.sort.column)
            for part in self.sort.beyond(value, question.pk, backwards=backwards):
                yield ordered.filter(part)

    def neighbors(self, question: Question) -> Neighbors:
        """The numbers of the questions before and after one in the list; None at an end."""
        if self.chosen.by_relevance:
            return self.neighbors_by_relevance(question)
        before, after = self.nearest(question, backwards=True), self.nearest(question)
        numbers: QuerySet[Any, Any] = Question.objects.filter(pk=question.pk)
        return numbers.values_list(before, after).first() or (None, None)

    def nearest(self, question: Question, *, backwards: bool = False) -> Coalesce:
        parts = self.beyond(question, backwards=backwards)
        return Coalesce(*(Subquery(part.values("pk")[:1]) for part in parts), Value(None))

    def neighbors_by_relevance(self, question: Question) -> Neighbors:
        numbers = list(self.listed().values_list("pk", flat=True)[:RANKED_LIMIT])
        if question.pk not in numbers:
            return None, None
        place = numbers.index(question.pk)
        before = numbers[place - 1] if place else None
        after = numbers[place + 1] if place + 1 < len(numbers) else None
        return before, after


def everything(user: Viewer) -> Selection:
    """All that somebody is listed."""
    return Selection(user, Filter(), FilterChoices())


def listed_filter(params: QueryDict, everything: Selection) -> Filter:
    """Sessions ask what is listed, in an order of their own."""
    chosen = read_filter(params, everything.user, everything.filter_choices)
    return replace(chosen, status="", sort="")
