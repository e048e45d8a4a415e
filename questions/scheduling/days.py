"""A learner's days: in the learner's time zone, beginning at the learner's hour."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

# No day begins later than at noon.
# One that begins in the evening would bear the wrong date for most of its hours.
LATEST_START = 12


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days begin at `start_hour` on the learner's clock.

    Studying past midnight still belongs to the evening.
    """

    zone: ZoneInfo
    start_hour: int = 0

    def start(self, day: date) -> datetime:
        """The first moment of a day.

        Where the clock skips that hour, the moment of the change; where it has it twice, the first.
        """
        return self.at(day, self.start_hour)

    def end(self, day: date) -> datetime:
        """The first moment that is no longer of the day."""
        return self.start(day + timedelta(days=1))

    def day(self, moment: datetime) -> date:
        day = self.wall_date(moment)
        return day if moment >= self.start(day) else day - timedelta(days=1)

    def wall_date(self, moment: datetime) -> date:
        """What a calendar on the wall says, whenever the learner's day begins.

        Appointments go by it.
        """
        return moment.astimezone(self.zone).date()

    def at(self, day: date, hour: int) -> datetime:
        """An hour of the wall clock on a date, as for an interview."""
        return datetime.combine(day, time(hour), tzinfo=self.zone).astimezone(UTC)
