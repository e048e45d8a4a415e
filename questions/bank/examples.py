"""Runs the code blocks of a question file in an interpreter of their own."""

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

from .code_blocks import code_blocks
from .problem import Problem

RUNNER = Path(__file__).with_name("example_runner.py")
SECONDS = 60


def run(path: Path, *, seconds: float = SECONDS) -> list[Problem]:
    """What fails, by line, in a new interpreter, in an empty folder and without a network.

    A block is executed in a module named `example`; a continuation and the checks share the
    module of the block before.
    """
    blocks = list(code_blocks(path.read_text(encoding="utf-8")))
    problems = [Problem(str(path), block.line, block.why) for block in blocks if not block.verdict]
    task = {"file": str(path), "blocks": [asdict(block) for block in blocks if block.verdict]}
    try:
        done = _interpreter(json.dumps(task), seconds)
    except subprocess.TimeoutExpired:
        late = Problem(str(path), 1, f"its examples took longer than {seconds} seconds.")
        return [*problems, late]
    return problems + _failures(path, done)


def _interpreter(task: str, seconds: float) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as home:
        folder = Path(home, "example")
        folder.mkdir()
        return subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-B", str(RUNNER)],
            input=task,
            cwd=folder,
            env=_environment(home),
            timeout=seconds,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )


def _environment(home: str) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }


def _failures(path: Path, done: subprocess.CompletedProcess[str]) -> list[Problem]:
    last = _last_line(done.stdout)
    if done.returncode or not last.startswith("["):
        said = _last_line(done.stderr.strip()) or "no message"
        status = f"the interpreter of its examples ended with status {done.returncode}"
        return [Problem(str(path), 1, f"{status}: {said}")]
    return [Problem(str(path), line, why) for line, why in json.loads(last)]


def _last_line(text: str) -> str:
    return (text.splitlines() or [""])[-1]
