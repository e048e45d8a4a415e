"""Django's sessions in the database, looked up on every request, hence prepared."""

from datetime import datetime
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from .prepared import columns_of, instance_of, prepared


class SessionStore(DatabaseStore):
    def _get_session_from_db(self) -> Session | None:
        rows = unexpired_session(self.session_key, timezone.now())
        if rows:
            return instance_of(Session, rows[0])
        # A key without a session is never taken over.
        self._session_key = None
        return None


@prepared
def unexpired_session(key: str, now: datetime) -> QuerySet[Any, Any]:
    sessions = Session.objects.filter(session_key=key, expire_date__gt=now)
    return sessions.values_list(*columns_of(Session))
