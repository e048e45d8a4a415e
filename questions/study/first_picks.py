"""What a session sets out to ask, settled when it begins."""

from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet

from accounts.models import User
from accounts.prepared import prepared
from questions.catalogue.lookups import tags_of
from questions.models import Progress, Review, StudySession, StudySettings
from questions.models.progress import ProgressQuerySet
from questions.models.visibility import QuestionQuerySet
from questions.scheduling.fsrs import Memory, recall
from questions.scheduling.mixing import mixed, shuffled

from .options import LONGEST

WEAK = 20
# So many new ones come on top where a session goes beyond the day's limits.
MORE = 10


def new_left(user: User, settings: StudySettings, now: datetime) -> int:
    """How many new questions the learner's day still has."""
    start = settings.calendar.start(settings.calendar.day(now))
    found = _begun(user.pk, start)
    return max(min(settings.new_per_day, LONGEST) - (found[0][0] if found else 0), 0)


@prepared
def _begun(user: int, since: datetime) -> QuerySet[Any, Any]:
    reviews = Review.objects.first_ones().filter(user=user, at__gte=since).order_by()
    return reviews.values("user").annotate(count=Count("pk")).values_list("count")


def new_ones(session: StudySession, candidates: QuestionQuerySet, count: int) -> list[int]:
    """So many questions the learner has not begun, and MORE beyond the day's limits: in the order of the set where one
    was chosen, else mixed by tag."""
    count = min(count + MORE if session.more else count, LONGEST)
    if not count:
        return []
    fresh = candidates.order_by().exclude(Exists(not_new(session.user_id, session.started_at)))
    if session.shuffled:
        # From a random place on, so that no large catalogue is sorted for ten questions.
        return _mixed(shuffled(_from_somewhere(fresh, session, count * 5), session.pk)[:count])
    return _in_order(session, fresh, count)


def not_new(user: int, now: datetime) -> ProgressQuerySet:
    """What a learner has of a question that no session asks as a new one: begun, or buried."""
    mine = Progress.objects.filter(user=user, question=OuterRef("pk"))
    return mine.begun() | mine.out_of_play(now)


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
    return _mixed([question for _, question in sorted(recalls)[: weak_limit(session.limit)]])


def weak_limit(limit: int | None) -> int:
    """How many weak ones a session asks at most."""
    return min(limit or WEAK, LONGEST)


def cram_ones(session: StudySession, candidates: QuestionQuerySet) -> list[int]:
    """All of them, begun or not, up to LONGEST."""
    if session.shuffled:
        return shuffled(candidates.order_by("pk").values_list("pk", flat=True)[:LONGEST], session.pk)[: session.limit]
    return _in_order(session, candidates, LONGEST)[: session.limit]


def _in_order(session: StudySession, questions: QuestionQuerySet, count: int) -> list[int]:
    """As the set says that the session's filter names; else the first ones, mixed."""
    if any(part.startswith("set=") for part in session.query.split("&")):
        return list(questions.order_by("set_entries__position", "pk").values_list("pk", flat=True)[:count])
    return _mixed(list(questions.order_by("pk").values_list("pk", flat=True)[:count]))


def _mixed(questions: list[int]) -> list[int]:
    return mixed(questions, tags_of(questions))
