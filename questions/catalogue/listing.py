"""What the pages of a list have in common: whose filter it is, and the rows as they are shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice
from typing import Any

from django.http import Http404, QueryDict

from questions.models import Learner, Progress, Question, TaggedQuestion

from . import counts as stats
from . import lookups
from .filters import Viewer, list_path, read_filter, whole
from .selection import PAGE_SIZE, Selection

COLUMNS = ("title", "status", "difficulty", "applies_to", "answer_changed_at", "owner")


@dataclass(slots=True)
class Row:
    """A question as the list shows it to one learner."""

    pk: str
    path: str
    title: str
    href: str = ""
    meta: list[str] = field(default_factory=list)
    mastered: bool = False
    starred: bool = False
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    questions: Sequence[Question]
    more: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """What one person has before them: a selection of questions, as of one version of the catalogue."""

    selection: Selection
    version: int
    learner: Learner | None

    @property
    def counts(self) -> stats.Counts:
        return stats.counts_of(self.selection, self.version)

    def standing(self, total: int) -> stats.Standing | None:
        return stats.standing_of(self.selection, self.learner, total, self.version) if self.learner else None


def listing_of(user: Viewer, params: QueryDict) -> Listing:
    """What an address shows its reader."""
    return listing_as_of(user, params, *lookups.versions(user))


def listing_as_of(user: Viewer, params: QueryDict, version: int, learner: Learner | None) -> Listing:
    filter_choices = stats.filter_choices_of(user, version)
    return Listing(Selection(user, read_filter(params, user, filter_choices), filter_choices), version, learner)


def with_filter(listing: Listing, **changes: Any) -> Listing:
    return replace(listing, selection=replace(listing.selection, chosen=replace(listing.selection.chosen, **changes)))


def question_or_404(user: Viewer, pk: int) -> Question:
    try:
        return lookups.visible_question(user, pk)
    except Question.DoesNotExist:
        raise Http404 from None


def page_of(selection: Selection, params: QueryDict) -> Page:
    """The page an address asks for. One that goes on from a question stays right while others leave the filter."""
    number = max(1, whole(params.get("page", "")) or 1)
    last = after(selection, whole(params.get("after", ""))) if number > 1 else None
    if last:
        parts: Iterable[Question] = chain.from_iterable(
            part.only(*COLUMNS)[: PAGE_SIZE + 1] for part in selection.beyond(last)
        )
    else:
        start = (min(number, 100_000) - 1) * PAGE_SIZE
        parts = selection.listed().only(*COLUMNS)[start : start + PAGE_SIZE + 1]
    questions = list(islice(parts, PAGE_SIZE + 1))
    more = selection.chosen.address()
    if len(questions) > PAGE_SIZE:
        more += f"{'&' if '?' in more else '?'}page={number + 1}&after={questions[PAGE_SIZE - 1].pk}"
        return Page(number, questions[:PAGE_SIZE], more)
    return Page(number, questions)


def after(selection: Selection, pk: int | None) -> Question | None:
    if pk is None or selection.chosen.by_relevance:
        return None
    return Question.objects.visible_to(selection.user).filter(pk=pk).first()


def rows_of(questions: Sequence[Question], selection: Selection) -> list[Row]:
    """Two queries, however many questions."""
    query = selection.chosen.query()
    tags = defaultdict(list)
    tagged = TaggedQuestion.objects.filter(content_object__in=questions)
    for pk, name in tagged.order_by("tag__name").values_list("content_object", "tag__name"):
        tags[pk].append(name)
    rows = [row_of(question, query, [*tags[question.pk], *about(question)]) for question in questions]
    if selection.user.is_authenticated:
        add_progress(rows, questions, selection.user.pk)
    return rows


def row_of(question: Question, query: str = "", meta: list[str] | None = None) -> Row:
    # Texts, since a template takes pains to write a number.
    path = f"{list_path()}{question.pk}"
    return Row(str(question.pk), path, question.title, f"{path}/{'?' if query else ''}{query}", meta or [])


def about(question: Question) -> list[str]:
    status = "" if question.status == Question.Status.PUBLISHED else question.get_status_display()
    return [each for each in (status, LEVELS.get(question.difficulty or 0), question.applies_to) if each]


LEVELS = dict(Question.Difficulty.choices)


def add_progress(rows: list[Row], questions: Sequence[Question], user: int) -> None:
    mine = Progress.objects.filter(user=user, question__in=questions)
    found = {
        pk: (mastered, starred) for pk, mastered, starred in mine.values_list("question", "mastered_at", "starred")
    }
    for row, question in zip(rows, questions, strict=True):
        mastered, row.starred = found.get(question.pk, (None, False))
        row.mastered = mastered is not None
        row.changed = mastered is not None and question.answer_changed_at > mastered
