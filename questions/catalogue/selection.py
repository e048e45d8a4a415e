"""Which questions a filter shows somebody, in which order, and which come before and after one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from accounts.models import User
from questions.models import Origin, Progress, Question, SetEntry
from questions.models.visibility import QuestionQuerySet

from . import search
from .filters import DIFFICULTIES, SORTS, Filter, FilterChoices, Viewer, curates, read_filter, somebody
from .pool import Pool

PAGE_SIZE = 20
# How far previous and next lead within search results by relevance, which have no order but the ranking itself.
RANKED_LIMIT = 200

Place = tuple[Any, int]


@dataclass(frozen=True, slots=True)
class SessionScope:
    """What a session may ask: the listed questions that a filter finds for one learner, whatever their status there."""

    user: User
    chosen: Filter
    filter_choices: FilterChoices

    def questions(self) -> QuestionQuerySet:
        """In no order."""
        return Selection(self.user, self.chosen, self.filter_choices).found()


@dataclass(frozen=True, slots=True)
class Selection:
    """A filter in somebody's hands."""

    user: Viewer
    chosen: Filter
    filter_choices: FilterChoices

    @property
    def curates(self) -> bool:
        return curates(self.user)

    def matching(self) -> QuestionQuerySet:
        """In no order, and without the search, whose ranking is part of the query."""
        chosen = self.chosen
        if chosen.status:
            questions = Question.objects.visible_to(self.user).filter(status=chosen.status)
        else:
            questions = Question.objects.listed_for(self.user)
        for tag in chosen.tags:
            questions = questions.filter(tagged__tag=self.filter_choices.tags[tag][0])
        if chosen.difficulty:
            questions = questions.filter(difficulty=DIFFICULTIES[chosen.difficulty])
        if chosen.source:
            # Not a search for each question: SQLite would go through all of the source every time.
            questions = questions.filter(pk__in=Origin.objects.filter(source=chosen.source).values("question"))
        if chosen.set:
            questions = questions.filter(set_entries__set=self.filter_choices.sets[chosen.set][0])
        return self.with_progress(questions)

    def with_progress(self, questions: QuestionQuerySet) -> QuestionQuerySet:
        wanted, mine = self.chosen.progress, Q(progress__user=self.user.pk)
        if wanted == "new":
            begun = Progress.objects.begun().filter(user=self.user.pk, question=OuterRef("pk"))
            return questions.filter(~Exists(begun))
        if wanted == "starred":
            return questions.filter(mine, progress__starred=True)
        if wanted == "mastered":
            return questions.filter(mine, progress__mastered_at__isnull=False)
        if wanted == "changed":
            return questions.filter(mine, progress__mastered_at__lt=F("answer_changed_at"))
        return questions

    def found(self) -> QuestionQuerySet:
        """In no order."""
        return search.filtered(self.matching(), self.chosen.q)

    @property
    def scope(self) -> SessionScope:
        """What sessions ask of this filter."""
        if not self.user.is_authenticated:
            raise TypeError("Only somebody with an account has sessions.")
        return SessionScope(self.user, replace(self.chosen, status=""), self.filter_choices)

    @property
    def pool(self) -> Pool:
        """What sessions ask of it: what is listed, whatever its status. Learners of the same roles share a pool."""
        chosen, roles = replace(self.chosen, status=""), dict(getattr(self.user, "roles", {}))
        # No more of the choices than the filter names: prepared queries keep it.
        tags = {tag: self.filter_choices.tags[tag] for tag in chosen.tags}
        filter_choices = FilterChoices(
            tags=tags, sets={chosen.set: self.filter_choices.sets[chosen.set]} if chosen.set else {}
        )
        numbers = (tuple(pk for pk, _ in tags.values()), tuple(pk for pk, *_ in filter_choices.sets.values()))

        def questions(user: int) -> QuestionQuerySet:
            return Selection(somebody(user, roles), chosen, filter_choices).found()

        return Pool((chosen, numbers, tuple(sorted(roles.items()))), questions)

    def listed(self) -> QuestionQuerySet:
        """In the order of the list."""
        if self.chosen.by_relevance:
            return search.ranked(self.matching(), self.chosen.q)
        return self.found().order_by(*self.ordering())

    def holds(self, question: Question) -> bool:
        """Whether the filter shows one question, whatever the learner's progress."""
        if self.chosen.shared:
            return replace(self, chosen=self.chosen.shared).found().filter(pk=question.pk).exists()
        owned = question.owner_id is None or question.owner_id in getattr(self.user, "roles", ())
        return owned and question.status == Question.Status.PUBLISHED

    def ordering(self, *, backwards: bool = False) -> list[Any]:
        column, descends, empty = SORTS[self.chosen.sort or "order"]
        descends ^= backwards
        if column == "pk":
            return [f"-{name}" if descends else name for name in self.in_order()]
        first: Any = F(column).desc() if descends else F(column).asc()
        if empty:
            first.nulls_first, first.nulls_last = (True, None) if backwards else (None, True)
        return [first, "-pk" if descends else "pk"]

    def in_order(self) -> list[str]:
        """By number, or as the set says. All name the same number: each that of the index which finds the questions."""
        if self.chosen.set:
            return ["set_entries__position", "pk"]
        if self.chosen.progress in {"mastered", "starred", "changed"}:
            return ["progress__question_id"]
        return ["tagged__content_object_id"] if self.chosen.tags else ["pk"]

    def beyond(self, question: Question, *, backwards: bool = False) -> Iterator[QuestionQuerySet]:
        """Those behind one question in the list, or before it, nearest first: one queryset, or two to read in turn."""
        value, pk = self.place(question)
        column, descends, empty = SORTS[self.chosen.sort or "order"]
        same_set = {}
        if self.chosen.set and column == "pk":
            # Of this set, whatever others the questions are in.
            column, same_set = (
                "set_entries__position",
                {"set_entries__set": self.filter_choices.sets[self.chosen.set][0]},
            )
        side = "lt" if descends ^ backwards else "gt"
        ordered = self.found().order_by(*self.ordering(backwards=backwards))
        tied = Q(**{f"pk__{side}": pk})
        if column == "pk":
            yield ordered.filter(tied)
        elif value is None:
            yield ordered.filter(tied, **{column: None})
            if backwards:
                yield ordered.filter(**{f"{column}__isnull": False})
        else:
            yield ordered.filter(Q(**{f"{column}__{side}": value}) | tied, **{f"{column}__{side}e": value}, **same_set)
            if empty and not backwards:
                yield ordered.filter(**{column: None})

    def place(self, question: Question) -> Place:
        """The value of the sort's column or a query for it, and the number, which settles ties."""
        column = SORTS[self.chosen.sort or "order"][0]
        if self.chosen.set and column == "pk":
            entries = SetEntry.objects.filter(set=self.filter_choices.sets[self.chosen.set][0], question=question)
            return Coalesce(Subquery(entries.values("position")), 0), question.pk
        return getattr(question, column), question.pk

    def neighbours(self, question: Question) -> tuple[int | None, int | None]:
        """The numbers of the questions before and after one in the list; None at an end."""
        if not self.chosen.by_relevance:
            return self.around(question).first() or (None, None)
        numbers = [None, *self.listed().values_list("pk", flat=True)[:RANKED_LIMIT], None]
        if question.pk not in numbers:
            return None, None
        at = numbers.index(question.pk)
        return numbers[at - 1], numbers[at + 1]

    def around(self, question: Question) -> QuerySet[Any, Any]:
        """The same in one row, of a list whose order is not a ranking."""
        sides = (self.beyond(question, backwards=backwards) for backwards in (True, False))
        nearest = ((Subquery(part.values("pk")[:1]) for part in parts) for parts in sides)
        return Question.objects.filter(pk=question.pk).values_list(*(Coalesce(*parts, None) for parts in nearest))


def everything(user: Viewer) -> Selection:
    """All that somebody is listed."""
    return Selection(user, Filter(), FilterChoices())


def listed_filter(params: QueryDict, everything: Selection) -> Filter:
    """Sessions ask what is listed, in an order of their own."""
    return replace(read_filter(params, everything.user, everything.filter_choices), status="", sort="")
