"""Compares what a page says a block prints with what it printed."""

from difflib import unified_diff
from itertools import zip_longest

from .failures import Failure


class OutputError(Exception):
    """At its first differing line, with all differences."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.why)
        self.failure = failure


def compare_output(expected: str, printed: str, first_line: int) -> None:
    """`first_line` is the number of the first line of the expected output in its file."""
    if expected != printed:
        page, run = expected.split("\n"), printed.split("\n")
        line = first_line + _first_difference(page, run)
        why = f"the block printed something else:\n{_difference(page, run)}"
        raise OutputError(Failure(line, why))


def _first_difference(page: list[str], run: list[str]) -> int:
    pairs = zip_longest(page, run)
    return next(at for at, (expected, printed) in enumerate(pairs) if expected != printed)


def _difference(page: list[str], run: list[str]) -> str:
    """A unified one, of all lines, and so without places."""
    context = len(page) + len(run)
    lines = unified_diff(page, run, "page", "printed", lineterm="", n=context)
    return "\n".join(line for line in lines if not line.startswith("@@")).rstrip()
