"""The sections of one question, gathered into the texts of an Item."""

from dataclasses import dataclass, field
from typing import Any

from .. import normal
from ..blocks import LIST_ITEM, heading
from ..items import Notice, OtherAnswer, SourceRef
from .values import read_entry, read_source

# Title in lower case -> what the section holds.
NAMES = {
    "short answer": "short",
    "answer": "answer",
    "key points": "key_points",
    "common mistakes": "mistakes",
    "follow-ups": "follow_ups",
}
ANOTHER_SHORT, ANOTHER = "Another short answer", "Another answer"
SHORT_FROM, FROM = "Short answer from ", "Answer from "


@dataclass(slots=True)
class _Other:
    source: SourceRef | None
    short: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    answered: bool = False


def is_section(title: str) -> bool:
    return title.lower() in NAMES or _other(title) is not None


class Sections:
    """`notices` are about sections whose title is unknown, which are kept where they stand, or stands twice."""

    def __init__(self, before: str) -> None:
        self.notices: list[Notice] = []
        self._parts: dict[str, list[str]] = {"body": [before]}
        self._others: list[_Other] = []
        self._place = self._parts["body"]

    def add(self, title: str, line: int, text: str) -> None:
        other = _other(title)
        name = NAMES.get(title.lower())
        if other:
            is_short, source = other
            self._add_other(source, text, is_short=is_short)
        elif name:
            if name in self._parts:
                self._note(line, f'a second section "{title}" is joined to the first.')
            self._parts.setdefault(name, []).append(text)
            self._place = self._parts.get("answer", self._parts["body"])
        else:
            self._note(line, f'the section "{title[:80]}" is kept as text: its title is not one of the format.')
            self._place.append(f"{heading(4, title)}\n{text}")

    def fields(self) -> dict[str, Any]:
        """Arguments of an Item. What stands before the sections is the body only where there is an answer too."""
        texts = {name: _joined(parts) for name, parts in self._parts.items() if name != "key_points"}
        if "answer" not in texts:
            texts["answer"] = texts.pop("body")
        points = tuple(point for part in self._parts.get("key_points", ()) for point in _points(part))
        others = [
            OtherAnswer(short=_joined(each.short), answer=_joined(each.answer), source=each.source)
            for each in self._others
        ]
        return {**texts, "key_points": points, "answers": tuple(others)}

    def _add_other(self, source: SourceRef | None, text: str, *, is_short: bool) -> None:
        last = self._others[-1] if self._others else None
        if is_short or not last or last.answered or last.source != source:
            last = _Other(source, answered=not is_short)
            self._others.append(last)
        last.answered = not is_short
        (last.short if is_short else last.answer).append(text)
        self._place = last.answer

    def _note(self, line: int, text: str) -> None:
        self.notices.append(Notice(line=line, text=text))


def _other(title: str) -> tuple[bool, SourceRef | None] | None:
    """Whether a section holds the short answer, and the source it is from; None for what is no other answer."""
    name = title.lower()
    if name in (ANOTHER_SHORT.lower(), ANOTHER.lower()):
        return name == ANOTHER_SHORT.lower(), None
    for start in (SHORT_FROM, FROM):
        if name.startswith(start.lower()):
            return start == SHORT_FROM, read_source(title[len(start) :].strip())
    return None


def _joined(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else "\n\n".join(text for part in parts if (text := normal.text(part)))


def _points(text: str) -> list[str]:
    """The entries of a list, each with its further lines; a paragraph outside of the list is an entry too."""
    points: list[list[str]] = []
    apart = True
    for line in text.split("\n"):
        match = LIST_ITEM.fullmatch(line)
        if match:
            points.append([read_entry((match[1] or "").strip())])
        elif not line.strip():
            apart = True
            continue
        elif apart and not (points and line[0] in " \t"):
            points.append([line])
        else:
            points[-1].append(line)
        apart = False
    return [" ".join(point) for point in points]
