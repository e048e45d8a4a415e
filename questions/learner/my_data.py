"""A learner's own data, to take away: as one JSON document, or as CSV files in a ZIP file."""

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from accounts.models import User
from questions.models import (
    Act,
    Flag,
    InterviewPlan,
    KeyPoint,
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
SETTINGS = (
    "retention",
    "new_per_day",
    "reviews_per_day",
    "fuzz",
    "buttons",
    "timer",
    "time_zone",
    "day_start",
)
PLAN = ("day", "query", "minutes", "since", "readiness")
PROGRESS = ("mastered_at", "starred", *MEMORY, "buried_until")
# The last one has ids of key points.
REVIEW = (
    "number",
    "kind",
    "place",
    "rating",
    "at",
    "shown_at",
    "seconds",
    "due_after",
    "undone_at",
    "points",
)
SESSION = (
    "mode",
    "query",
    "shuffled",
    "limit",
    "minutes",
    "more",
    "timer",
    "started_at",
    "ended_at",
)
ACT = ("session", "kind", "at", "rating", "seconds", "undone_at")
FLAG = ("kind", "text", "at", "answer", "answered_at", "read_at")
QUESTION = ("number", "id", "title")
# Spreadsheet programs take a text that begins so for a formula, and run it.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


Rows = Iterator[tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of one kind, as a list in JSON and a file in CSV."""

    name: str
    head: tuple[str, ...]
    rows: Rows


def tables(user: User) -> list[Table]:
    progress = Progress.objects.filter(user=user).order_by("pk")
    reviews = Review.objects.filter(user=user).order_by("at", "pk")
    sessions = StudySession.objects.filter(user=user).order_by("pk")
    acts = Act.objects.filter(user=user).order_by("pk")
    flags = Flag.objects.filter(user=user).order_by("pk")
    return [
        _table("notes", progress.exclude(note=""), user, ("note",)),
        _table("progress", progress, user, PROGRESS),
        _review_table(reviews, user),
        Table("sessions", ("session", *SESSION), _streamed(sessions.values_list("pk", *SESSION))),
        _table("acts", acts, user, ACT),
        _table("flags", flags, user, FLAG),
    ]


def _table(name: str, rows: QuerySet[Any], user: User, columns: tuple[str, ...]) -> Table:
    return Table(name, (*QUESTION, *columns), _of_questions(rows, user, "question", columns))


def _review_table(reviews: QuerySet[Review], user: User) -> Table:
    head = (*QUESTION, "review", *REVIEW[1:], "point_texts")
    rows = _of_questions(reviews, user, "progress__question", REVIEW)
    return Table("reviews", head, _with_texts(rows, user))


def _streamed(rows: QuerySet[Any, Any]) -> Rows:
    return rows.iterator(chunk_size=BATCH)


def _of_questions(
    rows: QuerySet[Any],
    user: User,
    question: str,
    columns: tuple[str, ...],
) -> Rows:
    """With the question's number, and its id and title where the learner may still see them."""
    seen = Question.objects.visible_to(user).filter(pk=OuterRef(question))
    rows = rows.annotate(_id=Subquery(seen.values("key")), _title=Subquery(seen.values("title")))
    return _streamed(rows.values_list(F(question), "_id", "_title", *columns))


def _with_texts(rows: Rows, user: User) -> Rows:
    """Each row with the texts of its key points as well.

    None stands for one that is gone or may not be seen any more.
    """
    seen = KeyPoint.objects.filter(question__in=Question.objects.visible_to(user))
    while batch := list(islice(rows, BATCH)):
        points = chain.from_iterable(row[-1] for row in batch)
        texts = dict(seen.filter(pk__in={*points}).values_list("pk", "text"))
        for row in batch:
            yield (*row, [texts.get(pk) for pk in row[-1]])


def account_data(user: User) -> dict[str, Any]:
    """What there is once."""
    settings = learner_context(user).settings
    reminder = Reminder.objects.filter(user=user).first()
    return {
        "username": user.username,
        "name": user.first_name,
        "email": user.email,
        "date_joined": user.date_joined,
        "exported_at": timezone.now(),
        "settings": {name: getattr(settings, name) for name in SETTINGS},
        "interview_plan": InterviewPlan.objects.filter(user=user).values(*PLAN).first(),
        "reminder_hour": reminder.hour if reminder else None,
    }


def as_json(user: User) -> Iterator[bytes]:
    return _gathered(_json_pieces(user))


def _json_pieces(user: User) -> Iterator[bytes]:
    yield b'{"account": ' + _json(account_data(user))
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
    if isinstance(value, list | bool):
        return json.dumps(value, ensure_ascii=False)
    return value


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
