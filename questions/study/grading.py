"""A graded recall: a row of the log, and what it does to the memory."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from questions.learner.context import LearnerContext
from questions.models import Act, Learner, Parameters, Progress, Question, Review, StudySession
from questions.models.progress import MEMORY
from questions.scheduling.fsrs import Memory, Rating, preview, schedule

# Longer than this, and the learner was elsewhere.
LONGEST = timedelta(minutes=10)


class AlreadyGraded(Exception):  # noqa: N818
    """The review that this grade would have been is there, or the question has gone on since it
    was shown."""


def progress_of(user: User, question: Question) -> Progress:
    """What a learner knows of a question; unsaved where there is nothing yet."""
    found = Progress.objects.filter(user=user, question=question).first()
    return found or Progress(user=user, question=question)


def next_number(progress: Progress) -> int:
    """That of the review which a grade would create. One that was undone keeps its own number."""
    if progress.pk is None:
        return 1
    return 1 + (progress.reviews.aggregate(last=Max("number"))["last"] or 0)


def next_intervals(progress: Progress | None, learner: LearnerContext) -> dict[Rating, timedelta]:
    """What the buttons say."""
    memory, settings = progress.memory if progress else Memory(), learner.settings
    return preview(memory, learner.now, parameters=settings.values, retention=settings.retention)


def grade(
    *,
    learner: LearnerContext,
    question: Question,
    number: int,
    rating: int,
    session: StudySession | None = None,
    place: str = Review.Place.SESSION,
    shown_at: datetime | None = None,
    points: Sequence[int] = (),
) -> Review:
    """Stores the review of that number.

    AlreadyGraded where another click, tab or process was first.
    """
    review = Review(user=learner.user, number=number, place=place, rating=rating, at=learner.now)
    review.shown_at, review.points = shown_at, list(points)
    act = new_act(learner.user, question, Act.Kind.GRADE, learner.now, session, shown_at)
    act.rating, review.seconds = rating, act.seconds
    try:
        with transaction.atomic():
            row = Learner.locked(learner.user)
            progress = progress_of(learner.user, question)
            if number != next_number(progress):
                raise AlreadyGraded
            _learn(learner, review, progress)
            act.save()
            review.progress, review.act = progress, act
            review.save()
            row.forget()
    except IntegrityError as error:
        raise AlreadyGraded from error
    return review


def _learn(learner: LearnerContext, review: Review, progress: Progress) -> None:
    """Fills the review in and stores what the learner knows after it."""
    settings, before = learner.settings, progress.memory
    after = schedule(
        before,
        review.rating or 0,
        review.at,
        parameters=settings.values,
        retention=settings.retention,
        fuzz=settings.fuzz,
    )
    review.parameters = settings.parameters or Parameters.stored(settings.values)
    review.due_after = after.due
    write_before(review, before)
    progress.remember(after)
    progress.save(update_fields=MEMORY if progress.pk else None)


def write_before(review: Review, memory: Memory) -> None:
    for name in MEMORY:
        setattr(review, f"{name}_before", getattr(memory, name))


def new_act(
    user: User,
    question: Question,
    kind: str,
    now: datetime,
    session: StudySession | None = None,
    shown_at: datetime | None = None,
) -> Act:
    act = Act(user=user, question=question, kind=kind, at=now, session=session)
    act.seconds = seconds_between(shown_at, now)
    return act


def seconds_between(shown_at: datetime | None, now: datetime) -> int | None:
    """Seconds of study, at most LONGEST; None where it is not known when it was shown."""
    if shown_at is None or shown_at > now:
        return None
    return round(min(now - shown_at, LONGEST).total_seconds())


def cram(
    *,
    learner: LearnerContext,
    question: Question,
    session: StudySession,
    rating: int,
    shown_at: datetime | None = None,
) -> Act:
    """Remembers an answer in cram mode for the session's summary.

    No progress and no log is touched.
    """
    act = new_act(learner.user, question, Act.Kind.CRAM, learner.now, session, shown_at)
    act.rating = rating
    try:
        with transaction.atomic():
            act.save()
    except IntegrityError as error:
        raise AlreadyGraded from error
    return act
