"""Titles that are broken over several lines."""

from itertools import islice
from typing import NamedTuple

from ..items import TITLE_LIMIT
from .categories import CATEGORY, ENDS_SENTENCE, split_category
from .headings import read_heading
from .labels import is_label
from .prose import begins_with_punctuation, continues, joined
from .window import Window

# A title may be broken over this many lines.
TITLE_LINES = 6
# A longer line that ends with a question mark is a sentence of the answer.
LAST_PIECE = 160


class BrokenTitle(NamedTuple):
    """A title, and over how many further lines it is broken."""

    text: str
    further_lines: int


def whole_title(first: str, window: Window, *, is_labeled: bool) -> BrokenTitle:
    """The title that begins with a line, and goes on in those in sight.

    `is_labeled`: a label follows, so the answer cannot have begun.
    """
    title, count = first, 0
    for text in islice(window.texts(), TITLE_LINES):
        if not _is_part(title, text, is_labeled=is_labeled):
            break
        title = joined([title, text])
        count += 1
    return BrokenTitle(title, count)


def _is_part(title: str, text: str, *, is_labeled: bool) -> bool:
    return _may_belong(title, text) and _goes_on_with(title, text, is_labeled=is_labeled)


def _may_belong(title: str, text: str) -> bool:
    if not text or len(title) + len(text) >= TITLE_LIMIT:
        return False
    return not is_label(text) and not read_heading(text)


def _goes_on_with(title: str, text: str, *, is_labeled: bool) -> bool:
    if _cannot_begin(text):
        return True
    return not _is_complete(title) and (is_labeled or _may_go_on(text))


def _may_go_on(text: str) -> bool:
    return continues(text) or _is_last_piece(text)


def _cannot_begin(text: str) -> bool:
    return bool(CATEGORY.fullmatch(text)) or begins_with_punctuation(text)


def _is_complete(title: str) -> bool:
    return title.endswith(ENDS_SENTENCE) or bool(split_category(title, usual=False).names)


def _is_last_piece(text: str) -> bool:
    return text.endswith("?") and len(text) < LAST_PIECE
