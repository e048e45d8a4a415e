"""Being ready on the day: what to study today for it, how ready one is, and whether the time suffices."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from math import ceil, fsum
from statistics import fmean
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, OuterRef, Value

from accounts.models import User
from questions.models import InterviewPlan, Progress, Review, SetEntry, StudySettings, TaggedQuestion
from questions.models.catalogue import QuestionQuerySet
from questions.models.progress import MEMORY
from questions.scheduling import planning
from questions.scheduling.forecasting import Costs, Model
from questions.scheduling.fsrs import DAY, Memory, Rating, recall
from questions.scheduling.mixing import mixed, tags_of

# The hour of the learner's clock for which readiness is predicted.
HOUR = 9
# A learner's own times count once there are so many answers.
ENOUGH, NEWEST = 20, 200
# Seconds of a day's minutes that do not count: what was studied is said in whole minutes.
REST = 30
# What of a row of Progress makes knowledge.
KNOWN = ("question", "mastered_at", "buried_until", *MEMORY)
# So many minutes a day, or twice those of the plan, are easier to find than fewer questions.
REALISTIC = 60


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What a learner knows of some questions: how many those are, the memories of the studied ones, which are mastered,
    studied or not, and until when some are buried."""

    questions: int
    memories: dict[int, Memory]
    mastered: frozenset[int]
    buried: dict[int, datetime]

    @classmethod
    def of(cls, questions: int, known: Iterable[tuple[Any, ...]]) -> "Knowledge":
        """`known`: rows of Progress with the columns of KNOWN."""
        rows = list(known)
        return cls(
            questions=questions,
            memories={pk: memory for pk, _, _, *columns in rows if (memory := Memory(*columns)).last_review},
            mastered=frozenset(pk for pk, mastered, *_ in rows if mastered),
            buried={pk: buried for pk, _, buried, *_ in rows if buried},
        )

    @property
    def new(self) -> int:
        """Never studied, though perhaps mastered."""
        return self.questions - len(self.memories)

    def material(self, plan: InterviewPlan, now: datetime, before: datetime | None = None) -> planning.Material:
        """What sessions may ask: nothing mastered. Today's, `before` being the beginning of today, may ask nothing that
        was studied since or is buried."""
        out = self.mastered
        if before:
            out |= {question for question, until in self.buried.items() if until > now}
        known = [
            planning.Item(question, memory.stability, memory.difficulty, (now - last) / DAY, seen=last >= plan.since)
            for question, memory in self.memories.items()
            if question not in out
            and (last := memory.last_review)
            and (before is None or last < before)
            and memory.stability
            and memory.difficulty
        ]
        return planning.Material(known, self.questions - len(self.memories.keys() | out))


@dataclass(frozen=True, slots=True)
class Readiness:
    """Predicted recall on the day, from 0 to 1, if nothing more is studied: of each question that was, and the mean,
    in which new ones count zero."""

    recalls: dict[int, float]
    questions: int

    @property
    def overall(self) -> float:
        return fsum(self.recalls.values()) / self.questions if self.questions else 0.0

    @property
    def new(self) -> int:
        return self.questions - len(self.recalls)

    @property
    def weakest(self) -> list[int]:
        """Of those that were studied, the weakest first."""
        return sorted(self.recalls, key=lambda question: (self.recalls[question], question))


class Studied(NamedTuple):
    """How long somebody studied today, and how many new questions."""

    seconds: int
    new: int


class TagCount(NamedTuple):
    """How many questions have a tag."""

    tag: int
    name: str
    slug: str
    questions: int


@dataclass(frozen=True, slots=True)
class TagReadiness:
    name: str
    slug: str
    share: float
    questions: int


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
        return self.minutes_needed <= self.minutes

    @property
    def more_is_realistic(self) -> bool:
        return self.minutes_needed <= max(REALISTIC, 2 * self.minutes)

    @property
    def new_per_day(self) -> int:
        return ceil(self.new / max(self.days, 1))

    def __str__(self) -> str:
        if self.met:
            new = f", at least {self.new_per_day} new a day" if self.new else ""
            return f"Everything will be seen again in time: {self.left} to go{new}."
        more, fewer = f"{self.minutes_needed} minutes a day", f"a plan of {self.fit} question{'s' * (self.fit != 1)}"
        first, second = (more, fewer) if self.more_is_realistic or not self.fit else (fewer, more)
        return (
            f"{self.minutes} minutes a day is not enough to see everything again: "
            f"{first} would be{f', or {second}' if self.fit else ''}."
        )


