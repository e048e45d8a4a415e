"""Django's sessions in the database, looked up on every request, hence prepared."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from . import rows
from .prepared import prepared


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        found = _session(self.session_key, timezone.now())
        if not found:
            # A key without a session is never taken over.
            self._session_key = None
            return None
        return rows.instance(Session, found[0])


@prepared
def _session(key: str, now: datetime) -> QuerySet[Any, Any]:
    return Session.objects.filter(session_key=key, expire_date__gt=now).values_list(*rows.names(Session))
