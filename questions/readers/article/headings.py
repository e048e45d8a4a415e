"""A line of an article that may begin a question: its number, its title, its category."""

import re
from dataclasses import dataclass

from ..items import TITLE_LIMIT

# A hyphen or a dash, written as codes since the longer ones look alike.
DASH = r"[-\u2013\u2014]"
HEADING_START = frozenset("#*_Qq0123456789")
HEADING = re.compile(
    rf"""
    (?P<hash>\#{{1,6}}[ ]+)?
    (?P<bold>\*\*|__)?
    (?P<word>(?:Question|Ques|Q)\b\.?|Q(?=[0-9]))?
    (?:[ ]*\#?[ ]?(?P<number>[0-9]{{1,7}}))?
    (?P<end>[ ]?[.):]|[ ]{DASH}(?=[ ])|(?=[ ]))
    (?:\*\*|__)?(?P<gap>[ ]*)(?P<title>\S.*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
LABEL_IN_TITLE = re.compile(r"(?<=[?.!])[ ]+(?:Answer|Ans|A):[ ]+", re.IGNORECASE)
ASKS = re.compile(
    r"(?:what|why|how|when|where|which|who|whose|can|could|do|does|did|is|are|was|were|will|would"
    r"|should|has|have|in what|explain|describe|define|list|name|compare|differentiate|distinguish"
    r"|discuss|tell|give|write|show|mention|state|illustrate|implement|walk|outline|briefly|suppose"
    r"|imagine|elaborate|differences?|types of|advantages|benefits)\b(?![ ]*:)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may begin a question.

    `kind` is "word" (Question 3), "number" (3.) or the count of its `#` signs. `answer` is what
    stands behind an answer's label on the same line.
    """

    kind: str
    number: int | None
    title: str
    answer: str = ""

    @property
    def asks(self) -> bool:
        return self.title.endswith("?") or bool(ASKS.match(self.title))


def read_heading(text: str) -> Heading | None:
    """None for a line that is certainly no heading of a question."""
    if text[:1] not in HEADING_START:
        return None
    question, answer = _split_answer(text)
    match = HEADING.match(question)
    if not match or not _may_be_heading(match):
        return None
    return Heading(_kind(match), _number(match), _title(match), answer)


def _split_answer(text: str) -> tuple[str, str]:
    """A line before the label of an answer that stands on it, and behind."""
    label = LABEL_IN_TITLE.search(text, 0, TITLE_LIMIT)
    if not label:
        return text, ""
    return text[: label.start()], text[label.end() :]


def _may_be_heading(match: re.Match[str]) -> bool:
    if len(match[0]) > TITLE_LIMIT or not _title(match):
        return False
    return _is_well_spaced(match)


def _title(match: re.Match[str]) -> str:
    title = match["title"].rstrip("# ")
    return title.rstrip("*_ ") if match["bold"] else title


def _kind(match: re.Match[str]) -> str:
    if match["word"]:
        return "word"
    if match["hash"]:
        return str(len(match["hash"].rstrip()))
    return "number"


def _number(match: re.Match[str]) -> int | None:
    return int(match["number"]) if match["number"] else None


def _is_well_spaced(match: re.Match[str]) -> bool:
    """Tells `3. Why`, `3.Why` and `Question 3 - Why` from `3.5 million`, `3 ways` and `Q and`."""
    if _has_ended_number(match):
        return _is_marked(match) and _begins_apart(match)
    return bool(match["word"]) and _has_number_or_colon(match)


def _has_ended_number(match: re.Match[str]) -> bool:
    return bool(match["number"]) and bool(match["end"].strip())


def _has_number_or_colon(match: re.Match[str]) -> bool:
    return bool(match["number"]) or match["end"] == ":"


def _is_marked(match: re.Match[str]) -> bool:
    return bool(match["word"] or match["hash"]) or match["end"] in (".", ")")


def _begins_apart(match: re.Match[str]) -> bool:
    return bool(match["gap"]) or match["title"][0].isupper()
