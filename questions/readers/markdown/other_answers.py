"""The sections of other answers: `### Answer from TITLE, NUMBER`, `### Another answer`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .. import normal
from ..items import OtherAnswer, SourceRef
from .values import read_source

ANOTHER_SHORT, ANOTHER = "Another short answer", "Another answer"
SHORT_FROM, FROM = "Short answer from ", "Answer from "
# The same titles in lower case, with whether the section holds a short answer.
OF_NOBODY = {ANOTHER_SHORT.lower(): True, ANOTHER.lower(): False}
OF_SOURCE = {SHORT_FROM.lower(): True, FROM.lower(): False}


class OtherTitle(NamedTuple):
    """What the title of another answer's section says."""

    is_short: bool
    source: SourceRef | None


@dataclass(slots=True)
class Other:
    """Another answer, with the texts of its sections."""

    source: SourceRef | None
    short: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    is_answered: bool = False

    def add(self, text: str, *, is_short: bool) -> None:
        texts = self.short if is_short else self.answer
        texts.append(text)
        self.is_answered = not is_short

    def as_item(self) -> OtherAnswer:
        return OtherAnswer(
            short=joined_texts(self.short),
            answer=joined_texts(self.answer),
            source=self.source,
        )


def other_title(title: str) -> OtherTitle | None:
    """None for the title of a section that holds no other answer."""
    name = title.lower()
    if name in OF_NOBODY:
        return OtherTitle(OF_NOBODY[name], None)
    for start, is_short in OF_SOURCE.items():
        if name.startswith(start):
            source = title[len(start) :].strip()
            return OtherTitle(is_short, read_source(source))
    return None


def joined_texts(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return texts[0]
    return "\n\n".join(filter(None, map(normal.text, texts)))
