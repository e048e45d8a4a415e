"""Whether a document is an article, as far as its first lines tell."""

import re
from collections.abc import Sequence
from itertools import starmap

from ..items import ReadError
from ..text import Line, texts_of
from .cutter import QuestionCutter
from .headings import read_heading
from .layout import Layout, layout_of
from .window import clean_lines

OTHER_KIND = re.compile(r"[{\[<]|---\s*\Z|\Z")
# So many headings that ask and have no answers below them are a table of contents.
CONTENTS = 3
MARKDOWN_LEVEL = 2


def looks_like_article(sample: Sequence[str]) -> bool:
    """Whether there are numbered questions, and nothing speaks for another format."""
    lines = list(clean_lines(starmap(Line, enumerate(sample, 1))))
    return not _begins_otherwise(texts_of(lines)) and _has_questions(lines)


def _begins_otherwise(texts: Sequence[str]) -> bool:
    first_text = next(filter(None, texts), "")
    return OTHER_KIND.match(first_text) is not None


def _has_questions(lines: Sequence[Line]) -> bool:
    texts = texts_of(lines)
    layout = layout_of(texts)
    asking = _count_asking(texts)
    questions = _count_questions(lines, layout, asking) or int(asking >= CONTENTS)
    return asking > 0 and questions > _count_unnumbered(texts, layout)


def _count_asking(texts: Sequence[str]) -> int:
    headings = filter(None, map(read_heading, texts))
    return sum(each.asks for each in headings)


def _count_questions(lines: Sequence[Line], layout: Layout, default: int) -> int:
    """`default` where an answer is over a limit."""
    try:
        return sum(1 for _ in QuestionCutter(iter(lines), layout, "").raw_questions())
    except ReadError:
        return default


def _count_unnumbered(texts: Sequence[str], layout: Layout) -> int:
    """Headings that would be the questions if the document were a question file in Markdown."""
    level = int(layout.kind) if layout.kind.isdigit() else MARKDOWN_LEVEL
    marks = "#" * level + " "
    return sum(text.startswith(marks) and not read_heading(text) for text in texts)
