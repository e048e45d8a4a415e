"""Whether the time that is left suffices."""

from dataclasses import dataclass
from math import ceil

from questions.learner.context import LearnerContext
from questions.models import InterviewPlan
from questions.scheduling import planning
from questions.scheduling.forecasting import Costs

from .knowledge import Knowledge

# So many minutes a day, or twice those of the plan, are easier to find than fewer questions.
REALISTIC = 60


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether everything can be seen once more before the day, and what would make it so.

    `left` is how many have still to be seen, `new` how many of those were never studied, `fit` how
    many questions the minutes suffice for.
    """

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
        what_helps = f"{self.minutes_needed} minutes a day would be"
        if self.fit:
            what_helps = self._either_way()
        return f"{self.minutes} minutes a day is not enough to see everything again: {what_helps}."

    def _either_way(self) -> str:
        """The more realistic way first."""
        more = f"{self.minutes_needed} minutes a day"
        fewer = f"a plan of {self.fit} question{'s' * (self.fit != 1)}"
        if self.more_is_realistic:
            return f"{more} would be, or {fewer}"
        return f"{fewer} would be, or {more}"


def verdict_of(learner: LearnerContext, plan: InterviewPlan, knowledge: Knowledge, costs: Costs) -> Verdict:
    material, days = knowledge.material(plan, learner.now), learner.study_days_left
    return Verdict(
        days=days,
        minutes=plan.minutes,
        left=material.unseen,
        minutes_needed=planning.minutes_needed(material, days, costs),
        fit=planning.questions_that_fit(material, days, plan.minutes, costs),
        new=material.new,
    )
