"""The label that stands before an answer: `Answer:`, `Ans.`, `A:`."""

import re
from collections.abc import Iterable
from itertools import takewhile

from .headings import DASH, read_heading

LABEL_START = frozenset("Aa#*_")
LABEL = re.compile(
    rf"""
    (?:\#{{1,6}}[ ]+)?(?:\*\*|__)?
    (?:
        (?:Answer|Ans)(?:[ ]?[0-9]{{1,5}})?(?:\*\*|__)?
        (?:[ ]?[:.]|[ ]{DASH}(?=[ ]|\Z)|(?=\**\Z))
      |
        A[0-9]{{0,5}}(?:\*\*|__)?[ ]?:
    )
    (?:\*\*|__)?(?:[ ]+|\Z)(?P<rest>.*)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def text_after_label(text: str) -> str | None:
    """None for a line without a label."""
    label = _label(text)
    return label["rest"] if label else None


def is_label(text: str) -> bool:
    return _label(text) is not None


def has_label(following: Iterable[str], kind: str) -> bool:
    """Whether a label follows before the next heading of this kind."""
    before_next = takewhile(lambda text: not _is_heading_of(kind, text), following)
    return any(map(is_label, before_next))


def _label(text: str) -> re.Match[str] | None:
    return LABEL.match(text) if text[:1] in LABEL_START else None


def _is_heading_of(kind: str, text: str) -> bool:
    heading = read_heading(text)
    return heading is not None and heading.kind == kind
