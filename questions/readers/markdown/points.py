r"""Key points: the entries of a list, each on one line when it is written.

A point that begins like a code fence is written with a backslash before it, and with one more
where it begins with backslashes already.
"""

import re

from ..blocks import FENCE_TEXT, LIST_ITEM

_FENCE_START = re.compile(r"\\*" + FENCE_TEXT.pattern)
_ESCAPED_FENCE = re.compile(r"\\+" + FENCE_TEXT.pattern)


def read_points(text: str) -> list[str]:
    """The entries, each with its further lines; a paragraph outside of the list is one too."""
    points: list[list[str]] = []
    line_before = ""
    for line in text.split("\n"):
        if _begins_point(line, line_before, is_first=not points):
            points.append([_point_text(line)])
        elif line.strip():
            points[-1].append(line)
        line_before = line
    return list(map(" ".join, points))


def write_point(point: str) -> str:
    escape = "\\" if _FENCE_START.match(point) else ""
    return f"- {escape}{point}"


def _begins_point(line: str, line_before: str, *, is_first: bool) -> bool:
    if LIST_ITEM.fullmatch(line):
        return True
    return _begins_paragraph(line, line_before) and (is_first or line[0] not in " \t")


def _begins_paragraph(line: str, line_before: str) -> bool:
    return bool(line.strip()) and not line_before.strip()


def _point_text(line: str) -> str:
    entry = LIST_ITEM.fullmatch(line)
    if not entry:
        return line
    (text,) = entry.groups("")
    return _unescaped(text.strip())


def _unescaped(text: str) -> str:
    return text[1:] if _ESCAPED_FENCE.match(text) else text
