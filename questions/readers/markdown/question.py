"""One question of a Markdown file: its heading and the lines below it -> an Item."""

import re
from typing import NamedTuple

from .. import normal
from ..items import Item
from ..limits import valid_item
from .block import Block, joined_lines
from .data import Data, read_data
from .sections import Sections, is_section

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


class NumberedTitle(NamedTuple):
    number: int
    title: str


def read_question(block: Block, place: int, file: str) -> Item | None:
    """None for a heading that is no question. ReadError for what the format does not allow.

    `place` is the question's place among the questions, its number where the heading says none.
    """
    data = read_data(block.before, file)
    if not data and block.title.lower() in NO_QUESTIONS:
        return None
    return valid_item(_item(block, data, place), file)


def _item(block: Block, data: Data | None, place: int) -> Item:
    if data:
        return _item_of_format(block, data, place)
    if any(is_section(section.title) for section in block.sections):
        return _item_of_format(block, Data(rest=block.before), place)
    return _plain_item(block, place)


def _item_of_format(block: Block, data: Data, place: int) -> Item:
    sections = Sections(joined_lines(data.rest))
    for section in block.sections:
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
    answer = normal.text(joined_lines(block.lines))
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
