"""The queries of a session: which questions it can ask.

They are prepared, since a session asks them again after each act.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Aggregate, Count, Exists, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce

from accounts.prepared import prepared
from questions.catalogue.pool import Pool
from questions.models import Progress, Review, StudySettings, TaggedQuestion
from questions.models.progress import ProgressQuerySet
from questions.scheduling.fsrs import DAY, LEARNING, RELEARNING, REVIEW

WINDOW = 16
# Lists of ids are filled up to one of these lengths: a query is prepared for each.
LENGTHS = (WINDOW, 64, 256, 1024, 4096)
ANEW = (LEARNING, RELEARNING)


class Due(NamedTuple):
    """One of what is due, and what is needed to choose among them."""

    question: int
    reviews_today: int
    tags: frozenset[int]
    tags_of_last: frozenset[int]

    @classmethod
    def of(cls, question: int, reviews_today: int, tags: str | None, tags_of_last: str | None) -> "Due":
        return cls(question, reviews_today, _ids(tags), _ids(tags_of_last))


def filled(ids: Iterable[int]) -> list[int]:
    """With zeros, which are nobody's id, up to the next of the LENGTHS."""
    found = list(ids)
    length = next((length for length in LENGTHS if length >= len(found)), len(found))
    return found + [0] * (length - len(found))


def moments(settings: StudySettings, now: datetime) -> tuple[datetime, datetime, datetime, datetime]:
    """What due_rows takes: now, a whole day ago, and between what the learner's day lies."""
    calendar = settings.calendar
    day = calendar.day(now)
    return now, now - DAY, calendar.start(day), calendar.end(day)


def due_rows(
    user: int, now: datetime, day_ago: datetime, start: datetime, end: datetime, pool: Pool
) -> ProgressQuerySet:
    """What is due, over the day's limit or not; `reviews_today` says how many reviews the day has had.

    A review is due from the beginning of its day, but not before a whole day has passed since the last one: the model
    takes what is repeated within 24 hours for the same current.
    """
    found = Progress.objects.filter(user=user, due__lt=end).in_play(now)
    found = found.annotate(reviews_today=_reviews_since(user, start))
    today = Q(due__lte=now) | Q(last_review__lte=day_ago)
    found = found.filter(today & Q(state=REVIEW) | Q(state__in=ANEW, due__lte=now))
    return found.filter(Exists(pool.questions(user).filter(pk=OuterRef("question"))))


def _reviews_since(user: int, start: datetime) -> Coalesce:
    reviews = Review.objects.repeated().filter(user=user, at__gte=start).order_by().values("user")
    return Coalesce(Subquery(reviews.annotate(count=Count("pk")).values("count")), 0)


@prepared
def listed(user: int, now: datetime, *questions: int, pool: Pool, crams: bool, new: bool) -> QuerySet[Any, Any]:
    """Those of these that are still listed and, unless the session crams, in play, whatever the learner did elsewhere
    since it began; with `new` only those never graded."""
    found = pool.questions(user).filter(pk__in=questions)
    mine = Progress.objects.filter(user=user, question=OuterRef("pk"))
    if not crams:
        found = found.exclude(Exists(mine.out_of_play(now)))
    if new:
        found = found.exclude(Exists(mine.filter(state__isnull=False)))
    return found.values_list("pk")


@prepared
def learned(user: int, until: datetime, *questions: int, pool: Pool) -> QuerySet[Any, Any]:
    """Of these, what is being learned and comes back until then, with the moment."""
    found = Progress.objects.filter(user=user, question__in=questions, state__in=ANEW, due__lte=until)
    found = found.filter(Exists(pool.questions(user).filter(pk=OuterRef("question"))), mastered_at__isnull=True)
    return found.order_by("due", "pk").values_list("question", "due")


@prepared
def first_due(
    user: int,
    now: datetime,
    day_ago: datetime,
    start: datetime,
    end: datetime,
    last: int,
    *removed: int,
    pool: Pool,
    anew: bool,
) -> QuerySet[Any, Any]:
    """As `Due` has them, without those removed; `anew`: only what is being learned."""
    found = due_rows(user, now, day_ago, start, end, pool)
    if removed:
        found = found.exclude(question__in=removed)
    if anew:
        found = found.filter(state__in=ANEW)
    found = found.annotate(tags=_tags(OuterRef("question")), tags_of_last=_tags(last)).order_by("due", "pk")
    return found.values_list("question", "reviews_today", "tags", "tags_of_last")[:WINDOW]


def _tags(question: Any) -> Subquery:
    tagged = TaggedQuestion.objects.filter(content_object=question).order_by().values("content_object")
    return Subquery(tagged.annotate(ids=Joined("tag")).values("ids"))


def _ids(joined: str | None) -> frozenset[int]:
    return frozenset(map(int, joined.split(","))) if joined else frozenset()


class Joined(Aggregate):
    """Numbers as one text, with commas between: a list without a query of its own."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **extra)
