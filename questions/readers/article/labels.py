"""The label that stands before an answer: `Answer:`, `Ans.`, `A:`."""

import re
from collections.abc import Iterable

from .headings import DASH, heading

FIRST_CHARACTERS = frozenset("Aa#*_")
LABEL = re.compile(
    rf"""
    (?:\#{{1,6}}[ ]+)?(?:\*\*|__)?
    (?:
        (?:Answer|Ans)(?:[ ]?[0-9]{{1,5}})?(?:\*\*|__)?
        (?:[ ]?[:.]|[ ]{DASH}(?=[ ]|\Z)|(?=\**\Z))
      |
        A[0-9]{{0,5}}(?:\*\*|__)?[ ]?:
    )
    (?:\*\*|__)?(?:[ ]+(?P<rest>.*)|\Z)
    """,
    re.IGNORECASE | re.VERBOSE,
)


def text_after_label(text: str) -> str | None:
    """None for a line without a label."""
    if text[:1] not in FIRST_CHARACTERS:
        return None
    found = LABEL.match(text)
    return (found["rest"] or "") if found else None


def is_label(text: str) -> bool:
    return text[:1] in FIRST_CHARACTERS and LABEL.match(text) is not None


def has_label(following: Iterable[str], kind: str) -> bool:
    """Whether a label follows before the next heading of this kind."""
    for text in following:
        if is_label(text):
            return True
        next_heading = heading(text)
        if next_heading and next_heading.kind == kind:
            return False
    return False
