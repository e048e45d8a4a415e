"""Which question comes next."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Aggregate, Count, Exists, Max, OuterRef, Q, Subquery, TextField
from django.db.models.functions import Coalesce

from questions.models import Progress, Review, StudySession, StudySettings, TaggedQuestion
from questions.models.catalogue import QuestionQuerySet
from questions.models.progress import ProgressQuerySet
from questions.scheduling import DAY, LEARNING, RELEARNING, REVIEW, Rating

from .done import Done
from .mixing import pick, shuffled

WINDOW = 16
# Where nothing else is left, a question that comes back in minutes comes back now.
AHEAD = timedelta(minutes=20)
ANEW = (LEARNING, RELEARNING)
Mode = StudySession.Mode


@dataclass(frozen=True, slots=True)
class Choice:
    """The next question. `number` is that of the review its grade would create; `progress` is None without."""

    question_id: int
    progress: Progress | None
    number: int


def next_choice(
    session: StudySession, candidates: QuestionQuerySet, done: Done, settings: StudySettings, now: datetime
) -> Choice | None:
    """None where the session is through. `candidates`: what the session's filter finds of what the learner is listed.

    What comes back within minutes goes first; then, in a session of due ones, what is due; then the session's own list;
    then what would come back soon. Four queries at most, whatever the catalogue holds.
    """
    if done.is_full(session):
        return None
    candidates = candidates.order_by()
    left = [pk for pk in session.chosen if pk not in done.over]
    if session.mode == Mode.CRAM:
        return _first(left, {}, candidates)
    mine = _mine(session, left, done)
    left = [pk for pk in left if pk not in mine or _askable(mine[pk], session, now)]
    again = [pk for pk, row in mine.items() if pk in done.graded and row.due and row.due <= now + AHEAD]
    if session.mode == Mode.INTERVIEW:
        # Repeated within minutes, little is gained for the day: only what was forgotten, and after all else.
        return _first(left + [pk for pk in again if done.graded[pk] == Rating.AGAIN], mine, candidates)
    if choice := _first([pk for pk in again if (due := mine[pk].due) and due <= now], mine, candidates):
        return choice
    if session.mode == Mode.DUE and (rows := _due(session, candidates, done, settings, now)):
        return _mixed(rows, session, done)
    return _first(left + again, mine, candidates)


def _mine(session: StudySession, left: list[int], done: Done) -> dict[int, Progress]:
    """What the learner knows of what is left of the session's list, and of what was graded and is learned anew."""
    asked = [pk for pk in done.graded if pk not in done.removed]
    rows = Progress.objects.filter(user=session.user_id, question__in={*left, *asked})
    rows = rows.filter(Q(question__in=left) | Q(state__in=ANEW, mastered_at__isnull=True))
    return {row.question_id: row for row in numbered(rows).order_by("due", "pk")}


def _askable(row: Progress, session: StudySession, now: datetime) -> bool:
    """Still to be asked, whatever the learner did elsewhere since the session began."""
    if row.mastered or (row.buried_until and row.buried_until > now):
        return False
    return session.mode != Mode.DUE or row.state is None


def _due(
    session: StudySession, candidates: QuestionQuerySet, done: Done, settings: StudySettings, now: datetime
) -> list[Progress]:
    """The first that are due; once the day's limit of reviews is reached, only what is being learned."""
    rows = due_rows(session.user_id, candidates, settings, now)
    if done.removed:
        rows = rows.exclude(question__in=done.removed)
    ordered = _tagged(numbered(rows), done.last).order_by("due", "pk")
    first = list(ordered[:WINDOW])
    # Asked in the query itself, the limit would cost more than all the rest.
    if first and vars(first[0])["reviews_today"] >= settings.reviews_per_day:
        return list(ordered.filter(state__in=ANEW)[:WINDOW])
    return first


def due_rows(user: int, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> ProgressQuerySet:
    """What is due, over the day's limit or not; `reviews_today` says how many reviews the day has had.

    A review is due from the beginning of its day, but not before a whole day has passed since the last one: the model
    takes what is repeated within 24 hours for the same sitting.
    """
    calendar = settings.calendar
    day = calendar.day(now)
    rows = Progress.objects.filter(user=user, due__lt=calendar.end(day)).in_play(now)
    today = Q(due__lte=now) | Q(last_review__lte=now - DAY)
    rows = rows.annotate(reviews_today=_reviews_since(user, calendar.start(day)))
    rows = rows.filter(today & Q(state=REVIEW) | Q(state__in=ANEW, due__lte=now))
    return rows.filter(Exists(candidates.filter(pk=OuterRef("question"))))


def _reviews_since(user: int, start: datetime) -> Coalesce:
    reviews = Review.objects.repeated().filter(user=user, at__gte=start).order_by().values("user")
    return Coalesce(Subquery(reviews.annotate(count=Count("pk")).values("count")), 0)


def numbered(rows: ProgressQuerySet) -> ProgressQuerySet:
    """With the number of the review that a grade would create."""
    last = Review.objects.filter(progress=OuterRef("pk")).order_by().values("progress")
    return rows.annotate(number=1 + Coalesce(Subquery(last.annotate(last=Max("number")).values("last")), 0))


def _mixed(rows: list[Progress], session: StudySession, done: Done) -> Choice:
    questions = {row.question_id: row for row in rows}
    order = shuffled(questions, session.pk + done.grades) if session.shuffled else list(questions)
    tags = {row.question_id: _ids(vars(row)["tags"]) for row in rows}
    return _choice(pick(order, tags, _ids(vars(rows[0])["tags_of_last"])), questions)


def _ids(joined: str | None) -> frozenset[int]:
    return frozenset(map(int, joined.split(","))) if joined else frozenset()


class Joined(Aggregate):
    """Numbers as one text, with commas between: a list without a query of its own."""

    function = "GROUP_CONCAT"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, Any]:
        return self.as_sql(compiler, connection, template="STRING_AGG(%(expressions)s::text, ',')", **extra)


def _tagged(rows: ProgressQuerySet, last: int | None) -> ProgressQuerySet:
    """With the tags of each question, and of the one asked last."""

    def tags(question: Any) -> Subquery:
        tagged = TaggedQuestion.objects.filter(content_object=question).order_by().values("content_object")
        return Subquery(tagged.annotate(ids=Joined("tag")).values("ids"))

    return rows.annotate(tags=tags(OuterRef("question")), tags_of_last=tags(last or 0))


def _first(order: list[int], mine: dict[int, Progress], candidates: QuestionQuerySet) -> Choice | None:
    """The first that is still listed."""
    for start in range(0, len(order), WINDOW):
        batch = order[start : start + WINDOW]
        listed: Iterable[int] = candidates.filter(pk__in=batch).values_list("pk", flat=True)
        there = set(listed)
        if found := next((pk for pk in batch if pk in there), None):
            return _choice(found, mine)
    return None


def _choice(question: int, mine: dict[int, Progress]) -> Choice:
    row = mine.get(question)
    return Choice(question, row, vars(row)["number"] if row else 1)
