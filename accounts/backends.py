"""Who a session belongs to: looked up on every request, hence prepared."""

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend as AllauthBackend
from django.db.models import QuerySet

from . import rows
from .models import User
from .prepared import prepared


class AuthenticationBackend(AllauthBackend):
    def get_user(self, user_id: int) -> User | None:
        found = _user(user_id)
        user = rows.instance(User, found[0]) if found else None
        return user if user and self.user_can_authenticate(user) else None


@prepared
def _user(pk: int) -> QuerySet[Any, Any]:
    return User.objects.filter(pk=pk).values_list(*rows.names(User))
