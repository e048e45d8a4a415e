"""One question of a Markdown file: its heading and the lines below it -> an Item."""

import re
from typing import NamedTuple

from .. import normal
from ..items import Item
from ..limits import valid_item
from .data import Data, read_data
from .raw_question import RawQuestion, joined_lines
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

_NUMBERED_TITLE = re.compile(
    r"(?:(?:q|question )([0-9]{1,6})[.):]|([0-9]{1,6})[.)])[ \t]+(\S.*)",
    re.IGNORECASE,
)
_RULE_AT_END = re.compile(r"\n[ \t]*(?:-{3,}|\*{3,}|_{3,})[ \t\n]*\Z")


class NumberedTitle(NamedTuple):
    number: int
    title: str


def read_question(question: RawQuestion, place: int, file: str) -> Item | None:
    """None for a heading that is no question. ReadError for what the format does not allow.

    `place` is the question's place among the questions, its number where the heading says none.
    """
    data = read_data(question.intro, file)
    if not data and question.title.lower() in NO_QUESTIONS:
        return None
    return valid_item(_item(question, data, place), file)


def _item(question: RawQuestion, data: Data | None, place: int) -> Item:
    if data:
        return _item_of_format(question, data, place)
    if any(is_section(section.title) for section in question.sections):
        return _item_of_format(question, Data(rest=question.intro), place)
    return _plain_item(question, place)


def _item_of_format(question: RawQuestion, data: Data, place: int) -> Item:
    sections = Sections(joined_lines(data.rest))
    for section in question.sections:
        sections.add(section)
    return Item(
        title=question.title,
        line=question.line,
        number=place,
        warnings=(*data.notices, *sections.notices, *question.notices),
        **data.values,
        **sections.arguments(),
    )


def _plain_item(question: RawQuestion, place: int) -> Item:
    """A question with nothing but an answer.

    Its number leaves the title, and a rule below it is no part of it.
    """
    number, title = _numbered_title(question.title, place)
    answer = normal.text(joined_lines(question.lines))
    return Item(
        title=title,
        line=question.line,
        number=number,
        answer=_RULE_AT_END.sub("", f"\n{answer}"),
        warnings=tuple(question.notices),
    )


def _numbered_title(title: str, place: int) -> NumberedTitle:
    match = _NUMBERED_TITLE.fullmatch(title)
    if not match:
        return NumberedTitle(place, title)
    return NumberedTitle(int(match[1] or match[2]), match[3])
