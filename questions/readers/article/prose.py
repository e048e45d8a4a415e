"""Copied prose to Markdown that renders as the very same words: lines joined again, code marked, the rest escaped."""

import re
from collections.abc import Sequence

# The widest text that is taken for one wrapped by hand; a copied paragraph is one long line.
WRAP_WIDTH = 110
# Stand around a piece of code while lines are joined; a document's own control characters are gone by then.
OPEN, CLOSE = "\x02", "\x03"
UNMARKED = {ord(OPEN): None, ord(CLOSE): None}

PUNCTUATION = re.compile(r"[.,?!):;\]](?=[\s.,?!):;\]\"'\u201d\u2019]|$)|['\u2019]s\b")
PROSE_WORD = re.compile(
    r"(?:a|an|and|are|as|at|be|by|can|for|from|has|have|if|in|into|is|it|its|no|not|of|on|or|so|such|than|that|the|their"
    r"|then|these|they|this|to|was|we|when|which|while|will|with|you|your)\Z",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.?!:;][\"'\u201d\u2019)]?\Z")
NAME = r"[A-Za-z_][\w.]*"
# What Markdown would change and nobody wrote as prose: marked code, {{ templates }}, calls, <tags>, names_like_this.
CODE = (
    rf"{OPEN}[^{CLOSE}]*{CLOSE}"
    r"|\{\{[^{}]*\}\}|\{%[^{}]*%\}"
    rf"|(?<![\w.@])@?{NAME}\((?!e?s\))(?:[^\s()`]{{0,200}}|(?=['\"\w*])[^()`]{{0,200}})\)"
    r"|(?<![^\s(\[\"'\u201c\u2018])[\w./:-]*<(?:[^<>\s`]{1,100}|/?[A-Za-z][\w-]* [^<>`]{1,100})>[\w./:<>-]*"
    rf"|(?<![\w.@])(?:@{NAME}|\*{{1,2}}[A-Za-z_]\w*(?![\w*])|_\w+|[A-Za-z][\w.]*_[\w.]*)"
)
SPECIAL = r"[\\`*\x02\x03]|(?<![^\W_])_|_(?![^\W_])|<(?=[A-Za-z/!?])|&(?=\#?\w{1,32};)|\](?=[(\[:])|~(?=~)"
INLINE = re.compile(
    r"(?P<kept>`[^`]+`|\*\*(?=[^\s*])[^*]*[^\s*]\*\*(?!\w)|\[[^][]*\]\(https?://[^\s()]*\))"
    r"|(?P<address>https?://[^\s<>`\\\x02\x03]+)"
    rf"|(?P<code>(?:{CODE})+)"
    rf"|{SPECIAL}"
)
LINE_START = re.compile(r"(?:\#{1,6}(?=\s|\Z)|>|[-+](?=\s|\Z)|~{3}|[|:=-]+[\s|:=-]*\Z)")
NUMBER_START = re.compile(r"([0-9]{1,9})([.)])(?=\s|\Z)")


def continues(text: str) -> bool:
    """A line that cannot begin a sentence: it goes on where the line before was broken."""
    return bool(text) and (text[0].islower() or bool(PUNCTUATION.match(text)))


def glue(left: str, right: str) -> str:
    return "" if not left or left[-1] in "([" or PUNCTUATION.match(right) else " "


def joined(lines: Sequence[str]) -> str:
    text = ""
    for line in lines:
        text += glue(text, line) + line.strip()
    return text


def plain(title: str) -> str:
    """A title without the marks of Markdown: titles are plain text."""
    return re.sub(r"\*\*([^*]+)\*\*", r"\1", re.sub(r"`([^`]+)`", r"\1", title)).strip()


def ends_sentence(text: str) -> bool:
    return bool(SENTENCE_END.search(text, max(0, len(text) - 3)))


