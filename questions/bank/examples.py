"""Runs the examples of a question file: with their checks, and the visible code alone."""

import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from .code_block import LIVE, RUN
from .code_blocks import blocks_with, code_blocks, unknown_blocks
from .interpreter import SECONDS, RunError, run_task
from .problem import Problem, problems_of
from .visible import visible_text


@dataclass(slots=True)
class Run:
    """What failed, and the words of the page that the checks quoted."""

    problems: list[Problem] = field(default_factory=list)
    quotes: list[str] = field(default_factory=list)


def run_file(path: Path) -> Run:
    """A line that fails both with the checks and alone is told once."""
    run = run_blocks(path)
    lines = {problem.line for problem in run.problems}
    run.problems += [problem for problem in run_units(path) if problem.line not in lines]
    return run


def run_blocks(path: Path, *, seconds: float = SECONDS) -> Run:
    """In a new interpreter, in an empty folder and without a network.

    A block is executed in a module named `example`; a continuation and the checks share the
    module of the block before.
    """
    text = path.read_text(encoding="utf-8")
    run = Run(problems_of(path, unknown_blocks(text)))
    with tempfile.TemporaryDirectory() as home:
        result = _result(path, block_task(path, text), home, seconds)
    run.problems += result.problems
    run.quotes = result.quotes
    return run


def block_task(path: Path, text: str) -> dict[str, Any]:
    return {
        "kind": "blocks",
        "file": str(path),
        "page": visible_text(text).text,
        "blocks": [asdict(block) for block in code_blocks(text) if block.verdict],
    }


def run_units(path: Path, *, seconds: float = SECONDS) -> list[Problem]:
    """What fails of the visible code when somebody copies it.

    A unit is a block with its continuations. It runs as a script in a new interpreter, twice in
    one folder that is empty at first.
    """
    problems: list[Problem] = []
    for script in unit_scripts(path.read_text(encoding="utf-8")):
        with tempfile.TemporaryDirectory() as home:
            problems += _run_twice(path, script, home, seconds)
    return problems


def unit_scripts(text: str) -> list[str]:
    """Each line has the number that it has in the file."""
    scripts: list[str] = []
    for block in blocks_with(text, *LIVE):
        if block.verdict == RUN:
            scripts.append("")
        missing = block.line - 1 - scripts[-1].count("\n")
        scripts[-1] += "\n" * missing + block.code
    return scripts


def _run_twice(path: Path, script: str, home: str, seconds: float) -> list[Problem]:
    for time in ("alone", "alone a second time"):
        problems = _result(path, {"kind": "script", "script": script}, home, seconds).problems
        if problems:
            return [Problem(file, line, f"{time}: {why}") for file, line, why in problems]
    return []


def _result(path: Path, task: dict[str, Any], home: str, seconds: float) -> Run:
    try:
        result = run_task(task, home, seconds)
    except RunError as error:
        return Run([Problem(str(path), 1, str(error))])
    return Run(problems_of(path, result["failures"]), result.get("quotes", []))
