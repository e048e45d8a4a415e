"""How a learner wants to study, and the interview that the studying is for."""

from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from fsrs.scheduler import DEFAULT_PARAMETERS

from accounts.models import User
from questions.scheduling.days import LATEST_START, Calendar

from .reviews import Parameters

MOST_NEW, MOST_REVIEWS = 999, 9999


@cache
def time_zones() -> tuple[str, ...]:
    """All names, in order. To find them reads hundreds of files."""
    return tuple(sorted(available_timezones()))


def validate_time_zone(name: str) -> None:
    if name not in time_zones():
        raise ValidationError("There is no time zone of this name. One looks like Europe/Berlin.")


class StudySettings(models.Model):
    """A learner without a row studies with the defaults."""

    class Buttons(models.IntegerChoices):
        TWO = 2, "Two: Again and Good"
        FOUR = 4, "Four: Again, Hard, Good, Easy"

    user = models.OneToOneField(
        User,
        models.CASCADE,
        primary_key=True,
        related_name="study_settings",
    )
    retention = models.FloatField(
        "desired retention",
        default=0.9,
        validators=[MinValueValidator(0.7), MaxValueValidator(0.97)],
        help_text="The share of due questions you want to recall, from 0.7 to 0.97. More means more reviews.",
    )
    new_per_day = models.PositiveSmallIntegerField(
        "new questions a day",
        default=10,
        validators=[MaxValueValidator(MOST_NEW, "At most %(limit_value)s new questions a day.")],
    )
    reviews_per_day = models.PositiveSmallIntegerField(
        "reviews a day",
        default=200,
        validators=[MaxValueValidator(MOST_REVIEWS, "At most %(limit_value)s reviews a day.")],
    )
    fuzz = models.BooleanField(
        default=True,
        help_text="Vary intervals a little, so that questions spread out.",
    )
    buttons = models.PositiveSmallIntegerField(choices=Buttons, default=Buttons.FOUR)
    timer = models.BooleanField("show a timer", default=True)
    time_zone = models.CharField(max_length=64, default="UTC", validators=[validate_time_zone])
    day_start = models.PositiveSmallIntegerField(
        "a day begins at",
        default=4,
        validators=[MaxValueValidator(LATEST_START)],
        help_text="The hour, from 0 to 12.",
    )
    parameters = models.ForeignKey(
        Parameters,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="Empty: FSRS's own.",
    )

    class Meta:
        verbose_name_plural = "study settings"
        constraints = [
            models.CheckConstraint(
                condition=Q(retention__range=(0.7, 0.97)),
                name="retention_makes_sense",
            ),
            models.CheckConstraint(
                condition=Q(day_start__lte=LATEST_START),
                name="day_starts_at_an_hour",
            ),
        ]

    def __str__(self) -> str:
        return f"Study settings of {self.user}"

    @property
    def calendar(self) -> Calendar:
        return Calendar(ZoneInfo(self.time_zone), self.day_start)

    @property
    def values(self) -> tuple[float, ...]:
        """The parameters FSRS runs with for this learner."""
        return tuple(self.parameters.values) if self.parameters else DEFAULT_PARAMETERS


class InterviewPlan(models.Model):
    """The day to be ready on, and for what.

    It decides what a session asks and changes no due date.
    """

    user = models.OneToOneField(
        User,
        models.CASCADE,
        primary_key=True,
        related_name="interview_plan",
    )
    day = models.DateField("date of the interview")
    query = models.TextField(blank=True, help_text="The filter, as in the address of the list.")
    minutes = models.PositiveSmallIntegerField(
        "minutes a day",
        default=30,
        validators=[MinValueValidator(5), MaxValueValidator(600)],
    )
    since = models.DateTimeField(
        default=timezone.now,
        editable=False,
        help_text="All is to be seen once after this.",
    )
    readiness = models.JSONField(
        default=dict,
        editable=False,
        help_text="Readiness by day, as it was predicted then.",
    )

    def __str__(self) -> str:
        return f"Interview of {self.user} on {self.day}"
