"""One question of a Markdown file: its heading and the lines below it -> an Item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .. import normal
from ..blocks import heading_text
from ..items import Item, Notice
from ..limits import checked
from .data import Data, Line, read_data
from .sections import Sections, is_section

# Headings on the level of questions that are none, in files without data lists.
NO_QUESTIONS = {"table of contents", "contents", "introduction", "conclusion", "license", "contributing", "references"}

_NUMBERED = re.compile(r"(?:(?:q|question )([0-9]{1,6})[.):]|([0-9]{1,6})[.)])[ \t]+(\S.*)", re.I)
_RULE_AT_END = re.compile(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t\n]*\Z")


@dataclass(slots=True)
class Block:
    """A question's lines as they stand in the file. `level` is that of its heading."""

    title: str
    line: int
    level: int
    lines: list[Line] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_question(block: Block, place: int, file: str) -> Item | None:
    """None for a heading that is no question. ReadError with its line for what the format does not allow.

    `place` is the question's place among the questions, its number where the heading says none.
    """
    data = read_data(block.lines, file)
    if data is None and block.title.lower() in NO_QUESTIONS:
        return None
    sections = list(_sections(data.rest if data else block.lines, block.level + 1))
    if data is None and not any(is_section(title) for title, _, _ in sections):
        return _plain(block, place, sections, file)
    data = data or Data()
    texts = Sections(sections[0][2])
    for title, line, text in sections[1:]:
        texts.add(title, line, text)
    warnings = (*data.notices, *texts.notices, *block.notices)
    item = Item(title=block.title, line=block.line, number=place, warnings=warnings, **data.values, **texts.fields())
    return checked(normal.item(item), file)


def _plain(block: Block, place: int, sections: list[tuple[str, int, str]], file: str) -> Item:
    """A question with nothing but an answer: its number leaves the title, and a rule below it is no part of it."""
    match = _NUMBERED.fullmatch(block.title)
    answer = normal.text("\n".join(text for _, _, text in block.lines))
    item = Item(
        title=match[3] if match else block.title,
        line=block.line,
        number=int(match[1] or match[2]) if match else place,
        answer=_RULE_AT_END.sub("", f"\n{answer}"),
        warnings=tuple(block.notices),
    )
    return checked(normal.item(item), file)


def _sections(lines: list[Line], level: int) -> Iterator[tuple[str, int, str]]:
    """Title, line and text of each section; the first is what stands before them and has no title."""
    title, line = "", 0
    texts: list[str] = []
    for number, depth, text in lines:
        if depth == level:
            yield title, line, "\n".join(texts)
            title, line, texts = heading_text(text), number, []
        else:
            texts.append(text)
    yield title, line, "\n".join(texts)
