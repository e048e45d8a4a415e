"""Markdown's block structure, as far as a question file needs it.

Which lines are headings, and which only look so because they stand in a fence or a comment.
"""

import re

# What a line that opens a fence or a comment begins with, a mark of a list included.
_OPENING = frozenset("`~<-+*0123456789")
_HEADING = re.compile(r"(#{1,6})(?:[ \t].*)?")
_COMMENT = re.compile(r" {0,3}<!--")
_LIST_MARKS = r"(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*"
FENCE_TEXT = re.compile(rf"{_LIST_MARKS}(?:`{{3}}|~{{3}})")
_FENCE = re.compile(rf"[ \t]*{_LIST_MARKS}(`{{3,}}(?=[^`]*$)|~{{3,}})")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+(.*))?")


class Blocks:
    """Follows a text line by line, through fences (also inside lists) and HTML comments.

    `closer` is the line that would end the fence or comment the next line is in, empty outside of
    both; `mark` is what stands in it.
    """

    __slots__ = ("closer", "mark")

    def __init__(self) -> None:
        self.closer = self.mark = ""

    def level(self, line: str) -> int:
        """Takes the next line: 1 to 6 where it is a heading from the first column on, else 0."""
        if self.closer:
            if self.mark in line:
                self._close(line)
            return 0
        if line.startswith("#"):
            return _heading_level(line)
        if line.lstrip(" \t")[:1] in _OPENING:
            self._open(line)
        return 0

    def _close(self, line: str) -> None:
        if _closes(line, self.closer):
            self.closer = ""

    def _open(self, line: str) -> None:
        self.closer = _fence_closer(line) or _comment_closer(line)
        self.mark = self.closer.lstrip(" ")


def heading(level: int, text: str) -> str:
    """The heading line of a text.

    A text that ends like a closing row of `#` gets such a row, so that it keeps its own.
    """
    line = f"{'#' * level} {text}".rstrip(" ")
    if heading_text(line) == text:
        return line
    return f"{line} {'#' * level}"


def heading_text(line: str) -> str:
    """What a heading line says, without its closing row of `#`."""
    text = line.lstrip("#").strip(" \t")
    bare = text.rstrip("#")
    if bare and bare[-1] not in " \t":
        return text
    return bare.rstrip(" \t")


def _heading_level(line: str) -> int:
    match = _HEADING.fullmatch(line)
    return len(match[1]) if match else 0


def _closes(line: str, closer: str) -> bool:
    """Whether a line with the closer's mark ends what it closes.

    It ends a fence where it is nothing but such marks, about as far in as the fence began.
    """
    if closer == "-->":
        return True
    text = line.expandtabs(4).rstrip(" ")
    is_bare = not text.strip(" ").strip(closer[-1])
    return is_bare and _indent(text) <= _indent(closer) + 3


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _fence_closer(line: str) -> str:
    """The closer of the fence that a line opens, else empty."""
    fence = _FENCE.match(line)
    if not fence:
        return ""
    indent = len(line[: fence.start(1)].expandtabs(4))
    return " " * indent + fence[1]


def _comment_closer(line: str) -> str:
    """The closer of the comment that a line opens and does not close, else empty."""
    return "-->" if _COMMENT.match(line) and "-->" not in line else ""
