"""How many questions wait for a learner: now, and in the days to come."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Min, Q
from django.db.models.functions import Coalesce, Greatest
from django.http import QueryDict

from questions.catalogue.selection import Selection, SessionScope
from questions.interview.plan import plan_selection
from questions.interview.today import today_for
from questions.learner.context import LearnerContext
from questions.models import Progress
from questions.models.progress import BEGUN
from questions.scheduling.fsrs import REVIEW

from .first_picks import MORE, new_ones_left, weak_limit
from .options import LONGEST
from .queries import ANEW, due_rows, is_due

COMES_BACK = Greatest("due", Coalesce("buried_until", "due"))


@dataclass(frozen=True, slots=True)
class DueCounts:
    """`due` and `new` are what a session asks.

    `due_beyond` and `new_beyond` are what one beyond the day's limits would ask as well;
    `next_due` is when the first of the others comes back.
    """

    due: int
    new: int
    due_beyond: int
    new_beyond: int
    next_due: datetime | None

    @property
    def total(self) -> int:
        return self.due + self.new


def due_counts(
    learner: LearnerContext,
    scope: SessionScope,
    questions: int,
    *,
    more: bool = False,
) -> DueCounts:
    """Within the day's limits, or with `more` beyond them; `questions` are in the scope.

    In one query, which reads all rows of the learner once.
    """
    now, is_due_now = learner.now, is_due(learner)
    later = Q(due__gt=now) | Q(due__isnull=False, buried_until__gt=now)
    rows = Progress.objects.filter(scope.contains("question"), user=learner.user).aggregate(
        reviews=Count("pk", filter=is_due_now & Q(state=REVIEW)),
        anew=Count("pk", filter=is_due_now & Q(state__in=ANEW)),
        not_new=Count("pk", filter=BEGUN | Q(buried_until__gt=now)),
        next_due=Min(COMES_BACK, filter=later & Q(mastered_at__isnull=True)),
    )
    due, due_beyond = within_limit(learner, rows["reviews"], rows["anew"])
    fresh, left = questions - rows["not_new"], new_ones_left(learner)
    new = min(left, fresh)
    new_beyond = min(left + MORE, LONGEST, fresh) - new
    if more:
        return DueCounts(due + due_beyond, new + new_beyond, 0, 0, rows["next_due"])
    return DueCounts(due, new, due_beyond, new_beyond, rows["next_due"])


def due_split(learner: LearnerContext, scope: SessionScope) -> tuple[int, int]:
    """How many are due within the day's limit of reviews, and how many beyond it."""
    rows = due_rows(learner, scope).order_by().values_list("state").annotate(Count("pk"))
    counts = dict(rows)
    reviews = counts.pop(REVIEW, 0)
    return within_limit(learner, reviews, sum(counts.values()))


def within_limit(learner: LearnerContext, reviews: int, anew: int) -> tuple[int, int]:
    """The limit is one of reviews: what is being learned comes back all the same."""
    if not reviews:
        return anew, 0
    left = max(learner.settings.reviews_per_day - learner.studied_today.repeated, 0)
    return anew + min(reviews, left), max(reviews - left, 0)


def asked_today(learner: LearnerContext, everything: Selection) -> int:
    """What the plan asks, where one is ahead, else what is due within the day's limit.

    New questions that no plan asks for can wait.
    """
    plan = learner.coming_plan
    if plan is None:
        return due_split(learner, everything.scope)[0]
    selection = plan_selection(everything, QueryDict(plan.query))
    return today_for(learner, selection.scope).asked


def weak_count(learner: LearnerContext, scope: SessionScope, limit: int | None) -> int:
    """How many weak ones a session asks."""
    rows = Progress.objects.filter(scope.contains("question"), user=learner.user)
    studied = rows.filter(last_review__isnull=False).in_play(learner.now)
    return min(studied.count(), weak_limit(limit))


def coming(learner: LearnerContext, scope: SessionScope, days: int = 7) -> list[tuple[date, int]]:
    """How many questions come back later today, and on each of the learner's next days."""
    end = learner.calendar.start(learner.day + timedelta(days=days + 1))
    rows = Progress.objects.filter(scope.contains("question"), user=learner.user)
    rows = rows.filter(mastered_at__isnull=True, due__lt=end)
    moments = [at for (at,) in rows.values_list(COMES_BACK) if learner.now < at < end]
    return sorted(Counter(map(learner.calendar.day, moments)).items())
