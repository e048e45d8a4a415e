"""A learner's own data: to take away, and to delete with the account."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Membership, User
from questions.models import (
    Act,
    Answer,
    Flag,
    InterviewPlan,
    KeyPoint,
    PendingUpload,
    Progress,
    Question,
    Reminder,
    Review,
    StudySession,
)
from questions.models.progress import MEMORY

from .context import learner_context

BATCH = 500
# So much of a document is gathered before it is sent.
CHUNK = 32_768
SETTINGS = ("retention", "new_per_day", "reviews_per_day", "fuzz", "buttons", "timer", "time_zone", "day_start")
REVIEW = ("number", "kind", "place", "rating", "at", "shown_at", "seconds", "due_after", "undone_at", "points")
ACT = ("session", "kind", "at", "rating", "seconds", "undone_at")
WHERE = ("number", "id", "title")
# Spreadsheet programs take a text that begins so for a formula, and run it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


class LastAdministratorError(Exception):
    """Without this account nobody could manage the others."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind, as a list in JSON and a file in CSV."""

    name: str
    head: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


def tables(user: User) -> list[Table]:
    progress = Progress.objects.filter(user=user).order_by("pk")
    reviews = Review.objects.filter(user=user).order_by("at", "pk")
    sessions = StudySession.objects.filter(user=user).order_by("pk")
    acts = Act.objects.filter(user=user).order_by("pk")
    flags = Flag.objects.filter(user=user).order_by("pk")
    state = ("mastered_at", "starred", *MEMORY, "buried_until")
    run = ("mode", "query", "shuffled", "limit", "minutes", "more", "timer", "started_at", "ended_at")
    problem = ("kind", "text", "at", "answer", "answered_at", "read_at")
    graded = _placed(reviews, user, "progress__question", *REVIEW)
    return [
        Table("notes", (*WHERE, "note"), _placed(progress.exclude(note=""), user, "question", "note")),
        Table("progress", (*WHERE, *state), _placed(progress, user, "question", *state)),
        Table("reviews", (*WHERE, "review", *REVIEW[1:], "point_texts"), _with_texts(graded, user)),
        Table("sessions", ("session", *run), _streamed(sessions.values_list("pk", *run))),
        Table("acts", (*WHERE, *ACT), _placed(acts, user, "question", *ACT)),
        Table("flags", (*WHERE, *problem), _placed(flags, user, "question", *problem)),
    ]


def _streamed(rows: QuerySet[Any, Any]) -> Iterator[tuple[Any, ...]]:
    return rows.iterator(chunk_size=BATCH)


def _placed(rows: QuerySet[Any, Any], user: User, question: str, *columns: str) -> Iterator[tuple[Any, ...]]:
    """With the question's number, and its id and title where the learner may still see them."""
    seen = Question.objects.visible_to(user).filter(pk=OuterRef(question))
    rows = rows.annotate(_id=Subquery(seen.values("key")), _title=Subquery(seen.values("title")))
    return _streamed(rows.values_list(F(question), "_id", "_title", *columns))


def _with_texts(rows: Iterator[tuple[Any, ...]], user: User) -> Iterator[tuple[Any, ...]]:
    """Each row, whose last column has ids of key points, with their texts as well; None stands for one that is gone or
    may not be seen any more."""
    seen = KeyPoint.objects.filter(question__in=Question.objects.visible_to(user))
    while batch := list(islice(rows, BATCH)):
        ids = {pk for row in batch for pk in row[-1]}
        texts = dict(seen.filter(pk__in=ids).values_list("pk", "text"))
        for row in batch:
            yield (*row, [texts.get(pk) for pk in row[-1]])


def about(user: User) -> dict[str, Any]:
    """What there is once."""
    settings = learner_context(user).settings
    plan = InterviewPlan.objects.filter(user=user).values("day", "query", "minutes", "since", "readiness").first()
    return {
        "username": user.username,
        "name": user.first_name,
        "email": user.email,
        "date_joined": user.date_joined,
        "exported_at": timezone.now(),
        "settings": {name: getattr(settings, name) for name in SETTINGS},
        "interview_plan": plan,
        "reminder_hour": Reminder.objects.filter(user=user).values_list("hour", flat=True).first(),
    }


