"""Whether the time that is left suffices."""

from dataclasses import dataclass
from datetime import datetime
from math import ceil

from questions.models import InterviewPlan, StudySettings
from questions.scheduling import planning
from questions.scheduling.forecasting import Costs

from .knowledge import Knowledge

# So many minutes a day, or twice those of the plan, are easier to find than fewer questions.
REALISTIC = 60


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
