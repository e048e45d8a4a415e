"""What every question set of the bank is held to: pairs of a line and what is wrong there."""

import re
from pathlib import Path

from questions.readers.items import SetItem

from .page import Found
from .spelling import misspellings

_NUMBER = re.compile(r"[0-9]+-")


def check_set(path: Path, item: SetItem) -> Found:
    yield from _file_name(path, item)
    yield from _description(item)
    yield from _questions(path, item)
    yield from _spelling(path, item)


def _file_name(path: Path, item: SetItem) -> Found:
    if item.id != _NUMBER.sub("", path.stem, count=1):
        yield item.line, f'the id "{item.id}" is not the name of the file.'


def _description(item: SetItem) -> Found:
    if not item.title or not item.description:
        yield item.line, "a set has a title and a description."


def _questions(path: Path, item: SetItem) -> Found:
    """The questions of a set are looked for beside the folder of the sets."""
    lines = path.read_text(encoding="utf-8").split("\n")
    known = {file.stem for file in path.parent.parent.glob("*/*.md")}
    seen = set[str]()
    for question in item.questions:
        line = _line_of(question, lines, item.line)
        if question not in known:
            yield line, f'there is no question "{question}".'
        if question in seen:
            yield line, f'the question "{question}" is listed twice.'
        seen.add(question)


def _line_of(question: str, lines: list[str], default: int) -> int:
    for number, line in enumerate(lines, 1):
        if line.endswith(f" {question}"):
            return number
    return default


def _spelling(path: Path, item: SetItem) -> Found:
    for line, why in misspellings(item.description):
        before, _, _ = path.read_text(encoding="utf-8").partition(item.description)
        yield before.count("\n") + line, why
