"""What the plan of an interview asks today."""

from dataclasses import dataclass, field
from math import ceil
from statistics import fmean

from django.db.models import CharField, QuerySet, Value

from accounts.models import User
from questions.catalogue.lookups import tags_of
from questions.catalogue.selection import SessionScope
from questions.learner.context import LearnerContext
from questions.models import Review
from questions.scheduling import planning
from questions.scheduling.forecasting import Costs, Model
from questions.scheduling.fsrs import REVIEW, Rating
from questions.scheduling.mixing import mixed

from .knowledge import Knowledge, fresh_questions, knowledge_of

# A learner's own times count once there are so many answers.
ENOUGH, NEWEST = 20, 200
# Seconds of a day's minutes that do not count: what was studied is said in whole minutes.
REST = 30


@dataclass(frozen=True, slots=True)
class Today:
    """What the plan asks today; nothing where none is ahead.

    `picks` are ids, the most worthwhile first; None is a new question, whichever. They take about
    `minutes`. Of the plan's `minutes_planned`, `studied` were studied already. Once these are
    `done`, nothing is asked any more, and the picks are for whoever goes on.
    """

    picks: list[int | None] = field(default_factory=list)
    minutes: int = 0
    studied: int = 0
    minutes_planned: int = 0
    minutes_left: int = 0
    done: bool = False

    @property
    def new(self) -> int:
        return self.picks.count(None)

    @property
    def known(self) -> int:
        return len(self.picks) - self.new

    @property
    def total(self) -> int:
        return len(self.picks)

    @property
    def asked(self) -> int:
        return 0 if self.done else self.total


def today_for(learner: LearnerContext, scope: SessionScope) -> Today:
    """`scope`: what the plan's filter finds."""
    if learner.coming_plan is None:
        return Today()
    return today_from(learner, knowledge_of(learner, scope), costs_of(learner.user))


def today_from(learner: LearnerContext, knowledge: Knowledge, costs: Costs) -> Today:
    plan, settings, studied = learner.coming_plan, learner.settings, learner.studied_today
    minutes_studied = round(studied.seconds / 60)
    if plan is None:
        return Today(studied=minutes_studied)
    seconds = plan.minutes * 60
    seconds_left = max(seconds - studied.seconds, 0)
    done = seconds_left < REST
    material, days = knowledge.material_of_today(plan, learner), learner.study_days_left
    new = max(settings.new_per_day - studied.new, ceil(material.new / days))
    # Who has studied the day's minutes and comes back wants more.
    horizon = planning.Horizon(days, seconds, seconds if done else seconds_left, new)
    picks = planning.picks_for_today(material, horizon, model=Model(settings.values), costs=costs)
    return Today(
        picks=picks,
        minutes=_minutes(picks, costs),
        studied=minutes_studied,
        minutes_planned=plan.minutes,
        minutes_left=round(seconds_left / 60),
        done=done,
    )


def _minutes(picks: list[int | None], costs: Costs) -> int:
    new = picks.count(None)
    seconds = new * costs.new + (len(picks) - new) * costs.recalled
    return max(round(seconds / 60), 1)


def questions_of_today(learner: LearnerContext, scope: SessionScope) -> list[int]:
    """What a session for the plan asks, in order."""
    today = today_for(learner, scope)
    fresh = fresh_questions(learner, scope).order_by("pk").values_list("pk", flat=True)
    new = iter(fresh[: today.new])
    questions = []
    for pick in today.picks:
        question = next(new, None) if pick is None else pick
        if question:
            questions.append(question)
    return mixed(questions, tags_of(questions))


def costs_of(user: User) -> Costs:
    """Seconds that this learner takes, from the log, once it has enough of them."""
    timed = Review.objects.graded().filter(user=user, seconds__gt=0).order_by("-at")
    learned = timed.filter(state_before=REVIEW)
    new = _newest("new", timed.filter(state_before__isnull=True))
    recalled = _newest("recalled", learned.filter(rating__gt=Rating.AGAIN))
    forgotten = _newest("forgotten", learned.filter(rating=Rating.AGAIN))
    times: dict[str, list[int]] = {}
    for kind, seconds in new.union(recalled, forgotten, all=True):
        times.setdefault(kind, []).append(seconds)
    known = {kind: fmean(seconds) for kind, seconds in times.items() if len(seconds) >= ENOUGH}
    return Costs(**known)


def _newest(kind: str, reviews: QuerySet[Review]) -> QuerySet:
    newest = Review.objects.filter(pk__in=reviews.values("pk")[:NEWEST])
    return newest.annotate(cost=Value(kind, CharField())).values_list("cost", "seconds")
