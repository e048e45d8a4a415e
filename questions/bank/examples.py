"""Runs the examples of a question file: all blocks with their checks, and the visible code alone."""

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .block import CONTINUES, RUN, Block
from .code_blocks import code_blocks
from .interpreter import SECONDS, RunError, run_task
from .problem import Problem


def run(path: Path) -> list[Problem]:
    """A line that fails in both is told once."""
    problems = run_blocks(path)
    lines = {problem.line for problem in problems}
    return problems + [problem for problem in run_units(path) if problem.line not in lines]


def run_blocks(path: Path, *, seconds: float = SECONDS) -> list[Problem]:
    """What fails, by line, in a new interpreter, in an empty folder and without a network.

    A block is executed in a module named `example`; a continuation and the checks share the
    module of the block before.
    """
    blocks = _blocks(path)
    problems = [Problem(str(path), block.line, block.why) for block in blocks if not block.verdict]
    task = {"file": str(path), "blocks": [asdict(block) for block in blocks if block.verdict]}
    with tempfile.TemporaryDirectory() as home:
        return problems + _failures(path, task, home, seconds)


def run_units(path: Path, *, seconds: float = SECONDS) -> list[Problem]:
    """What fails of the visible code when somebody copies it.

    A unit is a block with its continuations. It runs as a script in a new interpreter, twice in
    one folder that is empty at first.
    """
    problems: list[Problem] = []
    for script in unit_scripts(_blocks(path)):
        with tempfile.TemporaryDirectory() as home:
            problems += _run_twice(path, script, home, seconds)
    return problems


def unit_scripts(blocks: list[Block]) -> list[str]:
    """Each line has the number that it has in the file."""
    scripts: list[str] = []
    for block in blocks:
        if block.verdict == RUN:
            scripts.append("")
        if block.verdict in (RUN, CONTINUES):
            missing = block.line - 1 - scripts[-1].count("\n")
            scripts[-1] += "\n" * missing + block.code
    return scripts


def _run_twice(path: Path, script: str, home: str, seconds: float) -> list[Problem]:
    for time in ("alone", "alone a second time"):
        failures = _failures(path, {"script": script}, home, seconds)
        if failures:
            return [Problem(file, line, f"{time}: {why}") for file, line, why in failures]
    return []


def _failures(path: Path, task: dict[str, Any], home: str, seconds: float) -> list[Problem]:
    try:
        found = run_task(task, home, seconds)
    except RunError as error:
        return [Problem(str(path), 1, str(error))]
    return [Problem(str(path), line, why) for line, why in found]


def _blocks(path: Path) -> list[Block]:
    return list(code_blocks(path.read_text(encoding="utf-8")))
