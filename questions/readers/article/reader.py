"""The text of an article that somebody copied from a web page.

It has numbered questions with their answers below them.
"""

from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from ..contract import Confidence, Format, Head
from ..items import DIFFICULTIES, Document, Item, Notice
from ..limits import valid_item
from ..text import Line, read_lines, texts_of
from .cutter import QuestionCutter
from .layout import layout_of
from .raw_question import RawQuestion
from .recognition import looks_like_article
from .to_markdown import Style, to_markdown
from .window import clean_lines
from .wrapping import has_long_paragraphs

# The lines that tell how an article marks its questions.
LAYOUT_LINES = 2000
LEFT_OUT = "Text from here on was left out: it seems not to belong to the answer."
NO_ANSWER = "No answer was found below this question."


def recognize(head: Head) -> Confidence:
    return Confidence.LIKELY if looks_like_article(head.lines) else Confidence.NONE


def read(stream: BinaryIO, file: str) -> Document:
    items = questions(read_lines(stream, file), file)
    return Document(file=file, format=ARTICLE.name, items=items)


def questions(lines: Iterator[Line], file: str) -> Iterator[Item]:
    """The questions of an article one after another; ReadError if one is over a limit."""
    text = clean_lines(lines)
    start = list(islice(text, LAYOUT_LINES))
    sample = texts_of(start)
    style = Style(is_unwrapped=has_long_paragraphs(sample))
    cutter = QuestionCutter(chain(start, text), layout_of(sample), file)
    for question in cutter.raw_questions():
        yield valid_item(_item(question, style), file)


def _item(question: RawQuestion, style: Style) -> Item:
    body = to_markdown(question.question_lines, style)
    answer = to_markdown(question.answer_lines, style)
    return Item(
        title=question.title,
        line=question.line,
        number=question.number,
        body=body.text,
        answer=answer.text,
        tags=tuple(name for name in question.tags if name not in DIFFICULTIES),
        difficulty=_difficulty(question),
        warnings=(*body.notices, *answer.notices, *_omissions(question, answer.text)),
    )


def _difficulty(question: RawQuestion) -> str:
    difficulties = (name for name in question.tags if name in DIFFICULTIES)
    return next(difficulties, "")


def _omissions(question: RawQuestion, answer: str) -> Iterator[Notice]:
    if question.omission_line:
        yield Notice(line=question.omission_line, text=LEFT_OUT)
    if not answer:
        yield Notice(line=question.line, text=NO_ANSWER)


ARTICLE = Format(
    name="article",
    label="copied articles",
    endings=(".txt", ".text"),
    example="An article numbers its questions, as in: 1. What is a queue?",
    recognize=recognize,
    read=read,
)
