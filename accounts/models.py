"""People and teams. Nothing here knows of questions."""

from django.contrib.auth.models import AbstractUser, Group
from django.db import models

CURATORS = "Library curators"


class User(AbstractUser):
    """Somebody who signs in. A library curator edits the shared library in the admin."""

    is_curator = models.BooleanField(
        "Library curator",
        default=False,
        help_text="May sign in to the admin and curate the shared library: questions, answers, tags, sources and sets.",
    )

    def save(self, *args, update_fields=None, **kwargs) -> None:
        """Administrators and curators may enter the admin, nobody else; curators are in the curators' group."""
        self.is_staff = self.is_superuser or self.is_curator
        super().save(*args, update_fields=update_fields, **kwargs)
        if update_fields is None or "is_curator" in update_fields:
            group, _ = Group.objects.get_or_create(name=CURATORS)
            (self.groups.add if self.is_curator else self.groups.remove)(group)


class Team(models.Model):
    name = models.CharField(max_length=100, unique=True)
    slug = models.SlugField(max_length=100, unique=True)
    members = models.ManyToManyField(User, through="Membership", related_name="teams")

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    class Role(models.TextChoices):
        OWNER = "owner"
        CURATOR = "curator"
        MEMBER = "member"

    team = models.ForeignKey(Team, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role, default=Role.MEMBER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["team", "user"], name="one_membership_per_team_and_user"),
            models.CheckConstraint(condition=models.Q(role__in=["owner", "curator", "member"]), name="known_role"),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"

    @property
    def curates(self) -> bool:
        return self.role in {self.Role.OWNER, self.Role.CURATOR}
