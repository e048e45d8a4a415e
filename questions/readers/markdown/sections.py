"""The sections of one question, gathered into the texts of an Item."""

from itertools import chain
from typing import Any

from ..blocks import heading
from ..items import Notice, SourceRef
from .other_answers import Other, OtherTitle, joined_texts, other_title
from .points import read_points
from .raw_question import Section

# Title in lower case -> what the section holds.
NAMES = {
    "short answer": "short",
    "answer": "answer",
    "key points": "key_points",
    "common mistakes": "mistakes",
    "follow-ups": "follow_ups",
}


def is_section(title: str) -> bool:
    return title.lower() in NAMES or other_title(title) is not None


class Sections:
    """`notices` are about sections with an unknown title, kept where they stand, and repeated ones.

    `intro` is the text that stands before the first of them.
    """

    def __init__(self, intro: str) -> None:
        self.notices: list[Notice] = []
        self._parts: dict[str, list[str]] = {"body": [intro]}
        self._others: list[Other] = []
        # Where a section goes whose title is unknown.
        self._place = self._parts["body"]

    def add(self, section: Section) -> None:
        other = other_title(section.title)
        name = NAMES.get(section.title.lower())
        if other:
            self._add_other(other, section.text)
        elif name:
            self._add_part(name, section)
        else:
            self._add_unknown(section)

    def arguments(self) -> dict[str, Any]:
        """Those of an Item.

        What stands before the sections is the body only where there is an answer too.
        """
        points = self._parts.pop("key_points", [])
        texts = {name: joined_texts(parts) for name, parts in self._parts.items()}
        if "answer" not in texts:
            texts["answer"] = texts.pop("body")
        return {
            **texts,
            "key_points": list(chain.from_iterable(map(read_points, points))),
            "answers": list(map(Other.as_item, self._others)),
        }

    def _add_part(self, name: str, section: Section) -> None:
        if name in self._parts:
            self._note(section, f'a second section "{section.title}" is joined to the first.')
        self._parts.setdefault(name, []).append(section.text)
        self._place = self._parts.get("answer", self._parts["body"])

    def _add_unknown(self, section: Section) -> None:
        why = "is kept as text: its title is not one of the format."
        self._note(section, f'the section "{section.title[:80]}" {why}')
        self._place.append(f"{heading(4, section.title)}\n{section.text}")

    def _add_other(self, title: OtherTitle, text: str) -> None:
        if title.is_short or not self._is_awaited(title.source):
            self._others.append(Other(title.source))
        other = self._others[-1]
        other.add(text, is_short=title.is_short)
        self._place = other.answer

    def _is_awaited(self, source: SourceRef | None) -> bool:
        """Whether the last other answer is of this source, and only its short text is known."""
        if not self._others:
            return False
        last = self._others[-1]
        return last.source == source and not last.is_answered

    def _note(self, section: Section, text: str) -> None:
        self.notices.append(Notice(line=section.line, text=text))
