"""A graded recall: a row of the log, and what it does to the memory."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from accounts import rows
from accounts.models import User
from accounts.prepared import prepared
from questions.models import Act, Learner, Parameters, Progress, Question, Review, StudySession, StudySettings
from questions.models.progress import MEMORY
from questions.models.reviews import next_number
from questions.scheduling.fsrs import Memory, Rating, preview, schedule

# Longer than this, and the learner was elsewhere.
LONGEST = timedelta(minutes=10)


class AlreadyGraded(Exception):  # noqa: N818
    """The review that this grade would have been is there, or the question has gone on since it was shown."""


def known(user: int, question: int) -> tuple[Progress | None, int]:
    """What a learner knows of a question, and the number of the review that a grade would create."""
    found = _known(user, question)
    return (rows.instance(Progress, found[0][1:]), found[0][0]) if found else (None, 1)


@prepared
def _known(user: int, question: int) -> QuerySet[Any, Any]:
    mine = Progress.objects.filter(user=user, question=question)
    return mine.values_list(next_number(OuterRef("pk")), *rows.names(Progress))


def next_intervals(progress: Progress | None, settings: StudySettings, now: datetime) -> dict[Rating, timedelta]:
    """What the buttons say."""
    memory = progress.memory if progress else Memory()
    return preview(memory, now, parameters=settings.values, retention=settings.retention)


def grade(
    *,
    user: User,
    question: Question,
    number: int,
    rating: int,
    session: StudySession | None = None,
    place: str = Review.Place.SESSION,
    shown_at: datetime | None = None,
    points: Sequence[int] = (),
    now: datetime | None = None,
) -> Review:
    """Stores the review of that number, or raises AlreadyGraded where another click, tab or process was first."""
    now = now or timezone.now()
    settings = StudySettings.of(user)
    try:
        with transaction.atomic():
            learner = Learner.locked(user)
            progress, due_number = known(user.pk, question.pk)
            if number != due_number:
                raise AlreadyGraded
            if progress is None:
                progress = Progress(user=user, question=question)
                rows.insert(progress)
            act = Act(user=user, session=session, question=question, kind=Act.Kind.GRADE, at=now, rating=rating)
            act.seconds = seconds_between(shown_at, now)
            rows.insert(act)
            review = Review(user=user, progress=progress, number=number, act=act, place=place, rating=rating, at=now)
            review.shown_at, review.seconds, review.points = shown_at, act.seconds, list(points)
            _learn(review, progress, settings)
            if review.state_before is None and not progress.mastered:
                learner.forget()
            return review
    except IntegrityError as error:
        raise AlreadyGraded from error


def _learn(review: Review, progress: Progress, settings: StudySettings) -> None:
    before = progress.memory
    after = schedule(
        before,
        review.rating or 0,
        review.at,
        parameters=settings.values,
        retention=settings.retention,
        fuzz=settings.fuzz,
    )
    review.parameters = settings.parameters or Parameters.stored(settings.values)
    write_before(review, before)
    review.due_after = after.due
    rows.insert(review)
    progress.remember(after)
    rows.update(progress, MEMORY)


def write_before(review: Review, memory: Memory) -> None:
    for name in MEMORY:
        setattr(review, f"{name}_before", getattr(memory, name))


def seconds_between(shown_at: datetime | None, now: datetime) -> int | None:
    """Seconds of study, at most LONGEST; None where it is not known when the question was shown."""
    if shown_at is None or shown_at > now:
        return None
    return round(min(now - shown_at, LONGEST).total_seconds())


def cram(
    *,
    user: User,
    question: Question,
    session: StudySession,
    rating: int,
    shown_at: datetime | None = None,
    now: datetime | None = None,
) -> Act:
    """Remembers an answer in cram mode for the session's summary. No progress and no log is touched."""
    now = now or timezone.now()
    act = Act(user=user, session=session, question=question, kind=Act.Kind.CRAM, at=now, rating=rating)
    act.seconds = seconds_between(shown_at, now)
    try:
        with transaction.atomic():
            rows.insert(act)
    except IntegrityError as error:
        raise AlreadyGraded from error
    return act
