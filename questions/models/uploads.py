"""A document on its way in: what a curator uploaded and has not confirmed yet."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

from accounts.models import User

KEPT = timedelta(days=1)


class PendingUpload(models.Model):
    """Kept in the database, for the next request may reach another process.

    `options` are those of the loader.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    file = models.CharField(max_length=300)
    data = models.BinaryField()
    options = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.file

    @classmethod
    def forget_old(cls) -> None:
        cls.objects.filter(at__lt=timezone.now() - KEPT).delete()
