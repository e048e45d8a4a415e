"""The row that is locked while a learner acts."""

from typing import Self

from django.db import models

from accounts.models import User


class Learner(models.Model):
    """One row a learner. `version` tells what was counted of their progress before it changed."""

    user = models.OneToOneField(User, models.CASCADE, primary_key=True, related_name="learner")
    version = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def locked(cls, user: User) -> Self:
        """The row, held to the end of the transaction.

        Whoever changes this learner's progress meanwhile waits.
        """
        row = cls.objects.select_for_update().filter(pk=user.pk).first()
        if row:
            return row
        # Where another process is first, it is that one's row.
        cls.objects.bulk_create([cls(user=user)], ignore_conflicts=True)
        return cls.objects.select_for_update().get(pk=user.pk)

    def forget(self) -> None:
        """To be called, with the row locked, where progress changed."""
        self.version += 1
        self.save(update_fields=["version"])
