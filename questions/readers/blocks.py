"""Markdown's block structure, as far as a question file needs it: which lines are headings, and which only look so."""

import re

_HEADING = re.compile(r"(#{1,6})(?:[ \t].*)?")
_COMMENT = re.compile(r" {0,3}<!--")
_LIST_MARKS = r"(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*"
FENCE_TEXT = re.compile(rf"{_LIST_MARKS}(?:`{{3}}|~{{3}})")
_FENCE = re.compile(rf"[ \t]*{_LIST_MARKS}(`{{3,}}(?=[^`]*$)|~{{3,}})")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|[0-9]{1,9}[.)])(?:[ \t]+(.*))?")


class Blocks:
    """Follows a text line by line, through fences (also inside lists) and HTML comments.

    `closer` is the line that would end the fence or comment the next line is in, empty outside of both.
    """

    __slots__ = ("closer",)

    def __init__(self) -> None:
        self.closer = ""

    def level(self, line: str) -> int:
        """Takes the next line: 1 to 6 where it is a heading that begins in the first column, else 0."""
        if self.closer:
            if self._closes(line):
                self.closer = ""
            return 0
        if line.startswith("#"):
            match = _HEADING.fullmatch(line)
            return len(match[1]) if match else 0
        self.closer = _opened(line)
        return 0

    def _closes(self, line: str) -> bool:
        mark = self.closer.lstrip(" ")
        if mark not in line:
            return False
        if mark == "-->":
            return True
        text = line.expandtabs(4).rstrip(" ")
        bare = text.lstrip(" ")
        return not bare.strip(mark[0]) and len(text) - len(bare) <= len(self.closer) - len(mark) + 3


def _opened(line: str) -> str:
    """The closer of the fence or comment that a line opens, else empty."""
    if "```" in line or "~~~" in line:
        fence = _FENCE.match(line)
        if fence:
            return " " * len(line[: fence.start(1)].expandtabs(4)) + fence[1]
    return "-->" if "<!--" in line and "-->" not in line and _COMMENT.match(line) else ""


def heading(level: int, text: str) -> str:
    """The heading line of a text. One that ends like a closing row of `#` gets such a row, so that it keeps its own."""
    line = f"{'#' * level} {text}".rstrip(" ")
    return line if heading_text(line) == text else f"{line} {'#' * level}"


def heading_text(line: str) -> str:
    """What a heading line says, without its closing row of `#`."""
    text = line.lstrip("#").strip(" \t")
    bare = text.rstrip("#")
    return bare.rstrip(" \t") if not bare or bare[-1] in " \t" else text
