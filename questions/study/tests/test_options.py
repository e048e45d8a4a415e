"""How a session is to go: in its columns, and as sessions had it before there were such columns."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from questions.models import StudySession
from questions.study.options import SessionOptions, options_of

MIGRATION = import_module("questions.migrations.0007_session_options")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", ("", False, True)),
        ("more=1", ("", True, True)),
        ("tag=sql&more=1&timer=0", ("tag=sql", True, False)),
        ("set=week&timer=0", ("set=week", False, False)),
        ("q=more%3D1&tag=more", ("q=more%3D1&tag=more", False, True)),
        ("q=timer=0x", ("q=timer=0x", False, True)),
    ],
)
def test_options_leave_the_text_of_the_filter(cast, before, after):
    session = StudySession.objects.create(user=cast["member"], query=before)
    MIGRATION.take_out_of_the_filter(apps, SimpleNamespace(connection=connection))
    session.refresh_from_db()
    assert (session.query, session.more, session.timer) == after


def test_options_are_columns():
    session = StudySession(mode="weak", shuffled=True, limit=9, minutes=5, more=True, timer=False)
    options = SessionOptions("weak", shuffled=True, limit=9, minutes=5, timer=False, more=True)
    assert options_of(session) == options
    assert options.pairs() == [
        ("weak", 1), ("shuffle", 1), ("number", 9), ("minutes", 5), ("more", 1), ("timer", 0)
    ]  # fmt: skip
