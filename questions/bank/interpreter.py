"""An interpreter of its own for the examples of a file: nothing of this one's is seen there."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

SECONDS = 60

_ROOT = Path(__file__).parents[2]
# The project is found while the runner is imported, and not while the examples run.
_START = """
import sys
sys.path.insert(0, sys.argv.pop())
from questions.bank.runner.main import main
del sys.path[0]
main()
"""


class RunError(Exception):
    """The interpreter ended early or took too long."""


def run_task(task: dict[str, Any], home: str, seconds: float = SECONDS) -> Any:
    """What the runner makes of a task, in the folder `example` of a home, without a network."""
    folder = Path(home, "example")
    folder.mkdir(exist_ok=True)
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-B", "-c", _START, str(_ROOT)],
            input=json.dumps(task),
            cwd=folder,
            env=_environment(home),
            timeout=seconds,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RunError(f"its examples took longer than {seconds} seconds.") from None
    return _result(done)


def _environment(home: str) -> dict[str, str]:
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": home,
        "TMPDIR": home,
        "LANG": "C.UTF-8",
        "TZ": "UTC",
    }


def _result(done: subprocess.CompletedProcess[str]) -> Any:
    if done.returncode == 0:
        return json.loads(_last_line(done.stdout))
    said = _last_line(done.stderr.strip()) or "no message"
    status = f"the interpreter of its examples ended with status {done.returncode}"
    raise RunError(f"{status}: {said}")


def _last_line(text: str) -> str:
    return (text.splitlines() or [""])[-1]
