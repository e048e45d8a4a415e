"""Question files in Markdown, our own format and plain ones: `## Question` and its answer below."""

from collections.abc import Iterator
from itertools import chain, islice
from typing import BinaryIO

from ..contract import SAMPLE_LINES, Confidence, Format, Head
from ..items import Document, Item, ReadError
from ..text import Line, read_lines, texts_of
from .cutter import QuestionCutter
from .front import FrontMatter, read_front
from .headings import USUAL_LEVEL, document_title, is_sure, question_level
from .question import read_question
from .sets import read_set

ENDINGS = (".md", ".markdown")
FRONT_NAMES = ("source", "title")
# By whether there are headings, and whether the file is called Markdown.
CONFIDENCES = {
    (True, True): Confidence.CONFIRMED,
    (True, False): Confidence.POSSIBLE,
    (False, True): Confidence.NAMED,
    (False, False): Confidence.NONE,
}


def recognize(head: Head) -> Confidence:
    if is_sure(head.lines):
        return Confidence.SURE
    # One `#` alone may begin a comment of any kind.
    has_headings = question_level(head.lines) > 1
    return CONFIDENCES[has_headings, head.ending in ENDINGS]


def read(stream: BinaryIO, file: str) -> Document:
    front, lines = read_front(read_lines(stream, file), file)
    document = Document(file=file, format=MARKDOWN.name, items=iter(()))
    kind = front.text("kind")
    if not kind:
        _read_questions(front, lines, document)
    elif kind == "set":
        document.items = read_set(front, lines, document)
    else:
        raise _unknown_kind(kind, file)
    return document


def _unknown_kind(kind: str, file: str) -> ReadError:
    rule = 'A question set says "set", questions say none'
    return ReadError(file, 1, f'the kind "{kind[:60]}" is not known. {rule}.')


def _read_questions(front: FrontMatter, lines: Iterator[Line], document: Document) -> None:
    front.note_unknown(FRONT_NAMES, document)
    start = list(islice(lines, SAMPLE_LINES))
    sample = texts_of(start)
    level = question_level(sample) or USUAL_LEVEL
    document.title = front.source_title or document_title(sample, level)
    document.items = _items(chain(start, lines), level, document)


def _items(lines: Iterator[Line], level: int, document: Document) -> Iterator[Item]:
    place = 1
    for question in QuestionCutter(level, document).raw_questions(lines):
        item = read_question(question, place, document.file)
        if item:
            yield item
            place += 1
        else:
            document.note(question.line, f'"{question.title}" is no question and is left out.')


MARKDOWN = Format(
    name="markdown",
    label="Markdown",
    endings=ENDINGS,
    example="A question is a heading with its answer below it, as in: ## What is a queue?",
    recognize=recognize,
    read=read,
)
