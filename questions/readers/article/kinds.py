"""The kind of each line in a chunk of text: of a list, a heading, code in the middle, or text."""

import re
from collections.abc import Iterable, Sequence

from .code_blocks import INDENTED, code_run
from .code_lines import is_comment, is_strong
from .prose import continues, ends_sentence

# Round, square and arrow bullets, ticks, and the dashes that pages use for bullets.
GLYPHS = "".join(
    (
        "\u2022\u25e6\u25aa\u25ab\u2023\u2043\u25cf\u25cb\u25a0\u25a1\u25ba\u25b8",
        "\u00b7\u2013\u2014\u27a2\u27a4\u2713\u2714",
    )
)
# Such bullets may stand right before the text.
TIGHT = "\u2022\u25e6\u25aa\u25cf"
ITEM = re.compile(
    r"(?P<indent>[ \t]*)(?:"
    rf"(?P<bullet>[{GLYPHS}*+-])(?:[ \t]+|(?<=[{TIGHT}])(?=\S))"
    r"|(?P<number>[0-9]{1,4})[.)][ \t]+"
    r")(?P<text>\S.*)",
)
SUBHEADING = re.compile(r"#{2,6} +(?P<text>\S.*?)#*\Z")


def line_kinds(texts: Sequence[str]) -> list[str]:
    """One of "code", "heading", "list" and "text" for each line."""
    kinds: list[str] = []
    kind_before = ""
    while len(kinds) < len(texts):
        kinds += _next_kinds(texts, len(kinds), kind_before)
        kind_before = kinds[-1]
    return kinds


def _next_kinds(texts: Sequence[str], place: int, kind_before: str) -> list[str]:
    """The kinds of the line at a place, and of those that are code if it is."""
    run = _code_run(texts, place, kind_before)
    if run and _stands_alone(texts, place, run):
        return ["code"] * run
    return _kinds_of_text(texts, range(place, place + max(run, 1)), kind_before)


def _code_run(texts: Sequence[str], place: int, kind_before: str) -> int:
    text = texts[place]
    if _is_inside_item(text, kind_before) or not _may_begin_code(text):
        return 0
    return code_run(texts, place)


def _is_inside_item(text: str, kind_before: str) -> bool:
    return kind_before == "list" and bool(INDENTED.match(text))


def _may_begin_code(text: str) -> bool:
    return not ITEM.match(text) and (is_strong(text) or is_comment(text))


def _kinds_of_text(texts: Sequence[str], places: Iterable[int], kind_before: str) -> list[str]:
    kinds: list[str] = []
    for place in places:
        kind_before = _kind_of_text(texts, place, kind_before)
        kinds.append(kind_before)
    return kinds


def _kind_of_text(texts: Sequence[str], place: int, kind_before: str) -> str:
    if _is_in_list(texts, place, kind_before):
        return "list"
    return "heading" if _is_heading(texts) else "text"


def _is_in_list(texts: Sequence[str], place: int, kind_before: str) -> bool:
    text = texts[place]
    if ITEM.match(text):
        return True
    return kind_before == "list" and _goes_on_in_list(text, texts[place - 1])


def _goes_on_in_list(text: str, text_before: str) -> bool:
    begins_inside = INDENTED.match(text) or continues(text)
    return bool(begins_inside) or not ends_sentence(text_before)


def _is_heading(texts: Sequence[str]) -> bool:
    return len(texts) == 1 and bool(SUBHEADING.match(texts[0]))


def _stands_alone(texts: Sequence[str], place: int, run: int) -> bool:
    """Whether code without a blank line around it is a block of its own.

    What goes on in the middle of a sentence afterwards was inline.
    """
    if not any(map(is_strong, texts[place : place + run])):
        return False
    kind_before = texts[place - 1] if place else ""
    return _is_set_off(kind_before, run) and not _sentence_goes_on(texts, place + run)


def _is_set_off(kind_before: str, run: int) -> bool:
    """Whether code is announced by a colon, or has more lines than one and a sentence before it.

    A single coded line is mostly inline code that a copy put on a line of its own.
    """
    if run == 1:
        return kind_before.endswith(":")
    return not kind_before or ends_sentence(kind_before)


def _sentence_goes_on(texts: Sequence[str], place: int) -> bool:
    return place < len(texts) and continues(texts[place])
