"""What a document changed after a curator had edited it, field by field: taken or kept."""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from questions.loading.fields import answer_of, set_answer, set_columns, set_key_points, set_tags
from questions.loading.keys import named_key
from questions.loading.records import ANSWER, FIELDS, Record, record, to_item, with_rows
from questions.models import Answer, Origin, Question, Source
from questions.readers.items import SourceRef
from questions.rendering.differences import DifferencePiece, differences

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
    """One field: what stands, what the document says now, and how they differ."""

    name: str
    label: str
    current: str
    incoming: str
    pieces: list[DifferencePiece]


def conflicts(origin: Origin) -> list[Conflict]:
    """The fields that the document changed since it was last followed, and that say otherwise."""
    question = question_of(origin)
    current = record(to_item(question, own=answer_of(question, origin)))
    incoming = current | (origin.incoming or {})
    found = []
    for name in FIELDS:
        said = (origin.item.get(name), current[name])
        is_status_left_out = name == "status" and not incoming[name]
        if incoming[name] not in said and not is_status_left_out:
            found.append(conflict(name, current[name], incoming[name]))
    return found


def question_of(origin: Origin) -> Question:
    return with_rows(Question.objects.filter(pk=origin.question_id)).get()


def conflict(name: str, current: Any, incoming: Any) -> Conflict:
    before, after = as_text(current), as_text(incoming)
    label = LABELS.get(name, name.replace("_", " ").capitalize())
    return Conflict(name, label, before, after, differences(before, after))


def as_text(value: Any) -> str:
    """A record's value for reading: lists one entry a line, links as Markdown."""
    if not isinstance(value, list):
        return str(value)
    return "\n".join(map(entry_text, value))


def entry_text(entry: Any) -> str:
    if isinstance(entry, str):
        return entry
    if len(entry) == 2:
        title, url = entry
        return f"[{title}]({url})"
    short, answer, source, number = entry
    place = f"{source}, {number}" if number else source
    whose = f"From {place}:" if source else "Of a curator:"
    return "\n\n".join(filter(None, (whose, short, answer)))


def resolve(origin: Origin, *, take: Set[str], user: User) -> None:
    """Takes these fields from the document and keeps the others; nothing waits for review then."""
    incoming = origin.incoming or {}
    with editing([origin.question_id]):
        chosen = {name: incoming[name] for name in take & incoming.keys()}
        Resolution(origin, user).take(chosen)
        origin.item = incoming or origin.item
        origin.incoming = None
        origin.save(update_fields=["item", "incoming"])


class Resolution:
    def __init__(self, origin: Origin, user: User) -> None:
        self.origin = origin
        self.question = question_of(origin)
        self.user = user

    def take(self, values: Record) -> None:
        if set_columns(self.question, values):
            self.save(self.question)
        if values.keys() & set(ANSWER):
            own = answer_of(self.question, self.origin)
            self.save(set_answer(self.question, self.origin, own, values))
        if "key_points" in values:
            set_key_points(self.question, values["key_points"])
        if "tags" in values:
            set_tags(self.question, values["tags"])
        self.set_others(values.get("answers", []))

    def save(self, row: Question | Answer) -> None:
        row._history_user = self.user  # type: ignore[union-attr]
        row.save()

    def set_others(self, answers: Iterable[list[Any]]) -> None:
        """Each further source's own answer gets the text, or a new one does."""
        others = self.question.answers.exclude(origin=self.origin).exclude(accepted=True)
        for short, answer, title, number in answers:
            origin = self.origin_named(title, number) if title else None
            row = others.filter(origin=origin).first()
            row = row or Answer(question=self.question, owner=self.question.owner, origin=origin)
            row.short = short
            row.answer = answer
            self.save(row)

    def origin_named(self, title: str, number: int | None) -> Origin:
        found = self.question.origins.filter(source__title=title, number=number).first()
        if found:
            return found
        source, _ = Source.objects.get_or_create(title=title, owner=self.question.owner)
        return Origin.objects.create(
            source=source,
            question=self.question,
            key=named_key(self.question.pk, SourceRef(title=title, number=number)),
            title=self.question.title,
            number=number,
        )
