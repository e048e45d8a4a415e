"""Who may see what, and which of it is theirs: the only place that decides."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import User


class Status(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class QuestionQuerySet(models.QuerySet[Any]):
    def listed_for(self, user: User | AnonymousUser) -> "QuestionQuerySet":
        """What lists, sets, sessions and counts are made of: published questions, of the library or one's teams.

        A visitor sees library questions only, of which at least one source is public.
        """
        published = self.filter(status=Status.PUBLISHED)
        if user.is_authenticated:
            return published.filter(owned_by(user.roles))
        origins = self.model.origins.rel.related_model._default_manager
        return published.filter(
            Exists(origins.filter(question=OuterRef("pk"), source__public=True)), owner__isnull=True
        )

    def visible_to(self, user: User | AnonymousUser) -> "QuestionQuerySet":
        """What a user may open by its address.

        Beside what is listed: any question for its curators (library curators and administrators for the library,
        owners and curators for a team), and a retired one for learners who have progress on it.
        """
        if not user.is_authenticated:
            return self.listed_for(user)
        progress = self.model.progress.rel.related_model._default_manager.filter(user=user.pk, question=OuterRef("pk"))
        studied = Q(Exists(progress), status=Status.RETIRED)
        library = user.is_curator or user.is_superuser
        curated = owned_by([team for team, role in user.roles.items() if role in {"owner", "curator"}], library=library)
        return self.filter((Q(status=Status.PUBLISHED) | studied) & owned_by(user.roles) | curated)


def owned_by(teams: Iterable[int], *, library: bool = True) -> Q:
    """Of these teams, and of the shared library. Where there is no team, the condition is as plain as the indexes."""
    teams = list(teams)
    condition = Q(owner__in=teams) if teams else Q(pk__in=[])
    if not library:
        return condition
    return Q(owner__isnull=True) | condition if teams else Q(owner__isnull=True)