def looks_coded(word: str) -> bool:
    """A word no prose would hold: a call, a dotted or underscored name, an instruction such as @name."""
    return bool(re.match(rf"@?{NAME}\Z", word)) and bool(re.search(r"\w[._]\w|\A[@_]|_\Z", word[:200]))


def broken_at_width(line: str, following: str, width: int) -> bool:
    """Was the line broken only because the next word did not fit any more, as in mail and plain-text files?"""
    return 40 <= width <= WRAP_WIDTH and len(line) + 1 + len(following.split(maxsplit=1)[0]) > width


def goes_on(line: str, following: str, width: int) -> bool:
    """Do the two lines belong to one sentence or one wrapped paragraph?"""
    if PUNCTUATION.match(following) or broken_at_width(line, following, width):
        return True
    if ends_sentence(line):
        return False
    return following[0].islower() or following[0] == "(" or looks_coded(following.split(maxsplit=1)[0].strip(".,;:"))


def code_at_end(line: str) -> int:
    """Where the code begins that ends a line: a page sets it apart, so a copy breaks after it."""
    end = len(line)
    if line.endswith(")"):
        depth = 0
        while end:
            end -= 1
            depth += (line[end] == ")") - (line[end] == "(")
            if not depth:
                break
    start = max(line.rfind(mark, 0, end) for mark in " (\t[") + 1
    return start if start < len(line) and re.match(r"[@\w]", line[start:]) and not line[start].isdigit() else len(line)


def mark_code_at_end(line: str, following: str, *, one_line: bool) -> str:
    """`one_line`: the paragraph was one line before inline code broke it, so whatever ends a line of it was code."""
    start = code_at_end(line)
    word = line[start:]
    if not word or OPEN in word or not (word[-1].isalnum() or word[-1] in "_)") or PROSE_WORD.match(word):
        return line
    if PUNCTUATION.match(following):
        return f"{line[:start]}{OPEN}{word}{CLOSE}"
    if not following[0].islower() or not (one_line or looks_coded(word) or word[-1] == ")"):
        return line
    return f"{line[:start]}{OPEN}{word}{CLOSE}"


def is_one_line(lines: Sequence[str]) -> bool:
    """Are the paragraphs of an article, or most of them, one long line each?"""
    return sum(len(line) > WRAP_WIDTH for line in lines) * 20 >= sum(map(bool, lines)) > 0


def sentences(lines: Sequence[str], *, one_line: bool) -> list[str]:
    """Undo the line breaks inside a paragraph; those between sentences or rows stay."""
    width = max(map(len, lines), default=0)
    one_line = one_line or width > WRAP_WIDTH or any(map(PUNCTUATION.match, lines[1:]))
    result: list[list[str]] = []
    for place, line in enumerate(lines):
        if result and goes_on(lines[place - 1], line, width):
            pieces = result[-1]
            pieces[-1] = mark_code_at_end(pieces[-1], line, one_line=one_line)
            pieces.append(glue(lines[place - 1], line) + line)
        else:
            result.append([line])
    return ["".join(pieces) for pieces in result]


def code_span(text: str) -> str:
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * (longest + 1)
    edge = " " if longest and (text[0] == "`" or text[-1] == "`") else ""
    return f"{ticks}{edge}{text}{edge}{ticks}"


def marked(found: re.Match[str]) -> str:
    if found["kept"]:
        return found[0]
    if found["address"]:
        return re.sub(SPECIAL, r"\\\g<0>", found[0])
    if found["code"]:
        code = found[0].translate(UNMARKED)
        word = code.rstrip(".")
        return code_span(word) + code[len(word) :]
    return "" if found[0] in (OPEN, CLOSE) else "\\" + found[0]


def inline(text: str) -> str:
    """One line of prose as Markdown."""
    text = INLINE.sub(marked, text.strip())
    if found := NUMBER_START.match(text):
        return f"{found[1]}\\{text[found.end(1) :]}"
    return "\\" + text if LINE_START.match(text) else text
