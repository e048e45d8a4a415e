"""Lines of an answer that were a table before the copy."""

import re
from collections.abc import Sequence

from .inline import inline
from .prose import ends_sentence

CAPTION = re.compile(r"\btables?\b.*:\Z", re.IGNORECASE)


def is_caption(text: str) -> bool:
    return bool(CAPTION.search(text))


def split_caption(lines: list[str]) -> tuple[list[str], list[str]]:
    """The caption, if the first line is one and there are rows below it, and the other lines."""
    if len(lines) > 2 and is_caption(lines[0]):
        return lines[:1], lines[1:]
    return [], lines


def are_rows(lines: Sequence[str]) -> bool:
    """Lines that are no sentences: most of them, and the first."""
    if len(lines) < 2 or ends_sentence(lines[0]):
        return False
    sentences = sum(map(ends_sentence, lines))
    return sentences * 3 <= len(lines)


def tabbed_table(lines: Sequence[str]) -> str:
    """A table whose columns the copy kept apart with tabs; empty where it is none."""
    if not _has_columns(lines):
        return ""
    rows = list(map(_cells, lines))
    first, *others = map(_row, rows)
    rule = _row(["---"] * len(rows[0]))
    return "\n".join([first, rule, *others])


def _has_columns(lines: Sequence[str]) -> bool:
    """Whether there are at least two lines, and tabs in them, in each as many."""
    tabs = {line.count("\t") for line in lines}
    return len(lines) > 1 and len(tabs) == 1 and 0 not in tabs


def _cells(line: str) -> list[str]:
    return [inline(cell).replace("|", "\\|") for cell in line.split("\t")]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