def as_json(user: User) -> Iterator[bytes]:
    return _gathered(_json_pieces(user))


def _json_pieces(user: User) -> Iterator[bytes]:
    yield b'{"account": ' + _json(about(user))
    for table in tables(user):
        yield b',\n"' + table.name.encode() + b'": ['
        separator = b"\n"
        for row in table.rows:
            yield separator + _json(dict(zip(table.head, row, strict=True)))
            separator = b",\n"
        yield b"]"
    yield b"}\n"


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_text).encode()


def _text(value: Any) -> str:
    return value.isoformat()


def as_csv(user: User) -> Iterator[bytes]:
    """A ZIP file with one CSV file for each table, written while it is sent."""
    pipe = Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as archive:
        for table in tables(user):
            with archive.open(f"{table.name}.csv", "w", force_zip64=True) as file:
                for chunk in _gathered(_csv_lines(table)):
                    file.write(chunk)
                    yield pipe.taken()
    yield pipe.taken()


def _csv_lines(table: Table) -> Iterator[bytes]:
    line = io.StringIO()
    writer = csv.writer(line)
    for row in chain([table.head], table.rows):
        writer.writerow([_cell(value) for value in row])
        yield line.getvalue().encode()
        line.seek(0)
        line.truncate()


def _cell(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA) else value
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | bool) else value


class Pipe(io.RawIOBase):
    """Holds what was written until it is taken."""

    def __init__(self) -> None:
        self.held = io.BytesIO()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        return self.held.write(data)

    def taken(self) -> bytes:
        data = self.held.getvalue()
        self.held = io.BytesIO()
        return data


def _gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = bytearray()
    for piece in pieces:
        held += piece
        if len(held) >= CHUNK:
            yield bytes(held)
            held.clear()
    yield bytes(held)


@dataclass(frozen=True, slots=True)
class Belongings:
    """How much of what is somebody's; `answers` are those they wrote, which stay."""

    progress: int
    notes: int
    mastered: int
    reviews: int
    sessions: int
    acts: int
    flags: int
    teams: int
    uploads: int
    answers: int
    leaderless: list[str]


def belongings(user: User) -> Belongings:
    progress = Progress.objects.filter(user=user)
    owned = Membership.objects.filter(user=user, role=Membership.Role.OWNER)
    others = Membership.objects.filter(role=Membership.Role.OWNER).exclude(user=user).values("team")
    return Belongings(
        progress=progress.count(),
        notes=progress.exclude(note="").count(),
        mastered=progress.mastered().count(),
        reviews=Review.objects.filter(user=user).count(),
        sessions=StudySession.objects.filter(user=user).count(),
        acts=Act.objects.filter(user=user).count(),
        flags=Flag.objects.filter(user=user).count(),
        teams=Membership.objects.filter(user=user).count(),
        uploads=PendingUpload.objects.filter(user=user).count(),
        answers=Answer.objects.filter(author=user).count(),
        leaderless=sorted(owned.exclude(team__in=others).values_list("team__name", flat=True)),
    )


def is_last_administrator(user: User) -> bool:
    """Nobody else could manage people."""
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=user.pk)
    return user.is_superuser and not others.exists()


@transaction.atomic
def delete_account(user: User) -> None:
    """All that is somebody's goes. What they wrote as a curator stays, without their name."""
    # Of two last administrators who leave at once, one waits here for the other.
    list(User.objects.select_for_update().filter(is_superuser=True).order_by("pk").values_list("pk"))
    if is_last_administrator(user):
        raise LastAdministratorError
    for session in UserSession.objects.filter(user=user):
        session.end()
    people = ContentType.objects.get_for_model(User)
    LogEntry.objects.filter(content_type=people, object_id=str(user.pk)).delete()
    user.delete()
