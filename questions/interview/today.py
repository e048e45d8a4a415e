"""Being ready on the day: what to study today for it, how ready one is, and whether the time suffices."""

from datetime import datetime
from math import ceil
from statistics import fmean
from typing import NamedTuple

from django.db.models import CharField, Value

from accounts.models import User
from questions.catalogue.lookups import tags_of
from questions.models import InterviewPlan, Review, StudySettings
from questions.models.visibility import QuestionQuerySet
from questions.scheduling import planning
from questions.scheduling.forecasting import Costs, Model
from questions.scheduling.fsrs import Rating
from questions.scheduling.mixing import mixed

from .knowledge import Knowledge, knowledge, unbegun
from .verdict import days_left

# A learner's own times count once there are so many answers.
ENOUGH, NEWEST = 20, 200
# Seconds of a day's minutes that do not count: what was studied is said in whole minutes.
REST = 30


class Studied(NamedTuple):
    """How long somebody studied today, and how many new questions."""

    seconds: int
    new: int


def todays(user: User, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> list[int]:
    """What the plan asks today, in order; without a plan or days, nothing. What was reviewed today is left out.

    `candidates`: what the plan's filter finds.
    """
    plan = InterviewPlan.objects.filter(user=user).first()
    if plan is None or not days_left(plan, settings, now):
        return []
    mine, spent = knowledge(user, candidates), costs(user)
    asked = asked_today(plan, mine, settings, now, studied=studied_today(user, settings, now), spent=spent)
    new = iter(unbegun(user, candidates, asked.count(None), now))
    chosen = [question for each in asked if (question := next(new, None) if each is None else each)]
    return mixed(chosen, tags_of(chosen))


def asked_today(
    plan: InterviewPlan, mine: Knowledge, settings: StudySettings, now: datetime, *, studied: Studied, spent: Costs
) -> list[int | None]:
    """The most worthwhile first; None is a new question, whichever."""
    days, day = days_left(plan, settings, now), plan.minutes * 60
    if not days:
        return []
    material = mine.material(plan, now, settings.calendar.start(settings.calendar.day(now)))
    # Who has studied the day's minutes and comes back wants more.
    today = day if is_done(plan, studied) else day - studied.seconds
    new = max(settings.new_per_day - studied.new, ceil(material.new / days))
    horizon = planning.Horizon(days, day, today, new)
    return planning.chosen(material, horizon, model=Model(settings.values), costs=spent)


def is_done(plan: InterviewPlan, studied: Studied) -> bool:
    """Whether the day's minutes were studied."""
    return plan.minutes * 60 - studied.seconds < REST


def costs(user: User) -> Costs:
    """Seconds that this learner takes, from the log, once it has enough of them."""
    timed = Review.objects.graded().filter(user=user, seconds__gt=0).order_by("-at")
    kinds = {
        "new": timed.filter(state_before__isnull=True),
        "recalled": timed.filter(state_before=2, rating__gt=Rating.AGAIN),
        "forgotten": timed.filter(state_before=2, rating=Rating.AGAIN),
    }
    parts = [
        Review.objects.filter(pk__in=reviews.values("pk")[:NEWEST])
        .annotate(cost=Value(kind, CharField()))
        .values_list("cost", "seconds")
        for kind, reviews in kinds.items()
    ]
    found: dict[str, list[int]] = {kind: [] for kind in kinds}
    for kind, seconds in parts[0].union(*parts[1:], all=True):
        found[kind].append(seconds or 0)
    return Costs(**{kind: fmean(seconds) for kind, seconds in found.items() if len(seconds) >= ENOUGH})


def studied_today(user: User, settings: StudySettings, now: datetime) -> Studied:
    start = settings.calendar.start(settings.calendar.day(now))
    rows = list(Review.objects.graded().filter(user=user, at__gte=start).values_list("seconds", "state_before"))
    return Studied(sum(seconds or 0 for seconds, _ in rows), sum(before is None for _, before in rows))
