"""The code blocks of a question file: what becomes of each, and running them in an interpreter of their own."""

import json
import os
import re
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from questions.readers.blocks import Blocks

RUN, CONTINUES, CHECK, NO_RUN = "run", "continues", "check", "not run"
COMPARED, PARSED, PLAIN = "compared", "parsed", "plain"
PARSED_LANGUAGES = frozenset({"ini", "jinja", "json", "shell", "toml", "yaml"})
PLAIN_LANGUAGES = frozenset({"dockerfile", "html", "http", "nginx", "sql", "text"})

RUNNER = Path(__file__).with_name("example_runner.py")
SECONDS = 60

_LIVE = (RUN, CONTINUES)
_RUN_LANGUAGES = ("python", "output")
_LONE_CHECK = re.compile(r"[ \t]*<!--[ \t]*check\b.*-->")


class Problem(NamedTuple):
    """`line` is counted from 1."""

    file: str
    line: int
    why: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A fenced block or a check comment. `line` is that of its first line of code, counted from 1.

    `why` is the reason not to run it, or, where the verdict is empty, what is wrong with it.
    """

    line: int
    language: str
    code: str
    verdict: str
    why: str = ""


def blocks(text: str) -> Iterator[Block]:
    """Every fence of a Markdown text and every comment that holds checks, each with its verdict."""
    previous = python = ""
    for line, opener, code in _enclosed(text):
        language, rest = _announced(opener)
        if not language:
            continue
        verdict, why = (
            _verdict(language, rest, previous, python) if code is not None else ("", "this block does not end.")
        )
        yield Block(line=line, language=language, code=code or "", verdict=verdict, why=why)
        previous = verdict
        python = verdict if language == "python" else python


def run(path: Path, *, seconds: int = SECONDS) -> list[Problem]:
    """Runs the blocks of a file in a new interpreter, in an empty folder and without a network. What failed, by line.

    A block is executed in a module named `example`; a continuation and the checks share the module of the block before.
    """
    found = list(blocks(path.read_text(encoding="utf-8")))
    unknown = [Problem(str(path), block.line, block.why) for block in found if not block.verdict]
    task = json.dumps({"file": str(path), "blocks": [asdict(block) for block in found if block.verdict]})
    with tempfile.TemporaryDirectory() as home:
        here = Path(home, "example")
        here.mkdir()
        environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": home,
            "TMPDIR": home,
            "LANG": "C.UTF-8",
            "TZ": "UTC",
        }
        command = [sys.executable, "-I", "-B", str(RUNNER)]
        try:
            done = subprocess.run(  # noqa: S603
                command,
                input=task,
                cwd=here,
                env=environment,
                timeout=seconds,
                capture_output=True,
                encoding="utf-8",
                check=False,
            )
        except subprocess.TimeoutExpired:
            return [*unknown, Problem(str(path), 1, f"its examples took longer than {seconds} seconds.")]
    return unknown + _failures(path, done)


def _failures(path: Path, done: subprocess.CompletedProcess[str]) -> list[Problem]:
    last = (done.stdout.splitlines() or [""])[-1]
    if done.returncode or not last.startswith("["):
        said = (done.stderr.strip().splitlines() or ["no message"])[-1]
        return [Problem(str(path), 1, f"the interpreter of its examples ended with status {done.returncode}: {said}")]
    return [Problem(str(path), line, why) for line, why in json.loads(last)]


def _enclosed(text: str) -> Iterator[tuple[int, str, str | None]]:
    """The number of the first line inside, the line that opens it, and the code, which is None where it does not end.

    What a block is, is what the reader of question files takes for one.
    """
    state, opener, begin, code = Blocks(), "", 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        inside = state.closer
        state.level(line)
        if inside and state.closer:
            code.append(line)
        elif inside:
            last = line.partition("-->")[0].strip() if inside == "-->" else ""
            code += [last] * bool(last)
            yield begin, opener, textwrap.dedent("".join(f"{each}\n" for each in code))
        elif state.closer:
            opener, begin, code = line, number + 1, []
        elif _LONE_CHECK.match(line):
            yield number, line, ""
    if state.closer:
        yield begin, opener, None


def _announced(opener: str) -> tuple[str, str]:
    """Language and what else a fence says; "check" and what else for a comment with checks, nothing for another."""
    comment = opener.strip().removeprefix("<!--")
    if comment == opener.strip():
        language, _, rest = opener.strip(" \t-*+>`~").partition(" ")
        return language or "no language", rest.strip()
    return ("check", comment.strip()) if comment.split()[:1] == ["check"] else ("", "")


def _verdict(language: str, rest: str, previous: str, python: str) -> tuple[str, str]:
    """`previous` is the verdict of the block before, `python` that of the Python block before."""
    if language == "python":
        return _python_verdict(rest, python)
    if language == "check":
        return _check_verdict(rest, previous)
    if rest or language not in {*PARSED_LANGUAGES, *PLAIN_LANGUAGES, "output"}:
        known = ", ".join(sorted({*PARSED_LANGUAGES, *PLAIN_LANGUAGES, *_RUN_LANGUAGES}))
        return "", f'"{language} {rest}" says nothing known of a block. Languages are {known}.'
    if language == "output":
        after = previous in (*_LIVE, CHECK)
        return (COMPARED, "") if after else ("", "no Python block right before it can have printed this output.")
    return (PARSED if language in PARSED_LANGUAGES else PLAIN), ""


def _python_verdict(rest: str, python: str) -> tuple[str, str]:
    name, _, why = rest.partition(":")
    if name == "no-run" and why.strip():
        return NO_RUN, why.strip()
    if name == "no-run":
        return "", "a Python block that is not run says why: python no-run: the reason."
    if rest == "continues" and python not in _LIVE:
        return "", "no Python block before it runs, so there is none to continue."
    if rest not in {"", "continues"}:
        return "", f'"python {rest}" is not known. Write python, python continues, or python no-run: the reason.'
    return (CONTINUES if rest else RUN), ""


def _check_verdict(rest: str, previous: str) -> tuple[str, str]:
    if rest != "check":
        return "", "checks begin on the line below <!-- check and end on the line above -->."
    if previous not in (*_LIVE, CHECK):
        return "", "checks stand right below the Python block that they check."
    return CHECK, ""
