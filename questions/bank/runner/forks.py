"""Runs many variants of one file in children of one interpreter, which has imported for all."""

import ast
import contextlib
import importlib
import json
import os
import select
import signal
import tempfile
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

Task = dict[str, Any]


def run_forked(run: Callable[[Task], Any], tasks: Sequence[Task], seconds: float) -> list[Any] | None:
    """The result of each task, None for one that failed to give any.

    None at all where an import has started a thread, which the children would miss.
    """
    for module in _imports(tasks):
        with contextlib.suppress(Exception, SystemExit):
            importlib.import_module(module)
    if threading.active_count() > 1:
        return None
    return [_run_in_child(run, task, seconds) for task in tasks]


def _imports(tasks: Sequence[Task]) -> list[str]:
    """What the first task imports: the others differ from it little."""
    found: list[str] = []
    for block in tasks[0]["blocks"]:
        if block["language"] in ("python", "check"):
            found += _imports_of_code(block["code"])
    return found


def _imports_of_code(code: str) -> list[str]:
    found: list[str] = []
    with contextlib.suppress(SyntaxError):
        for node in ast.walk(ast.parse(code)):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.append(node.module)
    return found


def _run_in_child(run: Callable[[Task], Any], task: Task, seconds: float) -> Any:
    with tempfile.TemporaryDirectory() as home:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(reader)
            _give_result(run, task, home, writer)
        os.close(writer)
        result = _take_result(reader, seconds)
        # Whatever it started ends with it.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(reader)
    return json.loads(result) if result else None


def _give_result(run: Callable[[Task], Any], task: Task, home: str, writer: int) -> None:
    """In the child, which does not come back."""
    try:
        _begin_child(home)
        result = json.dumps(run(task)).encode()
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(result)
    finally:
        os._exit(0)


def _begin_child(home: str) -> None:
    os.setsid()
    folder = Path(home, "example")
    folder.mkdir()
    os.chdir(folder)
    os.environ.update(HOME=home, TMPDIR=home)
    tempfile.tempdir = None
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)


def _take_result(reader: int, seconds: float) -> bytes:
    """All that the child says, nothing if it takes too long."""
    result = b""
    while select.select([reader], [], [], seconds)[0]:
        part = os.read(reader, 65536)
        if not part:
            return result
        result += part
    return b""
