"""What a document changed after a curator had edited it: shown field by field, then taken or kept."""

from collections.abc import Iterator, Set
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from questions.loading.fields import answer_of, set_answer, set_columns, set_key_points, set_tags
from questions.loading.keys import named_key
from questions.loading.records import ANSWER, FIELDS, Record, record, to_item, with_rows
from questions.models import Answer, Origin, Question, Source
from questions.readers.items import SourceRef
from questions.rendering.differences import Piece, differences

from .editing import editing

LABELS = {
    "short": "Short answer",
    "answer": "Full answer",
    "answers": "Other answers",
    "wordings": "Also asked",
    "links": "Documentation",
    "mistakes": "Common mistakes",
}


@dataclass(frozen=True, slots=True)
class Conflict:
    """One field: what stands, what the document says now, and the difference from the first to the second."""

    name: str
    label: str
    current: str
    incoming: str
    pieces: list[Piece]


def conflicts(origin: Origin) -> list[Conflict]:
    """The fields in which the document changed since it was last followed and does not say what stands."""
    question = with_rows(Question.objects.filter(pk=origin.question_id)).get()
    current = record(to_item(question, own=answer_of(question, origin)))
    return list(_conflicts(origin.item, current, origin.incoming or {}))


def _conflicts(base: Record, current: Record, incoming: Record) -> Iterator[Conflict]:
    for name in FIELDS:
        new = incoming.get(name, current[name])
        if new in (base.get(name), current[name]) or (name == "status" and not new):
            continue
        before, after = as_text(current[name]), as_text(new)
        label = LABELS.get(name, name.replace("_", " ").capitalize())
        yield Conflict(name, label, before, after, differences(before, after))


def as_text(value: Any) -> str:
    """A record's value for reading: lists one entry a line, links as Markdown."""
    if not isinstance(value, list):
        return str(value)
    return "\n".join(entry if isinstance(entry, str) else _pair(entry) for entry in value)


def _pair(entry: list[Any]) -> str:
    if len(entry) == 2:
        return f"[{entry[0]}]({entry[1]})"
    short, answer, title, number = entry
    head = f"From {title}, {number}" if number else f"From {title}" if title else "Of a curator"
    return "\n\n".join(part for part in (f"{head}:", short, answer) if part)


def resolve(origin: Origin, *, take: Set[str], user: User) -> None:
    """Takes these fields from the document and keeps the others as they stand; nothing waits for review after it."""
    incoming = origin.incoming or {}
    chosen = {name: incoming[name] for name in FIELDS if name in take and name in incoming}
    with editing([origin.question_id]):
        question = with_rows(Question.objects.filter(pk=origin.question_id)).get()
        if set_columns(question, chosen):
            _save(question, user)
        if set(chosen) & set(ANSWER):
            _save(set_answer(question, origin, answer_of(question, origin), chosen), user)
        if "key_points" in chosen:
            set_key_points(question, chosen["key_points"])
        if "tags" in chosen:
            set_tags(question, chosen["tags"])
        for short, answer, title, number in chosen.get("answers", []):
            _set_other(question, origin, short, answer, title, number, user)
        origin.item, origin.incoming = incoming or origin.item, None
        origin.save(update_fields=["item", "incoming"])


def _save(row: Question | Answer, user: User) -> None:
    row._history_user = user  # type: ignore[union-attr]
    row.save()


def _set_other(
    question: Question,
    own: Origin,
    short: str,
    answer: str,
    title: str,
    number: int | None,
    user: User,
) -> None:
    """The answer of a further source: its own row gets the text, or a new row does."""
    source = _origin_named(question, title, number) if title else None
    row = question.answers.filter(origin=source).exclude(origin=own).exclude(accepted=True).first()
    row = row or Answer(question=question, owner=question.owner, origin=source)
    row.short, row.answer = short, answer
    _save(row, user)


def _origin_named(question: Question, title: str, number: int | None) -> Origin:
    found = question.origins.filter(source__title=title, number=number).first()
    if found:
        return found
    source, _ = Source.objects.get_or_create(title=title, owner=question.owner)
    key = named_key(question.pk, SourceRef(title=title, number=number))
    place = {"title": question.title, "number": number}
    return Origin.objects.create(source=source, question=question, key=key, **place)
