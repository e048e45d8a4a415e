"""The lines of a copied list as a list in Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .inline import inline
from .kinds import ITEM
from .wrapping import sentences

# Deeper lists are not read by anyone, and Markdown readers give up on them.
DEEPEST = 6
OTHER_SIGN = {".": ")", ")": "."}


@dataclass(slots=True)
class Entry:
    """An item of the list: how it begins, and the text on each of its lines."""

    indent: int
    bullet: str
    number: str
    texts: list[str]


class Level(NamedTuple):
    """How far the items of a list stand in, in the article and in what is written."""

    indent: int
    column: int


class Step(NamedTuple):
    number: int
    sign: str


def list_lines(lines: Sequence[str], *, is_unwrapped: bool) -> Iterator[str]:
    """With the nesting that the indentation shows; a step's number stays as it was.

    `is_unwrapped` is that of `sentences`.
    """
    writer = ListWriter()
    for entry in _entries(lines):
        for text in _entry_texts(entry, is_unwrapped=is_unwrapped):
            yield writer.line(entry, inline(text))


class ListWriter:
    """Follows the entries of a list. `steps` has the last one on each level that has any."""

    def __init__(self) -> None:
        self.levels = [Level(-1, 0)]
        self.steps: dict[int, Step] = {}

    def line(self, entry: Entry, text: str) -> str:
        while self.levels[-1].indent >= entry.indent:
            self.levels.pop()
        depth = min(len(self.levels) - 1, DEEPEST)
        column = self.levels[depth].column
        marker = self._marker(entry.number, depth)
        self.levels.append(Level(entry.indent, column + len(marker) + 1))
        return f"{' ' * column}{marker} {text}"

    def _marker(self, number: str, depth: int) -> str:
        self._forget_steps_below(depth)
        if number:
            return self._step_marker(int(number), depth)
        self.steps.pop(depth, None)
        return "-"

    def _forget_steps_below(self, depth: int) -> None:
        self.steps = {level: step for level, step in self.steps.items() if level <= depth}

    def _step_marker(self, number: int, depth: int) -> str:
        """Markdown counts on through a list, so one that starts over takes the other sign."""
        previous = self.steps.get(depth, Step(number - 1, "."))
        counts_on = number == previous.number + 1
        sign = previous.sign if counts_on else OTHER_SIGN[previous.sign]
        self.steps[depth] = Step(number, sign)
        return f"{number}{sign}"


def _entries(lines: Sequence[str]) -> list[Entry]:
    """Lines without a mark of their own belong to the item above."""
    entries: list[Entry] = []
    for line in lines:
        item = ITEM.match(line)
        if item:
            entries.append(_entry(item))
        else:
            entries[-1].texts.append(line.strip())
    return entries


def _entry(item: re.Match[str]) -> Entry:
    parts = item.groupdict("")
    indent = len(parts["indent"].expandtabs(4))
    return Entry(indent, parts["bullet"], parts["number"], [parts["text"]])


def _entry_texts(entry: Entry, *, is_unwrapped: bool) -> list[str]:
    text = " ".join(sentences(entry.texts, is_unwrapped=is_unwrapped))
    if entry.bullet and len(entry.texts) > 1:
        return _swallowed_items(text, entry.bullet)
    return [text]


def _swallowed_items(text: str, bullet: str) -> list[str]:
    """Items that a copy joined to the end of the one before: `... here. - Next item`."""
    return re.split(rf"(?<=[.;]) {re.escape(bullet)} (?=[A-Z])", text)
