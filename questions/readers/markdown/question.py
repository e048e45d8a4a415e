"""One question of a Markdown file: its heading and the lines below it -> an Item."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .. import normal
from ..blocks import heading_text
from ..items import Item, Notice
from ..limits import valid_item
from .data import Data, read_data
from .lines import MarkdownLine
from .sections import Section, Sections, is_section

# Headings on the level of questions that are none, in files without data lists.
NO_QUESTIONS = {
    "table of contents",
    "contents",
    "introduction",
    "conclusion",
    "license",
    "contributing",
    "references",
}

_NUMBERED = re.compile(r"(?:(?:q|question )([0-9]{1,6})[.):]|([0-9]{1,6})[.)])[ \t]+(\S.*)", re.I)
_RULE_AT_END = re.compile(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t\n]*\Z")


@dataclass(slots=True)
class Block:
    """A question's lines as they stand in the file. `level` is that of its heading."""

    title: str
    line: int
    level: int
    lines: list[MarkdownLine] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


class NumberedTitle(NamedTuple):
    number: int
    title: str


def read_question(block: Block, place: int, file: str) -> Item | None:
    """None for a heading that is no question. ReadError for what the format does not allow.

    `place` is the question's place among the questions, its number where the heading says none.
    """
    data = read_data(block.lines, file)
    if data:
        item = _item_of_format(block, data, place)
    elif block.title.lower() in NO_QUESTIONS:
        return None
    elif _has_sections(block):
        item = _item_of_format(block, Data(rest=block.lines), place)
    else:
        item = _plain_item(block, place)
    return valid_item(item, file)


def _item_of_format(block: Block, data: Data, place: int) -> Item:
    before, *others = _sections(data.rest, block.level + 1)
    sections = Sections(before.text)
    for section in others:
        sections.add(section)
    return Item(
        title=block.title,
        line=block.line,
        number=place,
        warnings=(*data.notices, *sections.notices, *block.notices),
        **data.values,
        **sections.arguments(),
    )


def _plain_item(block: Block, place: int) -> Item:
    """A question with nothing but an answer.

    Its number leaves the title, and a rule below it is no part of it.
    """
    number, title = _numbered_title(block.title, place)
    answer = normal.text("\n".join(line.text for line in block.lines))
    return Item(
        title=title,
        line=block.line,
        number=number,
        answer=_RULE_AT_END.sub("", f"\n{answer}"),
        warnings=tuple(block.notices),
    )


def _numbered_title(title: str, place: int) -> NumberedTitle:
    match = _NUMBERED.fullmatch(title)
    if not match:
        return NumberedTitle(place, title)
    return NumberedTitle(int(match[1] or match[2]), match[3])


def _has_sections(block: Block) -> bool:
    titles = (line.text for line in block.lines if line.level == block.level + 1)
    return any(is_section(heading_text(title)) for title in titles)


def _sections(lines: Sequence[MarkdownLine], level: int) -> Iterator[Section]:
    """What stands before the sections, and each of them."""
    title, number = "", 0
    texts: list[str] = []
    for line in lines:
        if line.level == level:
            yield Section(title, number, "\n".join(texts))
            title, number, texts = heading_text(line.text), line.number, []
        else:
            texts.append(line.text)
    yield Section(title, number, "\n".join(texts))
