"""A word of code at the end of a line, which a page sets apart, so that a copy breaks after it."""

import re

from .prose import begins_with_punctuation

# Stand around a piece of code while lines are joined; a document's own control characters are
# gone by then.
OPEN, CLOSE = "\x02", "\x03"

DOTTED_NAME = r"[A-Za-z_][\w.]*"
PLAIN_NAME = re.compile(rf"@?{DOTTED_NAME}\Z")
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


def with_code_marked(line: str, following: str, *, is_unwrapped: bool) -> str:
    """The line, with marks around the code at its end if it was broken for that.

    `is_unwrapped`: it can have been broken for nothing else.
    """
    start = _start_of_code_at_end(line)
    word = line[start:]
    if _may_be_code(word) and _is_set_apart(word, following, is_unwrapped=is_unwrapped):
        return f"{line[:start]}{OPEN}{word}{CLOSE}"
    return line


def looks_coded(word: str) -> bool:
    """A word no prose would hold: a dotted or underscored name, an instruction such as @name."""
    return bool(PLAIN_NAME.match(word)) and bool(CODED.search(word, 0, CODED_WIDTH))


def _may_be_code(word: str) -> bool:
    return bool(CODE_WORD.match(word)) and not PROSE_WORD.match(word)


def _is_set_apart(word: str, following: str, *, is_unwrapped: bool) -> bool:
    """Whether the line was broken after a word because the word is code."""
    if begins_with_punctuation(following):
        return True
    return following[0].islower() and (is_unwrapped or _is_coded(word))


def _is_coded(word: str) -> bool:
    return word.endswith(")") or looks_coded(word)


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
