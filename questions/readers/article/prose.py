"""What tells where a sentence of copied prose ends and goes on."""

import re
from collections.abc import Sequence

PUNCTUATION = re.compile(
    r"[.,?!):;\]](?=[\s.,?!):;\]\"'\u201d\u2019]|$)|['\u2019]s\b",
)
SENTENCE_END = re.compile(r"[.?!:;][\"'\u201d\u2019)]?\Z")
CODE_MARKS = re.compile(r"`([^`]+)`")
BOLD_MARKS = re.compile(r"\*\*([^*]+)\*\*")


def continues(text: str) -> bool:
    """A line that cannot begin a sentence: it goes on where the line before was broken."""
    return text[:1].islower() or begins_with_punctuation(text)


def begins_with_punctuation(text: str) -> bool:
    return bool(PUNCTUATION.match(text))


def ends_sentence(text: str) -> bool:
    return bool(SENTENCE_END.search(text, max(0, len(text) - 3)))


def glue(left: str, right: str) -> str:
    """What stands between two pieces of a sentence."""
    is_inside = not left or left.endswith(("(", "["))
    return "" if is_inside or begins_with_punctuation(right) else " "


def joined(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        text += glue(text, line) + line.strip()
    return text


def without_marks(title: str) -> str:
    """A title without the marks of Markdown: titles are plain text."""
    title = CODE_MARKS.sub(r"\1", title)
    return BOLD_MARKS.sub(r"\1", title).strip()
