"""What a session sets out to ask, settled when it begins."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.prepared import prepared
from questions.models import Progress, Review, StudySession, StudySettings
from questions.models.catalogue import QuestionQuerySet
from questions.scheduling import Memory, recall

from .mixing import mixed, shuffled, tags_of

# A session is a sitting: nobody answers more in one.
LONGEST = 500
WEAK = 20


def new_left(user: User, settings: StudySettings, now: datetime) -> int:
    """How many new questions the learner's day still has."""
    start = settings.calendar.start(settings.calendar.day(now))
    found = _begun(user.pk, start)
    return max(settings.new_per_day - (found[0][0] if found else 0), 0)


@prepared
def _begun(user: int, since: datetime) -> QuerySet[Any, Any]:
    reviews = Review.objects.first_ones().filter(user=user, at__gte=since).order_by()
    return reviews.values("user").annotate(count=Count("pk")).values_list("count")


def new_ones(session: StudySession, candidates: QuestionQuerySet, count: int) -> list[int]:
    """So many questions the learner has not begun, mixed by tag."""
    if not count:
        return []
    mine = Progress.objects.filter(user=session.user_id, question=OuterRef("pk"))
    fresh = candidates.order_by().exclude(Exists(mine.begun()))
    if not session.shuffled:
        return _mixed(list(fresh.order_by("pk").values_list("pk", flat=True)[:count]))
    # Shuffled: from a random place on, so that no large catalogue is sorted for ten questions.
    return _mixed(shuffled(_from_somewhere(fresh, session, count * 5), session.pk)[:count])


def _from_somewhere(fresh: QuestionQuerySet, session: StudySession, count: int) -> list[int]:
    pks = fresh.order_by("pk").values_list("pk", flat=True)
    newest = fresh.order_by("-pk").values_list("pk", flat=True).first() or 0
    start = shuffled(range(0, newest + 1, max(1, newest // 1000)), session.pk)[0]
    found = list(pks.filter(pk__gte=start)[:count])
    return found + list(pks.filter(pk__lt=start)[: count - len(found)])


def weak_ones(session: StudySession, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> list[int]:
    """Those the learner would recall worst now."""
    rows = Progress.objects.filter(user=session.user_id, last_review__isnull=False).in_play(now)
    rows = rows.filter(Exists(candidates.order_by().filter(pk=OuterRef("question"))))
    values = settings.values
    recalls = [
        (recall(Memory(stability=stability, last_review=last), now, values), question)
        for question, stability, last in rows.values_list("question", "stability", "last_review")
    ]
    return _mixed([question for _, question in sorted(recalls)[: session.limit or WEAK]])


def cram_ones(session: StudySession, candidates: QuestionQuerySet) -> list[int]:
    """All of them, begun or not, up to LONGEST."""
    pks = list(candidates.order_by("pk").values_list("pk", flat=True)[:LONGEST])
    chosen = shuffled(pks, session.pk) if session.shuffled else _mixed(pks)
    return chosen[: session.limit or LONGEST]


def _mixed(questions: list[int]) -> list[int]:
    return mixed(questions, tags_of(questions))
