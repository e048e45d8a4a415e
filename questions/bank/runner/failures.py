"""Where an example failed, and why."""

import traceback
from typing import NamedTuple


class Failure(NamedTuple):
    line: int
    why: str


def failure_of(error: BaseException, file: str, code: str, first_line: int) -> Failure:
    """`code` is the block that failed, and `first_line` the number of its first line."""
    line = _line_of(error, file) or first_line
    message = str(error)
    if isinstance(error, AssertionError) and not message:
        message = _line_at(code, line - first_line)
    return Failure(line, f"{type(error).__name__}: {message}")


def _line_of(error: BaseException, file: str) -> int | None:
    """The deepest line of the file that the error passed through."""
    if isinstance(error, SyntaxError) and error.filename == file:
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    lines = [frame.lineno for frame in frames if frame.filename == file]
    return lines[-1] if lines else None


def _line_at(code: str, at: int) -> str:
    """An error may stand in a block that ran before: then the line is not in this one."""
    return code.splitlines()[at].strip() if at >= 0 else ""
