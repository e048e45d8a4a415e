"""What is wrong, and where."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple


class Problem(NamedTuple):
    """`line` is counted from 1."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


def problems_of(path: Path, found: Iterable[tuple[int, str]]) -> list[Problem]:
    """Pairs of a line and what is wrong there, as problems of a file."""
    return [Problem(str(path), line, why) for line, why in found]
