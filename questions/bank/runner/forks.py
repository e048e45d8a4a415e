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


def run_forked(
    run: Callable[[Task], Any],
    tasks: Sequence[Task],
    seconds: float,
) -> list[Any] | None:
    """The result of each task, None for one that failed to give any.

    None at all where an import has started a thread, which the children would miss.
    """
    # The other tasks differ little from the first.
    for block in tasks[0]["blocks"]:
        if block["language"] in ("python", "check"):
            _import_for(block["code"])
    if threading.active_count() > 1:
        return None
    return [_run_in_child(run, task, seconds) for task in tasks]


def _import_for(code: str) -> None:
    with contextlib.suppress(SyntaxError):
        for node in ast.walk(ast.parse(code)):
            for module in _imported_modules(node):
                with contextlib.suppress(Exception, SystemExit):
                    importlib.import_module(module)


def _imported_modules(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


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
