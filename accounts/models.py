"""People and teams. Nothing here knows of questions."""

import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Self

from django.contrib.auth.models import AbstractUser, Group
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

CURATORS = "Library curators"
ROLE_FIELDS = {"is_curator", "is_superuser"}
CURATOR_HELP = "May sign in to the admin and curate the shared library: questions, answers, tags, sources and sets."


class User(AbstractUser):
    """Somebody who signs in. A library curator edits the shared library in the admin."""

    is_curator = models.BooleanField(
        "Library curator",
        default=False,
        help_text=CURATOR_HELP,
    )

    # allauth's addresses of this account; at most one is primary.
    emailaddress_set: Any

    class Meta(AbstractUser.Meta):
        constraints = [
            models.UniqueConstraint(
                Lower("username"),
                name="one_account_per_name",
                violation_error_message="A user with that username already exists.",
            )
        ]

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Administrators and curators may enter the admin, nobody else.

        Curators are in the curators' group.
        """
        self.is_staff = self.is_superuser or self.is_curator
        # Addresses are looked up in lower case.
        self.email = self.email.lower()
        if update_fields is None:
            super().save(*args, **kwargs)
            self.join_or_leave_curators()
            return
        fields = {*update_fields}
        if fields & ROLE_FIELDS:
            super().save(*args, update_fields=fields | {"is_staff"}, **kwargs)
            self.join_or_leave_curators()
        else:
            super().save(*args, update_fields=fields, **kwargs)

    def join_or_leave_curators(self) -> None:
        group, _ = Group.objects.get_or_create(name=CURATORS)
        if self.is_curator:
            self.groups.add(group)
        else:
            self.groups.remove(group)

    @cached_property
    def roles(self) -> dict[int, str]:
        """Team id -> role: every question of who may see what begins here.

        The user of a request has them already (`accounts.backends`).
        """
        return dict(self.memberships.values_list("team", "role"))

    def forget_other_addresses(self) -> None:
        """Makes `email` the only address this account signs in with and is written to."""
        self.emailaddress_set.exclude(email__iexact=self.email).delete()
        if self.email and not self.emailaddress_set.exists():
            self.emailaddress_set.create(email=self.email, primary=True)


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
            models.UniqueConstraint(
                fields=["team", "user"],
                name="one_membership_per_team_and_user",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["owner", "curator", "member"]),
                name="known_role",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither used up nor expired."""
        return self.filter(uses_left__gt=0, expires_at__gt=timezone.now())


def in_two_weeks() -> datetime:
    return timezone.now() + timedelta(days=14)


class Invitation(models.Model):
    """Lets people sign up with a link.

    Of its key only the digest is kept, and no key fits until one is issued.
    """

    digest = models.CharField(max_length=64, unique=True, editable=False, default=secrets.token_hex)
    note = models.CharField(
        max_length=200,
        blank=True,
        help_text="Whom it is for. Only administrators see this.",
    )
    uses_left = models.PositiveSmallIntegerField(
        default=1,
        help_text="How many people may still sign up with it.",
    )
    expires_at = models.DateTimeField(default=in_two_weeks)
    created_by = models.ForeignKey(
        User,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.note or f"Invitation {self.pk}"

    @property
    def is_open(self) -> bool:
        return self.uses_left > 0 and self.expires_at > timezone.now()
