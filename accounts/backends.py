"""Who a session belongs to: looked up on every request, hence prepared."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.db.models import QuerySet

from .models import User
from .prepared import columns_of, instance_of, prepared


class AuthenticationBackend(AllauthBackend):
    def get_user(self, user_id: int) -> User | None:
        """With the roles, by which every page decides what it shows."""
        rows = user_with_roles(user_id)
        if not rows:
            return None
        user = instance_of(User, rows[0][:-2])
        user.roles = {team: role for *_, team, role in rows if team is not None}
        return user if self.user_can_authenticate(user) else None


@prepared
def user_with_roles(pk: int) -> QuerySet[Any, Any]:
    """A row for each role, or one without."""
    users = User.objects.filter(pk=pk)
    return users.values_list(*columns_of(User), "memberships__team", "memberships__role")
