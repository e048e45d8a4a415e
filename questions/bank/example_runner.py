"""Runs the code blocks of one file: JSON on standard input, the failures as JSON in the last line of standard output.

A script for a fresh interpreter, which `questions.examples` starts. Nothing imports it, and it imports nothing of ours.
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

NETWORK = ("socket.bind", "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto")


def refuse_network(event: str, _: object) -> None:
    if event in NETWORK:
        raise PermissionError(f"examples have no network ({event})")


def parse_shell(code: str) -> None:
    """Reads the lines and executes none of them."""
    done = subprocess.run(["sh", "-n"], input=code, capture_output=True, encoding="utf-8", check=False)  # noqa: S607
    if done.returncode:
        raise SyntaxError(done.stderr.strip())


PARSERS: dict[str, Callable[[str], object]] = {
    "ini": lambda code: configparser.ConfigParser(interpolation=None).read_string(code),
    "jinja": lambda code: importlib.import_module("jinja2").Environment(autoescape=True).parse(code),
    "json": json.loads,
    "shell": parse_shell,
    "toml": tomllib.loads,
    "yaml": lambda code: importlib.import_module("yaml").safe_load(code),
}


class Marked(ast.NodeTransformer):
    """Puts a mark before each assertion, so that one in a branch that is never taken does not pass for proof."""

    def __init__(self) -> None:
        self.waiting: set[int] = set()

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        self.waiting.add(node.lineno)
        mark = ast.copy_location(ast.parse(f"__reached__({node.lineno})").body[0], node)
        return [ast.fix_missing_locations(mark), node]


class Run:
    """One file: the module that its blocks run in, what the last of them printed, and the assertions."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.module = types.ModuleType("example")
        self.printed = ""
        self.asserted = Marked()

    def run(self, blocks: list[dict[str, Any]]) -> Iterator[tuple[int, str]]:
        """After a failure, the blocks that build on the one that failed are left out."""
        broken = failed = False
        for block in blocks:
            broken = broken and block["verdict"] in ("continues", "check", "compared")
            if not broken:
                try:
                    self.one(**block)
                except (Exception, SystemExit) as error:
                    broken = failed = True
                    yield self.place(error, block["line"]), self.why(error, block)
        if not failed:
            yield from ((line, "this assertion is never reached.") for line in sorted(self.asserted.waiting))

    def one(self, *, line: int, language: str, code: str, verdict: str, **_: str) -> None:
        match verdict:
            case "run" | "continues":
                if verdict == "run":
                    self.begin()
                with contextlib.redirect_stdout(io.StringIO()) as printed:
                    self.execute(code, line)
                self.printed = printed.getvalue()
            case "check":
                with contextlib.redirect_stdout(io.StringIO()):
                    self.execute(code, line)
            case "compared" if code != self.printed:
                raise ValueError(f"the page says {code!r}, and the block printed {self.printed!r}")
            case "not run":
                compile(code, self.file, "exec")
            case "parsed":
                PARSERS[language](code)

    def begin(self) -> None:
        self.module = types.ModuleType("example")
        self.module.__file__ = str(Path.cwd() / "example.py")
        self.module.__dict__["__reached__"] = self.asserted.waiting.discard
        sys.modules["example"] = self.module

    def execute(self, code: str, line: int) -> None:
        # The blank lines give each statement the number that it has in the file.
        tree = self.asserted.visit(ast.parse("\n" * (line - 1) + code, self.file))
        exec(compile(tree, self.file, "exec"), self.module.__dict__)  # noqa: S102

    def place(self, error: BaseException, line: int) -> int:
        if isinstance(error, SyntaxError) and error.filename == self.file and error.lineno:
            return error.lineno
        lines = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == self.file]
        return lines[-1] or line if lines else line

    def why(self, error: BaseException, block: dict[str, Any]) -> str:
        """The kind of error and what it says; of an assertion without a message, its line."""
        said = str(error)
        at = self.place(error, block["line"]) - block["line"]
        if isinstance(error, AssertionError) and not said and at >= 0:
            said = block["code"].splitlines()[at].strip()
        return f"{type(error).__name__}: {said}"


def main() -> None:
    task = json.load(sys.stdin)
    sys.addaudithook(refuse_network)
    warnings.filterwarnings("error", module=r"example\Z")
    failures = list(Run(task["file"]).run(task["blocks"]))
    sys.stdout.write(f"\n{json.dumps(failures)}\n")


if __name__ == "__main__":
    main()
