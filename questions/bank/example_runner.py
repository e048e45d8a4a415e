"""Runs the code blocks of one file.

Takes JSON on standard input and gives the failures as JSON in the last line of standard output.
A script for a fresh interpreter, which `questions.bank.examples` starts. Nothing imports it, and
it imports nothing of ours.
"""

import ast
import configparser
import contextlib
import importlib
import io
import json
import subprocess
import sys
import tomllib
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

NETWORK = (
    "socket.bind",
    "socket.connect",
    "socket.getaddrinfo",
    "socket.gethostbyname",
    "socket.sendto",
)
# What is worth nothing once the block before it has failed.
DEPENDENT = ("continues", "check", "compared")


def refuse_network(event: str, _: object) -> None:
    if event in NETWORK:
        raise PermissionError(f"examples have no network ({event})")


def parse_ini(code: str) -> None:
    configparser.ConfigParser(interpolation=None).read_string(code)


def parse_jinja(code: str) -> None:
    importlib.import_module("jinja2").Environment(autoescape=True).parse(code)


def parse_shell(code: str) -> None:
    """Reads the lines and executes none of them."""
    done = subprocess.run(
        ["sh", "-n"],  # noqa: S607
        input=code,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise SyntaxError(done.stderr.strip())


def parse_yaml(code: str) -> None:
    importlib.import_module("yaml").safe_load(code)


PARSERS: dict[str, Callable[[str], object]] = {
    "ini": parse_ini,
    "jinja": parse_jinja,
    "json": json.loads,
    "shell": parse_shell,
    "toml": tomllib.loads,
    "yaml": parse_yaml,
}


class AssertionMarker(ast.NodeTransformer):
    """Marks each assertion, so that one in a branch that is never taken does not pass for proof."""

    def __init__(self) -> None:
        self.unreached: set[int] = set()

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        self.unreached.add(node.lineno)
        mark = ast.copy_location(ast.parse(f"__reached__({node.lineno})").body[0], node)
        return [ast.fix_missing_locations(mark), node]


class Run:
    """One file: the module that its blocks run in, its last output, and its assertions."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.module = types.ModuleType("example")
        self.printed = ""
        self.marker = AssertionMarker()

    def failures(self, blocks: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
        """After a failure, the blocks that build on the one that failed are left out."""
        is_broken = has_failed = False
        for block in blocks:
            if is_broken and block["verdict"] in DEPENDENT:
                continue
            failure = self.failure(block)
            is_broken = failure is not None
            if failure:
                has_failed = True
                yield failure
        if not has_failed:
            yield from self.unreached_assertions()

    def failure(self, block: dict[str, Any]) -> tuple[int, str] | None:
        try:
            self.run_block(**block)
        except (Exception, SystemExit) as error:
            return self.line_of(error, block["line"]), self.reason(error, block)
        return None

    def unreached_assertions(self) -> Iterator[tuple[int, str]]:
        for line in sorted(self.marker.unreached):
            yield line, "this assertion is never reached."

    def run_block(self, *, line: int, language: str, code: str, verdict: str, **_: str) -> None:
        match verdict:
            case "run":
                self.begin_module()
                self.printed = self.execute(code, line)
            case "continues":
                self.printed = self.execute(code, line)
            case "check":
                self.execute(code, line)
            case "compared":
                self.compare_output(code)
            case "not run":
                compile(code, self.file, "exec")
            case "parsed":
                PARSERS[language](code)

    def begin_module(self) -> None:
        self.module = types.ModuleType("example")
        self.module.__file__ = str(Path.cwd() / "example.py")
        self.module.__dict__["__reached__"] = self.marker.unreached.discard
        sys.modules["example"] = self.module

    def execute(self, code: str, line: int) -> str:
        """What the code printed."""
        # The blank lines give each statement the number that it has in the file.
        tree = self.marker.visit(ast.parse("\n" * (line - 1) + code, self.file))
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(tree, self.file, "exec"), self.module.__dict__)  # noqa: S102
        return printed.getvalue()

    def compare_output(self, expected: str) -> None:
        if expected != self.printed:
            raise ValueError(f"the page says {expected!r}, and the block printed {self.printed!r}")

    def line_of(self, error: BaseException, default: int) -> int:
        """The deepest line of the file that the error passed through."""
        if isinstance(error, SyntaxError) and error.filename == self.file and error.lineno:
            return error.lineno
        for frame in reversed(traceback.extract_tb(error.__traceback__)):
            if frame.filename == self.file:
                return frame.lineno or default
        return default

    def reason(self, error: BaseException, block: dict[str, Any]) -> str:
        """The kind of error and its message; of an assertion without a message, its line."""
        message = str(error)
        at = self.line_of(error, block["line"]) - block["line"]
        if isinstance(error, AssertionError) and not message and at >= 0:
            message = block["code"].splitlines()[at].strip()
        return f"{type(error).__name__}: {message}"


def main() -> None:
    task = json.load(sys.stdin)
    sys.addaudithook(refuse_network)
    warnings.filterwarnings("error", module=r"example\Z")
    failures = list(Run(task["file"]).failures(task["blocks"]))
    sys.stdout.write(f"\n{json.dumps(failures)}\n")


if __name__ == "__main__":
    main()
