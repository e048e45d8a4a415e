"""Read the text of an article that somebody copied from a web page: numbered questions with their answers below."""

import re
from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import BinaryIO

from .. import normal, text
from ..contract import Confidence, Format, Head
from ..items import DIFFICULTIES, Document, Item, Notice, ReadError
from ..limits import checked
from .layout import Layout, Line, heading, layout_of
from .prose import is_one_line
from .sections import Section, sections
from .to_markdown import Style, to_markdown
from .window import cleaned

# The lines that tell how an article marks its questions.
SAMPLE = 2000
OTHER_KIND = re.compile(r"[{\[<]|---\s*\Z")
LEFT_OUT = "Text from here on was left out: it seems not to belong to the answer."
NO_ANSWER = "No answer was found below this question."


def recognize(head: Head) -> Confidence:
    return Confidence.LIKELY if looks_like(head.lines) else Confidence.NONE


def read(stream: BinaryIO, file: str) -> Document:
    return Document(file=file, format="article", items=questions(text.lines(stream, file), file))


def questions(lines: Iterator[Line], file: str) -> Iterator[Item]:
    """The questions of an article one after another; ReadError if one is over a limit."""
    clean = cleaned(lines)
    sample = list(islice(clean, SAMPLE))
    layout = layout_of([line for _, line in sample])
    style = Style(one_line=is_one_line([line for _, line in sample]))
    for section in sections(chain(sample, clean), layout, file):
        yield checked(normal.item(item_of(section, style)), file)


def looks_like(sample: list[str]) -> bool:
    """Are there numbered questions in the first lines of a document, and does nothing speak for another format?"""
    lines = list(cleaned(enumerate(sample, 1)))
    texts = [text for _, text in lines]
    if OTHER_KIND.match(next(filter(None, texts), "{")):
        return False
    layout = layout_of(texts)
    asking = sum(1 for text in texts if (found := heading(text)) and found.asks)
    try:
        count = sum(1 for _ in sections(iter(lines), layout, ""))
    except ReadError:
        count = asking
    return asking > 0 and (count or asking > 2) > unnumbered(texts, layout)


def unnumbered(texts: Sequence[str], layout: Layout) -> int:
    """Headings that would be the questions if the document were a question file in Markdown."""
    marks = "#" * (int(layout.kind) if layout.kind.isdigit() else 2) + " "
    return sum(text.startswith(marks) and not heading(text) for text in texts)


def item_of(section: Section, style: Style) -> Item:
    body, body_notices = to_markdown(section.asked, style)
    answer, notices = to_markdown(section.body, style)
    if section.left_out:
        notices.append(Notice(line=section.left_out, text=LEFT_OUT))
    if not answer:
        notices.append(Notice(line=section.line, text=NO_ANSWER))
    return Item(
        title=section.title,
        line=section.line,
        number=section.number,
        body=body,
        answer=answer,
        tags=tuple(name for name in section.tags if name not in DIFFICULTIES),
        difficulty=next((name for name in section.tags if name in DIFFICULTIES), ""),
        warnings=(*body_notices, *notices),
    )


ARTICLE = Format(
    name="article",
    label="copied articles",
    endings=(".txt", ".text"),
    example="An article numbers its questions, as in: 1. What is a queue?",
    recognize=recognize,
    read=read,
)
