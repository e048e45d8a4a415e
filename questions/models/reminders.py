"""Who wants to be reminded by mail, and when the last one went out."""

from datetime import date
from typing import Self

from django.core.signing import Signer
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q

from accounts.models import User

SIGNER = Signer(salt="questions.reminders")


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def unsent(self, day: date) -> Self:
        """Nothing was sent on this day yet, nor on a later one."""
        return self.filter(Q(last_sent_on__isnull=True) | Q(last_sent_on__lt=day))


class Reminder(models.Model):
    """Its being there means that the learner wants mail. Days and hours are the learner's."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="reminder")
    hour = models.PositiveSmallIntegerField(
        "not before",
        default=18,
        validators=[MaxValueValidator(23)],
    )
    last_sent_on = models.DateField(null=True, blank=True, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(hour__lte=23), name="reminder_has_an_hour"),
        ]

    def __str__(self) -> str:
        return f"Reminder of {self.user}"

    @property
    def token(self) -> str:
        """For a link that stops the mails without signing in."""
        return SIGNER.sign(self.pk)

    @classmethod
    def of_token(cls, token: str) -> ReminderQuerySet:
        """What a link means: none where it was stopped before.

        BadSignature where the link is none of ours.
        """
        return cls.objects.filter(pk=int(SIGNER.unsign(token)))

    def claim(self, day: date) -> bool:
        """Takes the day for a mail of ours; False where another run was first."""
        return bool(Reminder.objects.unsent(day).filter(pk=self.pk).update(last_sent_on=day))

    def give_back(self, day: date) -> None:
        """The mail did not go out: the day stands as it did before the claim."""
        Reminder.objects.filter(pk=self.pk, last_sent_on=day).update(last_sent_on=self.last_sent_on)
