"""A graded recall: a row of the log, and what it does to the memory."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import rows
from accounts.models import User
from questions.models import Act, Learner, Parameters, Progress, Question, Review, StudySession, StudySettings
from questions.models.progress import MEMORY
from questions.scheduling import Memory, Rating, preview, schedule

from .queue import known

# Longer than this, and the learner was elsewhere.
LONGEST = timedelta(minutes=10)


class AlreadyGraded(Exception):  # noqa: N818
    """The review that this grade would have been is there, or the question has gone on since it was shown."""


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
            choice = known(user.pk, question.pk)
            if number != choice.number:
                raise AlreadyGraded
            progress = choice.progress or Progress(user=user, question=question)
            if choice.progress is None:
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
