"""What the pages of a list have in common: whose filter it is, and the rows as they are shown."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from django.http import Http404, QueryDict

from questions.learner.context import LearnerContext
from questions.models import Catalogue, Question
from questions.models.visibility import Viewer

from .choices import filter_choices_of
from .counts import Counts, Standing, counts_of, standing_of
from .filters import Filter, page_number, read_filter, whole
from .lookups import visible_question
from .neighbors import beyond
from .selection import PAGE_SIZE, Selection

COLUMNS = ("title", "status", "difficulty", "applies_to", "answer_changed_at", "owner")
PAGES_LIMIT = 100_000


class ListPage(NamedTuple):
    """`more` is the address of the next page; empty where there is none."""

    number: int
    questions: Sequence[Question]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one person has before them: a selection, as of one version of the catalogue."""

    selection: Selection
    version: int

    @property
    def counts(self) -> Counts:
        return counts_of(self.selection, self.version)

    def standing(self, total: int) -> Standing | None:
        """Of a visitor there is none."""
        user = self.selection.user
        if not user.is_authenticated:
            return None
        return standing_of(self.selection, user, total)


def listing_of(user: Viewer, params: QueryDict) -> Listing:
    """What an address shows its reader."""
    version = Catalogue.current()
    filter_choices = filter_choices_of(user, version)
    chosen = read_filter(params, user, filter_choices)
    return Listing(Selection(user, chosen, filter_choices), version)


def everything_listed(learner: LearnerContext) -> Listing:
    """All that a learner is listed, as of the version of the catalogue that they came to."""
    version = learner.catalogue_version
    choices = filter_choices_of(learner.user, version)
    return Listing(Selection(learner.user, Filter(), choices), version)


def question_or_404(user: Viewer, pk: int) -> Question:
    try:
        return visible_question(user, pk)
    except Question.DoesNotExist:
        raise Http404 from None


def page_of(selection: Selection, params: QueryDict) -> ListPage:
    """The page an address asks for.

    One that goes on from a question stays right while others leave the filter.
    """
    number = page_number(params)
    last = last_shown(selection, params) if number > 1 else None
    questions = behind(selection, last) if last else of_page(selection, number)
    # One more than is shown tells whether there are more.
    found = list(islice(questions, PAGE_SIZE + 1))
    shown = found[:PAGE_SIZE]
    if len(found) == len(shown):
        return ListPage(number, shown)
    return ListPage(number, shown, next_page(selection, number + 1, shown[-1]))


def last_shown(selection: Selection, params: QueryDict) -> Question | None:
    """The question that an address goes on from."""
    pk = whole(params.get("after", ""))
    if pk is None or selection.chosen.by_relevance:
        return None
    return Question.objects.visible_to(selection.user).filter(pk=pk).first()


def behind(selection: Selection, last: Question) -> Iterator[Question]:
    for part in beyond(selection, last):
        yield from part.only(*COLUMNS)[: PAGE_SIZE + 1]


def of_page(selection: Selection, number: int) -> Iterable[Question]:
    start = (min(number, PAGES_LIMIT) - 1) * PAGE_SIZE
    return selection.listed().only(*COLUMNS)[start : start + PAGE_SIZE + 1]


def next_page(selection: Selection, number: int, last: Question) -> str:
    address = selection.chosen.address()
    return f"{address}{'&' if '?' in address else '?'}page={number}&after={last.pk}"
