"""Who may see what, and which answer is theirs: the only place that decides.

What lists depend on here, `catalogue/cache.py` has to tell apart (`audience`).
"""

from collections.abc import Iterable
from typing import Any, Self, TypeVar

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When

from accounts.models import User

Viewer = User | AnonymousUser
# The models name these querysets, and so themselves: `QuestionQuerySet["Question"].as_manager()`.
Row = TypeVar("Row", bound=models.Model)

OF_OWNER = Q(owner=F("question__owner")) | Q(owner=None, question__owner=None)
CURATING_ROLES = {"owner", "curator"}


class Status(models.TextChoices):
    DRAFT = "draft"
    PUBLISHED = "published"
    RETIRED = "retired"


class QuestionQuerySet(models.QuerySet[Row]):
    def listed_for(self, user: Viewer) -> Self:
        """What lists, sets, sessions and counts are made of.

        Published ones of the library and of one's teams. A visitor sees library questions only, of
        which at least one source is public.
        """
        published = self.filter(status=Status.PUBLISHED)
        if user.is_authenticated:
            return published.filter(owned_by(user.roles))
        origins = rows("Origin").visible_to(user).filter(question=OuterRef("pk"))
        return published.filter(Exists(origins), owner__isnull=True)

    def visible_to(self, user: Viewer) -> Self:
        """What a user may open by its address.

        Beside what is listed: any question for its curators (library curators and administrators
        for the library, owners and curators for a team), and a retired one for learners who have
        progress on it.
        """
        if not user.is_authenticated:
            return self.listed_for(user)
        progress = rows("Progress").filter(user=user.pk, question=OuterRef("pk"))
        studied = Q(Exists(progress), status=Status.RETIRED)
        listed_or_studied = (Q(status=Status.PUBLISHED) | studied) & owned_by(user.roles)
        return self.filter(listed_or_studied | curated_by(user))


class AnswerQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: Viewer) -> Self:
        """Answers of the library and of the user's teams.

        A visitor sees those of the library: accepted ones, and others unless their source is not
        public.
        """
        if user.is_authenticated:
            return self.filter(owned_by(user.roles))
        public = Q(origin__isnull=True) | Q(origin__source__public=True)
        return self.filter(Q(accepted=True) | public, owner__isnull=True)

    def of_owner(self) -> Self:
        """Without what a team adds to a question of the library."""
        return self.filter(OF_OWNER)

    def best_first(self) -> Self:
        """Whoever sees some answers of a question gets the first of them as its answer.

        That is the one its owner accepted; else the first in the model's order. One without a text
        comes last.
        """
        accepted = OF_OWNER & Q(accepted=True)
        place = Case(When(Q(short="", answer=""), then=2), When(accepted, then=0), default=1)
        return self.order_by(place, "-accepted", "pk")

    def accepted_for(self, user: Viewer) -> Self:
        """The one answer of each question that this reader gets."""
        return self.first_of_each_question(rows("Answer").visible_to(user))

    def shown(self) -> Self:
        """The one answer of each question that its owner's readers get, whoever they are.

        What search indexes, exports write, and a change of which learners are told.
        """
        return self.first_of_each_question(rows("Answer").of_owner())

    def first_of_each_question(self, candidates: "AnswerQuerySet[Any]") -> Self:
        best = candidates.filter(question=OuterRef("question")).best_first()
        return self.filter(pk=Subquery(best.values("pk")[:1]))


class QuestionSetQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: Viewer) -> Self:
        """Sets of the library and of the user's teams, also those of which nothing is listed.

        A visitor sees the library's of which at least one question is listed for visitors.
        """
        if user.is_authenticated:
            return self.filter(owned_by(user.roles))
        listed = rows("Question").listed_for(user).filter(set_entries__set=OuterRef("pk"))
        return self.filter(Exists(listed), owner__isnull=True)

    def named(self, name: str) -> Self:
        """Those that an address may mean, the library's first.

        `junior` means any set with this key, `wren.junior` that of the team wren, whose key may be
        one of the library's too.
        """
        team, dot, key = name.rpartition(".")
        found = self.filter(key=key)
        if dot:
            found = found.filter(owner__slug=team)
        return found.order_by(F("owner").asc(nulls_first=True))


class SourceQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: Viewer) -> Self:
        """A source that is not public is for people who have signed in."""
        return self if user.is_authenticated else self.filter(public=True)


class OriginQuerySet(models.QuerySet[Row]):
    def visible_to(self, user: Viewer) -> Self:
        """Those of sources that the user may see."""
        return self if user.is_authenticated else self.filter(source__public=True)


def curates(user: Viewer) -> bool:
    """Whether there may be questions that this user sees and others do not see yet."""
    if not user.is_authenticated:
        return False
    if user.is_curator or user.is_superuser:
        return True
    return not CURATING_ROLES.isdisjoint(user.roles.values())


def curated_by(user: User) -> Q:
    teams = [team for team, role in user.roles.items() if role in CURATING_ROLES]
    return owned_by(teams, library=user.is_curator or user.is_superuser)


def owned_by(teams: Iterable[int], *, library: bool = True) -> Q:
    """Of these teams, and of the shared library.

    Where there is no team, the condition is as plain as the indexes.
    """
    teams = list(teams)
    in_teams = Q(owner__in=teams) if teams else Q(pk__in=[])
    if not library:
        return in_teams
    in_library = Q(owner__isnull=True)
    return in_library | in_teams if teams else in_library


def rows(model: str) -> Any:
    """Those of a model by its name: the models import this module."""
    return apps.get_model("questions", model)._default_manager.all()
