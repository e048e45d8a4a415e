"""The look-ups by which pages about one question begin."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from questions.models import Catalogue, KeyPoint, Progress, Question, TaggedQuestion
from questions.models.reviews import next_number
from questions.models.visibility import Viewer

# What an answer needs of its question, and the marks beside it.
COLUMNS = ("owner", "title", "status", "links", "mistakes", "follow_ups", "answer_changed_at")


@dataclass(frozen=True, slots=True)
class QuestionPage:
    """A question as its page shows it to one reader.

    `number` is that of the review which a grade would create, `points` how many key points there
    are, `version` that of the catalogue.
    """

    question: Question
    progress: Progress | None
    number: int
    tags: list[str]
    points: int
    version: int


def visible_question(user: Viewer, pk: int) -> Question:
    """With the columns of COLUMNS; DoesNotExist where there is none that the user may open."""
    return Question.objects.visible_to(user).only(*COLUMNS).get(pk=pk)


def question_page(user: Viewer, pk: int) -> QuestionPage:
    """In two queries; DoesNotExist where there is none that the user may open."""
    points = KeyPoint.objects.filter(question=OuterRef("pk")).order_by().values("question")
    version = Catalogue.objects.filter(pk=1).values("version")
    questions: QuerySet[Any, Any] = Question.objects.visible_to(user).annotate(
        mine=FilteredRelation("progress", condition=Q(progress__user=user.pk)),
        number=next_number(OuterRef("mine__pk")),
        point_count=Coalesce(Subquery(points.values_list(Count("pk"))), 0),
        version=Coalesce(Subquery(version), Value(0)),
    )
    question = questions.select_related("mine").get(pk=pk)
    tagged = TaggedQuestion.objects.filter(content_object=question).order_by("pk")
    return QuestionPage(
        question=question,
        progress=getattr(question, "mine", None),
        number=question.number,
        tags=list(tagged.values_list("tag__name", flat=True)),
        points=question.point_count,
        version=question.version,
    )


def tags_of(questions: Iterable[int]) -> dict[int, frozenset[int]]:
    """The ids of the tags by question, in one query."""
    tags = defaultdict(set)
    tagged = TaggedQuestion.objects.filter(content_object__in=list(questions))
    for question, tag in tagged.values_list("content_object", "tag"):
        tags[question].add(tag)
    return {question: frozenset(found) for question, found in tags.items()}
