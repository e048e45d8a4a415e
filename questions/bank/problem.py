"""What is wrong, and where."""

from typing import NamedTuple


class Problem(NamedTuple):
    """`line` is counted from 1."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"
