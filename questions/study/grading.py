"""A graded recall: a row of the log, and what it does to the memory."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import Max

from accounts.models import User
from questions.learner.context import LearnerContext
from questions.models import Act, Learner, Parameters, Progress, Question, Review, StudySettings
from questions.models.progress import MEMORY
from questions.scheduling.fsrs import Memory, Rating, interval_text, preview, schedule

from .occasion import Occasion


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


def interval_texts(progress: Progress, learner: LearnerContext) -> dict[Rating, str]:
    """When the question comes back after each rating, as buttons say it."""
    memory, settings = progress.memory, learner.settings
    parameters, retention = settings.values, settings.retention
    waits = preview(memory, learner.now, parameters=parameters, retention=retention)
    return {rating: interval_text(wait) for rating, wait in waits.items()}


def grade(
    occasion: Occasion,
    settings: StudySettings,
    *,
    number: int,
    rating: int,
    place: str = Review.Place.SESSION,
    points: Sequence[int] = (),
) -> Review:
    """Stores the review of that number.

    AlreadyGraded where another click, tab or process was first.
    """
    act = occasion.act(Act.Kind.GRADE, rating)
    review = Review(
        user=occasion.user,
        number=number,
        rating=rating,
        place=place,
        points=list(points),
        at=occasion.now,
        shown_at=occasion.shown_at,
        seconds=act.seconds,
    )
    try:
        with transaction.atomic():
            row = Learner.locked(occasion.user)
            progress = progress_of(occasion.user, occasion.question)
            if number != next_number(progress):
                raise AlreadyGraded
            _learn(review, progress, settings)
            act.save()
            review.progress, review.act = progress, act
            review.save()
            row.forget()
    except IntegrityError as error:
        raise AlreadyGraded from error
    return review


def _learn(review: Review, progress: Progress, settings: StudySettings) -> None:
    """Fills the review in and stores what the learner knows after it."""
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
    review.due_after = after.due
    write_before(review, before)
    progress.remember(after)
    progress.save()


def write_before(review: Review, memory: Memory) -> None:
    for name in MEMORY:
        setattr(review, f"{name}_before", getattr(memory, name))


def cram(occasion: Occasion, rating: int) -> Act:
    """Remembers an answer in cram mode for the session's summary.

    No progress and no log is touched.
    """
    act = occasion.act(Act.Kind.CRAM, rating)
    try:
        with transaction.atomic():
            act.save()
    except IntegrityError as error:
        raise AlreadyGraded from error
    return act
