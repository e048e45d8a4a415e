"""One line of copied prose as Markdown that renders as the very same words.

Code is marked, and what Markdown would change is escaped.
"""

import re
from collections.abc import Callable

from .inline_code import CLOSE, DOTTED_NAME, OPEN

WITHOUT_MARKS = {ord(OPEN): None, ord(CLOSE): None}
# What Markdown would change and nobody wrote as prose: marked code, {{ templates }}, calls, <tags>,
# names_like_this.
CODE = (
    rf"{OPEN}[^{CLOSE}]*{CLOSE}"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}"
    rf"|(?<![\w.@])@?{DOTTED_NAME}\((?!e?s\))(?:[^\s()`]{{0,200}}|(?=['\"\w*])[^()`]{{0,200}})\)"
    r"|(?<![^\s(\[\"'\u201c\u2018])[\w./:-]*<"
    r"(?:[^<>\s`]{1,100}|/?[A-Za-z][\w-]* [^<>`]{1,100})>[\w./:<>-]*"
    rf"|(?<![\w.@])(?:@{DOTTED_NAME}|\*{{1,2}}[A-Za-z_]\w*(?![\w*])|_\w+|[A-Za-z][\w.]*_[\w.]*)"
)
SPECIAL = (
    r"[\\`*\x02\x03]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=\#?\w{1,32};)|\](?=[(\[:])"
    r"|~(?=~)"
)
INLINE = re.compile(
    r"(?P<kept>"
    r"`[^`]+`"
    r"|\*\*(?=[^\s*])[^*]*[^\s*]\*\*(?!\w)"
    r"|\[[^][]*\]\(https?://[^\s()]*\))"
    r"|(?P<address>https?://[^\s<>`\\\x02\x03]+)"
    rf"|(?P<code>(?:{CODE})+)"
    rf"|(?P<special>{SPECIAL})"
)
# What is in everything that INLINE finds, and quicker to look for.
INLINE_MARK = re.compile(r"[`*_\[\](<{@&~\\\x02\x03]|http")
ESCAPED = re.compile(SPECIAL)
# What begins a block, and a list with numbers, when it begins a line.
LINE_START = re.compile(r"\#{1,6}(?=\s|\Z)|>|[-+](?=\s|\Z)|~{3}|[|:=-]+[\s|:=-]*\Z")
NUMBER_START = re.compile(r"[0-9]{1,9}(?=[.)](?:\s|\Z))")
TICKS = re.compile(r"`+")


def inline(text: str) -> str:
    text = text.strip()
    if INLINE_MARK.search(text):
        text = INLINE.sub(_as_markdown, text)
    return _with_escaped_start(text)


def longest_ticks(text: str) -> int:
    """The length of the longest run of backticks in a text."""
    return max(map(len, TICKS.findall(text)), default=0)


def _with_escaped_start(text: str) -> str:
    number = NUMBER_START.match(text)
    if number:
        return f"{number[0]}\\{text[number.end() :]}"
    return "\\" + text if LINE_START.match(text) else text


def _as_markdown(match: re.Match[str]) -> str:
    return WRITERS[match.lastgroup](match[0])


def _address(text: str) -> str:
    return ESCAPED.sub(r"\\\g<0>", text)


def _code(text: str) -> str:
    code = text.translate(WITHOUT_MARKS)
    word = code.rstrip(".")
    return _code_span(word) + code[len(word) :]


def _special(text: str) -> str:
    return "" if text in (OPEN, CLOSE) else "\\" + text


def _code_span(text: str) -> str:
    longest = longest_ticks(text)
    ticks = "`" * (longest + 1)
    edge = " " if "`" in (text[:1], text[-1:]) else ""
    return f"{ticks}{edge}{text}{edge}{ticks}"


# By the name of the part of INLINE that was found.
WRITERS: dict[str | None, Callable[[str], str]] = {
    "kept": str,
    "address": _address,
    "code": _code,
    "special": _special,
}
