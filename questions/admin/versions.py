"""What set each version of a question and of its answers apart from the one before."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from questions.models import Answer, Question
from questions.rendering.differences import DifferencePiece, differences

KINDS: dict[str, Any] = {"question": Question, "answer": Answer}
FIELDS = {
    "question": (
        "title",
        "body",
        "mistakes",
        "follow_ups",
        "links",
        "wordings",
        "status",
        "difficulty",
        "applies_to",
        "verified_on",
        "key",
    ),
    "answer": ("short", "answer", "accepted"),
}
# What restoring leaves alone (questions.curation.editing.restore).
STAYING = {"status", "key", "accepted"}
WORDS: dict[Any, str] = {True: "yes", False: "no", None: ""}
EVENTS = {"+": "First version", "~": "Changed", "-": "Deleted"}


@dataclass(frozen=True, slots=True)
class Change:
    field: str
    pieces: list[DifferencePiece]


@dataclass(frozen=True, slots=True)
class Version:
    """One row as it was at some time, and what set it apart from the version before."""

    kind: str
    row: Any
    changes: list[Change]
    current: bool

    @property
    def what(self) -> str:
        return f"Answer {self.row.id}" if self.kind == "answer" else "Question"

    @property
    def can_restore(self) -> bool:
        return not self.current and self.row.history_type != "-"

    @property
    def happened(self) -> str:
        return EVENTS[self.row.history_type]


def versions_of(question: Question) -> list[Version]:
    """Newest first, the question's and its answers' together."""
    found = [
        *versions("question", Question.history.filter(id=question.pk)),
        *versions("answer", Answer.history.filter(question=question.pk)),
    ]
    found.sort(key=lambda version: (version.row.history_date, version.row.pk), reverse=True)
    return found


def versions(kind: str, rows: Any) -> Iterator[Version]:
    ordered = list(rows.select_related("history_user").order_by("history_date", "history_id"))
    last = {row.id: row for row in ordered}
    before: dict[int, Any] = {}
    for row in ordered:
        changes = []
        if row.id in before and row.history_type != "-":
            changes = differing_fields(kind, before[row.id], row)
        yield Version(kind, row, changes, last[row.id] is row)
        before[row.id] = row


def differing_fields(
    kind: str,
    before: Any,
    after: Any,
    *,
    leaving: Collection[str] = (),
) -> list[Change]:
    """The fields in which two rows of a kind differ; None stands for a row that is not there."""
    found = []
    for name in FIELDS[kind]:
        old, new = as_text(before, name), as_text(after, name)
        if old != new and name not in leaving:
            label = str(KINDS[kind]._meta.get_field(name).verbose_name).capitalize()
            found.append(Change(label, differences(old, new)))
    return found


def as_text(row: Any, name: str) -> str:
    """Empty for a row that is not there."""
    display = getattr(row, f"get_{name}_display", None)
    value = display() if display else getattr(row, name, None)
    return WORDS.get(value, str(value))
