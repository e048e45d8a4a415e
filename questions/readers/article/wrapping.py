"""Lines of a copied paragraph -> its sentences; code that broke a line of it is marked."""

import re
from collections.abc import Sequence

from .prose import begins_with_punctuation, ends_sentence, glue

# The widest text that is taken for one wrapped by hand; a copied paragraph is one long line.
WRAP_WIDTH = 110
NARROWEST_WRAP = 40
# Stand around a piece of code while lines are joined; a document's own control characters are
# gone by then.
OPEN, CLOSE = "\x02", "\x03"

NAME = r"[A-Za-z_][\w.]*"
PLAIN_NAME = re.compile(rf"@?{NAME}\Z")
CODED = re.compile(r"\w[._]\w|\A[@_]|_\Z")
CODED_WIDTH = 200
CODE_START = re.compile(r"@|[^\W\d]")
CODE_WORD = re.compile(rf"[^{OPEN}]*[\w)]\Z")
PROSE_WORD = re.compile(
    r"(?:a|an|and|are|as|at|be|by|can|for|from|has|have|if|in|into|is|it|its|no|not|of|on|or|so"
    r"|such|than|that|the|their|then|these|they|this|to|was|we|when|which|while|will|with|you"
    r"|your)\Z",
    re.IGNORECASE,
)


def has_long_paragraphs(lines: Sequence[str]) -> bool:
    """Whether the paragraphs of an article, or most of them, are one long line each."""
    long = sum(len(line) > WRAP_WIDTH for line in lines)
    return long * 20 >= sum(map(bool, lines)) > 0


def sentences(lines: Sequence[str], *, one_line: bool) -> list[str]:
    """Undoes the line breaks inside a paragraph; those between sentences or rows stay.

    `one_line`: the paragraph was one line before inline code broke it, so whatever ends a line of
    it was code.
    """
    width = max(map(len, lines), default=0)
    one_line = one_line or _was_one_line(lines, width)
    result: list[list[str]] = []
    line_before = ""
    for line in lines:
        if result and _goes_on(line_before, line, width):
            _add_to_sentence(result[-1], line_before, line, one_line=one_line)
        else:
            result.append([line])
        line_before = line
    return list(map("".join, result))


def _add_to_sentence(
    pieces: list[str],
    line_before: str,
    line: str,
    *,
    one_line: bool,
) -> None:
    pieces[-1] = _with_code_marked(pieces[-1], line, one_line=one_line)
    pieces.append(glue(line_before, line) + line)


def _was_one_line(lines: Sequence[str], width: int) -> bool:
    return width > WRAP_WIDTH or any(map(begins_with_punctuation, lines[1:]))


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the two lines belong to one sentence or one wrapped paragraph."""
    if begins_with_punctuation(following) or _is_wrapped(line, following, width):
        return True
    return not ends_sentence(line) and _begins_inside(following)


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether only the next word did not fit any more, as in mail and plain-text files."""
    if not NARROWEST_WRAP <= width <= WRAP_WIDTH:
        return False
    return len(line) + 1 + len(_first_word(following)) > width


def _begins_inside(text: str) -> bool:
    if text[0].islower() or text[0] == "(":
        return True
    return _looks_coded(_first_word(text).strip(".,;:"))


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0]


def _looks_coded(word: str) -> bool:
    """A word no prose would hold: a dotted or underscored name, an instruction such as @name."""
    return bool(PLAIN_NAME.match(word)) and bool(CODED.search(word, 0, CODED_WIDTH))


def _with_code_marked(line: str, following: str, *, one_line: bool) -> str:
    start = _start_of_code_at_end(line)
    word = line[start:]
    if _may_be_code(word) and _is_set_apart(word, following, one_line=one_line):
        return f"{line[:start]}{OPEN}{word}{CLOSE}"
    return line


def _may_be_code(word: str) -> bool:
    return bool(CODE_WORD.match(word)) and not PROSE_WORD.match(word)


def _is_set_apart(word: str, following: str, *, one_line: bool) -> bool:
    """Whether the line was broken after a word because the word is code."""
    if begins_with_punctuation(following):
        return True
    return following[0].islower() and (one_line or _is_coded(word))


def _is_coded(word: str) -> bool:
    return word.endswith(")") or _looks_coded(word)


def _start_of_code_at_end(line: str) -> int:
    """Where the code begins that ends a line: a page sets it apart, so a copy breaks after it."""
    start = _start_of_last_word(line)
    return start if CODE_START.match(line, start) else len(line)


def _start_of_last_word(line: str) -> int:
    """Brackets belong to the word before them, with all that stands in them."""
    end = _start_of_brackets(line) if line.endswith(")") else len(line)
    return max(line.rfind(mark, 0, end) for mark in " (\t[") + 1


def _start_of_brackets(line: str) -> int:
    """Where the bracket opens that a line closes at its end, 0 where it is not in the line."""
    depth = 0
    for place in reversed(range(len(line))):
        depth += (line[place] == ")") - (line[place] == "(")
        if not depth:
            return place
    return 0
