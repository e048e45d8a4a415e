"""Lines of an answer that were a table before the copy."""

import re
from collections.abc import Sequence

from .inline import inline
from .prose import ends_sentence

CAPTION = re.compile(r"\btables?\b.*:\Z", re.IGNORECASE)


def is_caption(text: str) -> bool:
    return bool(CAPTION.search(text))


def are_rows(lines: Sequence[str]) -> bool:
    """Lines that are no sentences: most of them, and the first."""
    if len(lines) < 2 or ends_sentence(lines[0]):
        return False
    sentences = list(filter(ends_sentence, lines))
    return (len(lines) - len(sentences)) * 3 >= len(lines) * 2


def tabbed_table(lines: Sequence[str]) -> str:
    """A table whose columns the copy kept apart with tabs; empty where it is none."""
    tabs = {line.count("\t") for line in lines}
    if len(lines) < 2 or len(tabs) > 1 or 0 in tabs:
        return ""
    rows = list(map(_cells, lines))
    first, *others = map(_row, rows)
    rule = _row(["---"] * len(rows[0]))
    return "\n".join([first, rule, *others])


def _cells(line: str) -> list[str]:
    return [inline(cell).replace("|", "\\|") for cell in line.split("\t")]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
