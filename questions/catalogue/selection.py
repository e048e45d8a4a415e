"""Which questions a filter shows somebody, and in which order."""

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.http import QueryDict

from accounts.models import User
from questions.models import Origin, Progress, Question
from questions.models.visibility import QuestionQuerySet, Viewer, curates

from . import search
from .choices import FilterChoices
from .filters import DIFFICULTIES, Filter, read_filter
from .ordering import SORTS, Sort

PAGE_SIZE = 20
# What the learner's row of progress says of a question, together with whose row it is.
OWN_MARKS = {
    "mastered": Q(progress__mastered_at__isnull=False),
    "starred": Q(progress__starred=True),
    "changed": Q(progress__mastered_at__lt=F("answer_changed_at")),
}

Questions = QuestionQuerySet[Question]


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
        chosen, questions = self.chosen, self.of_status()
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

    def of_status(self) -> Questions:
        """Published ones, where the filter does not say otherwise."""
        if not self.chosen.status:
            return Question.objects.listed_for(self.user)
        return Question.objects.visible_to(self.user).filter(status=self.chosen.status)

    def with_progress(self, questions: Questions) -> Questions:
        wanted = self.chosen.progress
        if wanted == "new":
            mine = Progress.objects.filter(user=self.user.pk, question=OuterRef("pk"))
            return questions.filter(~Exists(mine.begun()))
        if wanted in OWN_MARKS:
            return questions.filter(OWN_MARKS[wanted], progress__user=self.user.pk)
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


def everything(user: Viewer) -> Selection:
    """All that somebody is listed."""
    return Selection(user, Filter(), FilterChoices())


def listed_filter(params: QueryDict, everything: Selection) -> Filter:
    """Sessions ask what is listed, in an order of their own."""
    chosen = read_filter(params, everything.user, everything.filter_choices)
    return replace(chosen, status="", sort="")
