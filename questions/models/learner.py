"""The row that is locked while a learner acts."""

from typing import Any

from django.db import models

from accounts import rows
from accounts.models import User
from accounts.prepared import prepared

TALLY_LIMIT = 20


class Learner(models.Model):
    """One row a learner: the counts of their progress that lists show, remembered for all processes.

    `tallies` has one entry a catalogue version and filter: mastered, starred, begun, changed. Every write to a
    learner's progress bumps the version, in the same transaction, and keeps only those entries that it has brought up
    to date.
    """

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="learner")
    version = models.PositiveBigIntegerField(default=0)
    tallies = models.JSONField(default=dict)

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def locked(cls, user: User) -> "Learner":
        """The row, held to the end of the transaction: whoever changes this learner's progress meanwhile waits."""
        found = _locked(user.pk)
        if not found:
            Learner.objects.bulk_create([Learner(user_id=user.pk)], ignore_conflicts=True)
            found = _locked(user.pk)
        return rows.instance(cls, found[0])

    def forget(self) -> None:
        """To be called, with the row locked, where progress changed that tallies count."""
        self.version, self.tallies = self.version + 1, {}
        rows.update(self, ["version", "tallies"])

    def remember(self, key: str, tally: list[int]) -> None:
        """Keeps a tally just counted, unless the progress it was counted from changed meanwhile."""
        self.tallies = dict(list(self.tallies.items())[1 - TALLY_LIMIT :]) | {key: tally}
        if not Learner.objects.filter(pk=self.pk, version=self.version).update(tallies=self.tallies):
            Learner.objects.bulk_create([Learner(user_id=self.pk, tallies=self.tallies)], ignore_conflicts=True)


@prepared
def _locked(user: int) -> models.QuerySet[Any, Any]:
    return Learner.objects.select_for_update().filter(pk=user).values_list(*rows.names(Learner))
