"""The code blocks of a question file, and what becomes of each."""

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from questions.readers.blocks import Blocks

from .block import CHECK, COMPARED, CONTINUES, NO_RUN, PARSED, PLAIN, RUN, Block

PARSED_LANGUAGES = frozenset({"ini", "jinja", "json", "shell", "toml", "yaml"})
PLAIN_LANGUAGES = frozenset({"dockerfile", "html", "http", "nginx", "sql", "text"})
LANGUAGES = frozenset({*PARSED_LANGUAGES, *PLAIN_LANGUAGES, "python", "output"})

LIVE = (RUN, CONTINUES)
_ONE_LINE_CHECK = re.compile(r"[ \t]*<!--[ \t]*check\b.*-->")


class _Enclosed(NamedTuple):
    """What a fence or a comment encloses. `code` is None where it does not end."""

    line: int
    opener: str
    code: str | None


def code_blocks(text: str) -> Iterator[Block]:
    """Every fence of a Markdown text and every comment that holds checks, each with its verdict."""
    previous = previous_python = ""
    for line, opener, code in _enclosed(text):
        language, rest = _announcement(opener)
        if not language:
            continue
        verdict, why = "", "this block does not end."
        if code is not None:
            verdict, why = _verdict(language, rest, previous, previous_python)
        yield Block(line=line, language=language, code=code or "", verdict=verdict, why=why)
        previous = verdict
        if language == "python":
            previous_python = verdict


def _enclosed(text: str) -> Iterator[_Enclosed]:
    """A block is what the reader of question files takes for one."""
    state = Blocks()
    opener, begin, code = "", 0, list[str]()
    for number, line in enumerate(text.split("\n"), 1):
        closer = state.closer
        state.level(line)
        if state.closer and not closer:
            opener, begin, code = line, number + 1, []
        elif state.closer:
            code.append(line)
        elif closer:
            code += _code_before_end(line, closer)
            yield _Enclosed(begin, opener, _dedented(code))
        elif _ONE_LINE_CHECK.match(line):
            yield _Enclosed(number, line, "")
    if state.closer:
        yield _Enclosed(begin, opener, None)


def _code_before_end(line: str, closer: str) -> list[str]:
    """What stands before the end of a comment on its last line."""
    rest = line.partition("-->")[0].strip()
    return [rest] if closer == "-->" and rest else []


def _dedented(lines: list[str]) -> str:
    return textwrap.dedent("".join(f"{line}\n" for line in lines))


def _announcement(opener: str) -> tuple[str, str]:
    """The language of a fence, and the rest of the line that opens it.

    For a comment with checks "check" and the rest, for any other comment nothing.
    """
    opener = opener.strip()
    if not opener.startswith("<!--"):
        language, _, rest = opener.strip(" \t-*+>`~").partition(" ")
        return language or "no language", rest.strip()
    comment = opener.removeprefix("<!--").strip()
    return ("check", comment) if comment.split()[:1] == ["check"] else ("", "")


def _verdict(language: str, rest: str, previous: str, previous_python: str) -> tuple[str, str]:
    """The verdict and why, given the verdicts of the block and of the Python block before."""
    if language == "python":
        return _python_verdict(rest, previous_python)
    if language == "check":
        return _check_verdict(rest, previous)
    if rest or language not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        return "", f'"{language} {rest}" says nothing known of a block. Languages are {known}.'
    if language == "output":
        return _output_verdict(previous)
    return (PARSED if language in PARSED_LANGUAGES else PLAIN), ""


def _python_verdict(rest: str, previous_python: str) -> tuple[str, str]:
    if rest == "":
        return RUN, ""
    if rest == "continues":
        return _continues_verdict(previous_python)
    name, _, why = rest.partition(":")
    if name != "no-run":
        known = "Write python, python continues, or python no-run: the reason."
        return "", f'"python {rest}" is not known. {known}'
    if not why.strip():
        return "", "a Python block that is not run says why: python no-run: the reason."
    return NO_RUN, why.strip()


def _continues_verdict(previous_python: str) -> tuple[str, str]:
    if previous_python in LIVE:
        return CONTINUES, ""
    return "", "no Python block before it runs, so there is none to continue."


def _check_verdict(rest: str, previous: str) -> tuple[str, str]:
    if rest != "check":
        return "", "checks begin on the line below <!-- check and end on the line above -->."
    if previous in (*LIVE, CHECK):
        return CHECK, ""
    return "", "checks stand right below the Python block that they check."


def _output_verdict(previous: str) -> tuple[str, str]:
    if previous in (*LIVE, CHECK):
        return COMPARED, ""
    return "", "no Python block right before it can have printed this output."