def days_left(plan: InterviewPlan, settings: StudySettings, now: datetime) -> int:
    """Days of study that remain, today included. None on the date of the interview, also before that day begins."""
    calendar = settings.calendar
    return (plan.day - calendar.day(now)).days if calendar.wall_date(now) < plan.day else 0


def knowledge(user: User, candidates: QuestionQuerySet) -> Knowledge:
    """In two queries. Mastered ones belong to it, for the interviewer asks them as well."""
    # A look at each question begun, not a list of all candidates.
    among = Exists(candidates.order_by().filter(pk=OuterRef("question")))
    rows = Progress.objects.begun_or_buried().filter(among, user=user)
    return Knowledge.of(candidates.order_by().count(), rows.values_list(*KNOWN))


def unbegun(user: User, candidates: QuestionQuerySet, count: int, now: datetime) -> list[int]:
    """The first so many of those that are new and not buried."""
    mine = Progress.objects.filter(user=user, question=OuterRef("pk"))
    fresh = candidates.exclude(Exists(mine.begun() | mine.out_of_play(now))).order_by("pk")
    return list(fresh.values_list("pk", flat=True)[:count])


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


def verdict(plan: InterviewPlan, mine: Knowledge, settings: StudySettings, now: datetime, spent: Costs) -> Verdict:
    material, days = mine.material(plan, now), days_left(plan, settings, now)
    return Verdict(
        days=days,
        minutes=plan.minutes,
        left=material.left,
        minutes_needed=planning.minutes_needed(material, days, spent),
        fit=planning.questions_that_fit(material, days, plan.minutes, spent),
        new=material.new,
    )


def readiness(plan: InterviewPlan, mine: Knowledge, settings: StudySettings) -> Readiness:
    """On the morning of the plan's day."""
    at, values = settings.calendar.at(plan.day, HOUR), settings.values
    return Readiness({each: recall(memory, at, values) for each, memory in mine.memories.items()}, mine.questions)


def tag_counts(candidates: QuestionQuerySet) -> list[TagCount]:
    tagged = TaggedQuestion.objects.order_by().filter(content_object__in=candidates.order_by())
    counted = tagged.values_list("tag", "tag__name", "tag__slug").annotate(Count("pk"))
    return [TagCount(*row) for row in counted]


def set_counts(candidates: QuestionQuerySet) -> dict[int, int]:
    """Set -> how many of these questions it has."""
    entries = SetEntry.objects.order_by().filter(question__in=candidates.order_by())
    return dict(entries.values_list("set").annotate(Count("pk")))


def readiness_by_tag(user: User, recalls: Mapping[int, float], counts: Iterable[TagCount]) -> list[TagReadiness]:
    """The weakest first."""
    studied = Progress.objects.filter(user=user, last_review__isnull=False)
    tagged = TaggedQuestion.objects.order_by().filter(content_object__in=studied.values("question"))
    shares: dict[int, list[float]] = {}
    for tag, question in tagged.values_list("tag", "content_object"):
        if question in recalls:
            shares.setdefault(tag, []).append(recalls[question])
    found = [
        TagReadiness(each.name, each.slug, fsum(shares.get(each.tag, ())) / each.questions, each.questions)
        for each in counts
    ]
    return sorted(found, key=lambda each: (each.share, each.name))


def remember_readiness(plan: InterviewPlan, settings: StudySettings, overall: float, now: datetime) -> None:
    """One figure a day, for the curve over time."""
    plan.readiness = plan.readiness | {settings.calendar.day(now).isoformat(): round(overall, 4)}
    plan.save(update_fields=["readiness"])


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
