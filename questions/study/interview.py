"""Being ready on the day: what to study today for it, how ready one is, and whether the time suffices."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil
from statistics import fmean

from django.db.models import Exists, OuterRef

from accounts.models import User
from questions import planning
from questions.forecasting import Costs, Model
from questions.models import InterviewPlan, Progress, Review, StudySettings, Tag
from questions.models.catalogue import QuestionQuerySet
from questions.models.progress import MEMORY
from questions.scheduling import DAY, Memory, Rating, recall

from .mixing import mixed, tags_of

# The hour of the learner's clock for which readiness is predicted.
HOUR = 9
# A learner's own times count once there are so many answers.
ENOUGH = 20


@dataclass(frozen=True, slots=True)
class Readiness:
    """Mean predicted recall on the day, from 0 to 1, if nothing more is studied. New questions count zero.

    `tags`: tag, readiness, questions; the weakest first. `weakest`: ids of questions, the weakest first.
    """

    overall: float
    questions: int
    new: int
    tags: list[tuple[Tag, float, int]]
    weakest: list[int]


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether everything can be seen once more before the day, and what would make it so."""

    days: int
    minutes: int
    left: int
    minutes_needed: int
    fit: int
    new: int

    @property
    def met(self) -> bool:
        return self.minutes_needed <= self.minutes and (self.days > 0 or not self.left)

    @property
    def new_per_day(self) -> int:
        return ceil(self.new / max(self.days, 1))

    def __str__(self) -> str:
        if self.met:
            new = f", at least {self.new_per_day} new a day" if self.new else ""
            return f"Everything will be seen again in time: {self.left} to go{new}."
        if not self.days:
            return f"The day has come, and {self.left} were not seen again."
        return (
            f"{self.minutes} minutes a day is not enough to see everything again: {self.minutes_needed} minutes a day "
            f"would be, or a plan of {self.fit} questions."
        )


def days_left(plan: InterviewPlan, settings: StudySettings, now: datetime) -> int:
    """Days of study that remain, today included and the day of the interview not."""
    return max((plan.day - settings.calendar.day(now)).days, 0)


def todays(user: User, candidates: QuestionQuerySet, settings: StudySettings, now: datetime) -> list[int]:
    """What the plan asks today, in order; without a plan or days, nothing. What was reviewed today is left out.

    `candidates`: what the plan's filter finds.
    """
    plan = InterviewPlan.objects.filter(user=user).first()
    if plan is None or not days_left(plan, settings, now):
        return []
    today = settings.calendar.start(settings.calendar.day(now))
    days, studied = days_left(plan, settings, now), _seconds_since(user, today)
    seconds = plan.minutes * 60 - studied
    memories = _memories(user, _asked(user, candidates))
    items = [
        item
        for item in _items(memories, plan, now)
        if not (last := memories[item.id].last_review) or last < today
    ]  # fmt: skip
    new = max(settings.new_per_day, ceil(sum(item.new for item in items) / days))
    # Who has studied the day's minutes and comes back wants more.
    horizon = planning.Horizon(days, seconds if seconds > 60 else plan.minutes * 60, new)
    chosen = planning.chosen(items, horizon, model=Model(settings.values), costs=costs(user))
    return mixed(chosen, tags_of(chosen))


def verdict(
    user: User, candidates: QuestionQuerySet, plan: InterviewPlan, settings: StudySettings, now: datetime
) -> Verdict:
    items = _items(_memories(user, _asked(user, candidates)), plan, now)
    days, spent = days_left(plan, settings, now), costs(user)
    return Verdict(
        days=days,
        minutes=plan.minutes,
        left=sum(not item.seen for item in items),
        minutes_needed=planning.minutes_needed(items, days, spent),
        fit=planning.questions_that_fit(items, days, plan.minutes, spent),
        new=sum(item.new for item in items),
    )


def readiness(user: User, candidates: QuestionQuerySet, plan: InterviewPlan, settings: StudySettings) -> Readiness:
    """On the morning of the plan's day."""
    at = settings.calendar.at(plan.day, HOUR)
    memories, values = _memories(user, candidates), settings.values
    recalls = {question: recall(memory, at, values) for question, memory in memories.items()}
    return Readiness(
        overall=fmean(recalls.values()) if recalls else 0.0,
        questions=len(recalls),
        new=sum(memory.last_review is None for memory in memories.values()),
        tags=_by_tag(recalls),
        weakest=sorted(recalls, key=lambda question: (recalls[question], question)),
    )


def remember_readiness(plan: InterviewPlan, settings: StudySettings, overall: float, now: datetime) -> None:
    """One figure a day, for the curve over time."""
    plan.readiness = plan.readiness | {settings.calendar.day(now).isoformat(): round(overall, 4)}
    plan.save(update_fields=["readiness"])


def costs(user: User) -> Costs:
    """Seconds that this learner takes, from the log, once it has enough of them."""
    timed = Review.objects.graded().filter(user=user, seconds__gt=0)
    usual = Costs()
    kinds = {
        "new": timed.filter(state_before__isnull=True),
        "recalled": timed.filter(state_before=2, rating__gt=Rating.AGAIN),
        "forgotten": timed.filter(state_before=2, rating=Rating.AGAIN),
    }
    found: dict[str, float] = {}
    for kind, reviews in kinds.items():
        newest = list(reviews.order_by("-at").values_list("seconds", flat=True)[:200])
        found[kind] = fmean(filter(None, newest)) if len(newest) >= ENOUGH else getattr(usual, kind)
    return Costs(**found)


def _seconds_since(user: User, start: datetime) -> int:
    timed = Review.objects.graded().filter(user=user, at__gte=start)
    return sum(filter(None, timed.values_list("seconds", flat=True)))


def _asked(user: User, candidates: QuestionQuerySet) -> QuestionQuerySet:
    """Without the mastered ones, which no session asks."""
    mastered = Progress.objects.mastered().filter(user=user, question=OuterRef("pk"))
    return candidates.exclude(Exists(mastered))


def _memories(user: User, candidates: QuestionQuerySet) -> dict[int, Memory]:
    """By question, in two queries; mastered ones too, for the interviewer asks them as well."""
    memories = dict.fromkeys(candidates.order_by().values_list("pk", flat=True), Memory())
    rows = Progress.objects.filter(user=user, last_review__isnull=False).values_list("question", *MEMORY)
    return memories | {question: Memory(*columns) for question, *columns in rows if question in memories}


def _items(memories: Mapping[int, Memory], plan: InterviewPlan, now: datetime) -> list[planning.Item]:
    return [
        planning.Item(question, memory.stability, memory.difficulty, (now - last) / DAY, seen=last >= plan.since)
        if (last := memory.last_review)
        else planning.Item(question)
        for question, memory in memories.items()
    ]


def _by_tag(recalls: Mapping[int, float]) -> list[tuple[Tag, float, int]]:
    groups: dict[int, list[float]] = {}
    for question, tags in tags_of(recalls).items():
        for tag in tags:
            groups.setdefault(tag, []).append(recalls[question])
    tags_found = Tag.objects.in_bulk(groups)
    sums = [(tags_found[tag], fmean(values), len(values)) for tag, values in groups.items()]
    return sorted(sums, key=lambda each: (each[1], each[0].name))
