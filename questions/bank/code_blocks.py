"""The code blocks of a question file, and what becomes of each."""

import re
import textwrap
from collections.abc import Iterator
from typing import NamedTuple

from .code_block import CHECK, COMPARED, CONTINUES, LIVE, NO_RUN, PARSED, PLAIN, RUN, CodeBlock
from .lines import PageLine, page_lines

PARSED_LANGUAGES = frozenset({"ini", "jinja", "json", "shell", "toml", "yaml"})
PLAIN_LANGUAGES = frozenset({"dockerfile", "html", "http", "nginx", "sql", "text"})
LANGUAGES = frozenset({*PARSED_LANGUAGES, *PLAIN_LANGUAGES, "python", "output"})

_ONE_LINE_CHECK = re.compile(r"[ \t]*<!--[ \t]*check\b.*-->")


class _Enclosed(NamedTuple):
    """What a fence or a comment encloses. `code` is None where it does not end."""

    line: int
    opener: str
    code: str | None


def code_blocks(text: str) -> Iterator[CodeBlock]:
    """Every fence of a Markdown text and every comment that holds checks, each with its verdict."""
    previous = previous_python = ""
    for line, opener, code in _enclosed(text):
        language, rest = _announcement(opener)
        if not language:
            continue
        verdict, why = _verdict(language, rest, previous, previous_python)
        if code is None:
            verdict, why = "", "this block does not end."
        yield CodeBlock(line=line, language=language, code=code or "", verdict=verdict, why=why)
        previous = verdict
        if language == "python":
            previous_python = verdict


def blocks_with(text: str, *verdicts: str) -> list[CodeBlock]:
    return [block for block in code_blocks(text) if block.verdict in verdicts]


def unknown_blocks(text: str) -> list[tuple[int, str]]:
    """Pairs of a line and why nothing becomes of the block there."""
    return [(block.line, block.why) for block in blocks_with(text, "")]


def shown_blocks(text: str) -> list[CodeBlock]:
    """Those that readers see."""
    return [block for block in code_blocks(text) if block.language != CHECK]


def _enclosed(text: str) -> Iterator[_Enclosed]:
    """A block is what the reader of question files takes for one."""
    opener = None
    code: list[str] = []
    for line in page_lines(text):
        if line.is_opener:
            opener, code = line, []
        elif line.is_inside:
            code.append(line.text)
        elif opener and line.is_closer:
            yield _Enclosed(opener.number + 1, opener.text, _code(code, line))
            opener = None
        elif _ONE_LINE_CHECK.match(line.text):
            yield _Enclosed(line.number, line.text, "")
    if opener:
        yield _Enclosed(opener.number + 1, opener.text, None)


def _code(lines: list[str], closer: PageLine) -> str:
    """With what stands before the end of a comment on its last line."""
    if closer.before == "-->":
        rest = closer.text.partition("-->")[0].strip()
        lines = [*lines, rest] if rest else lines
    return textwrap.dedent("".join(f"{line}\n" for line in lines))


def _announcement(opener: str) -> tuple[str, str]:
    """The language of a fence, and the rest of the line that opens it.

    For a comment with checks "check" and the rest, for any other comment nothing.
    """
    opener = opener.strip()
    if opener.startswith("<!--"):
        return _announcement_of_comment(opener.removeprefix("<!--").strip())
    language, _, rest = opener.strip(" \t-*+>`~").partition(" ")
    return language or "no language", rest.strip()


def _announcement_of_comment(comment: str) -> tuple[str, str]:
    return ("check", comment) if comment.split()[:1] == ["check"] else ("", "")


def _verdict(language: str, rest: str, previous: str, previous_python: str) -> tuple[str, str]:
    """The verdict and why, given the verdicts of the block and of the Python block before."""
    if language == "python":
        return _python_verdict(rest, previous_python)
    if language == "check":
        return _check_verdict(rest, previous)
    return _other_verdict(language, rest, previous)


def _python_verdict(rest: str, previous_python: str) -> tuple[str, str]:
    if rest == "":
        return RUN, ""
    if rest == "continues":
        why = "no Python block before it runs, so there is none to continue."
        return _verdict_after(previous_python, LIVE, CONTINUES, why)
    name, _, why = rest.partition(":")
    if name == "no-run":
        return _no_run_verdict(why.strip())
    known = "Write python, python continues, or python no-run: the reason."
    return "", f'"python {rest}" is not known. {known}'


def _no_run_verdict(why: str) -> tuple[str, str]:
    if why:
        return NO_RUN, why
    return "", "a Python block that is not run says why: python no-run: the reason."


def _check_verdict(rest: str, previous: str) -> tuple[str, str]:
    if rest != "check":
        return "", "checks begin on the line below <!-- check and end on the line above -->."
    why = "checks stand right below the Python block that they check."
    return _verdict_after(previous, (*LIVE, CHECK), CHECK, why)


def _other_verdict(language: str, rest: str, previous: str) -> tuple[str, str]:
    if rest or language not in LANGUAGES:
        known = ", ".join(sorted(LANGUAGES))
        return "", f'"{language} {rest}" says nothing known of a block. Languages are {known}.'
    if language == "output":
        why = "no Python block right before it can have printed this output."
        return _verdict_after(previous, (*LIVE, CHECK), COMPARED, why)
    return (PARSED if language in PARSED_LANGUAGES else PLAIN), ""


def _verdict_after(
    previous: str,
    allowed: tuple[str, ...],
    verdict: str,
    why: str,
) -> tuple[str, str]:
    """The verdict where the block before has one that is allowed, else why there is none."""
    return (verdict, "") if previous in allowed else ("", why)
