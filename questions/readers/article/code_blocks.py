"""Lines that are code together: a run of statements, YAML, markup, a drawing of folders."""

import re
from collections.abc import Sequence

from .code_lines import LINE_LIMIT, is_comment, is_strong, is_weak, open_brackets

# A bullet or a step: no language has such lines, a hyphen or an asterisk may be code.
LISTED = re.compile(r"[ \t]*(?:[\u2022\u25e6\u25aa\u25cf]|[0-9]{1,3}[.)])[ \t]+\S")
PROMPTS = (">>> ", "$ ")
YAML_LINE = re.compile(r"\s*(?:- )?[\"']?[\w./@-]+[\"']?:(?:\s+\S.*)?\Z|\s*- \S.*\Z|\s*#")
YAML_BELOW = re.compile(r"\s+(?:- )?[\w.-]+:")
TAG = re.compile(r"<(?:!doctype|[A-Za-z][\w-]*)(?: [^<>]{0,200})?>", re.IGNORECASE)
END_TAG = re.compile(r"\s*(?:[^<>]{0,200})</[A-Za-z][\w-]*>\Z")
TREE_LINE = re.compile(r"\s*[\w./@*-]+/?(?:\s+(?:#|<-|\u2190).*)?\Z")
BOX = re.compile(r"\s*[\u2502\u251c\u2514|+`][\s\u2502\u251c\u2514\u2500|`+-]*[\u2500-]")
INDENTED = re.compile(r"[ \t]")


def is_code(lines: Sequence[str], *, after_code: bool) -> bool:
    """Whether a run of lines without a blank one is code.

    `after_code`: it follows a block of code.
    """
    if any(map(LISTED.match, lines)):
        return False
    if after_code and all(map(_goes_on_with_code, lines)):
        return True
    return any(is_kind(lines) for is_kind in KINDS_OF_CODE)


def is_yaml(lines: Sequence[str]) -> bool:
    """Keys below a key; a list of prose items below a caption has no key."""
    if not _are_short_lines(lines) or not _begins_yaml(lines[0]):
        return False
    return _has_keys_below_keys(lines)


def is_markup(lines: Sequence[str]) -> bool:
    """Lines from a tag to its end; the text of a page may stand between at any indentation."""
    if len(lines) < 3 or not TAG.match(lines[0]):
        return False
    return bool(END_TAG.match(lines[-1]))


def is_tree(lines: Sequence[str]) -> bool:
    """A drawing of folders and files."""
    if not _are_short_lines(lines):
        return False
    return _is_mostly(BOX, lines) or _is_indented_tree(lines)


def code_run(lines: Sequence[str], start: int = 0) -> int:
    """How many lines from `start` on are code.

    Open brackets carry over the lines inside them.
    """
    depth = 0
    for place in range(start, len(lines)):
        line = lines[place]
        if not _is_code_line(line, depth):
            return place - start
        depth = max(0, depth + open_brackets(line))
    return len(lines) - start


def _is_code_line(line: str, depth: int) -> bool:
    if LISTED.match(line):
        return False
    return depth > 0 or _is_strong_or_weak(line)


def _is_strong_or_weak(line: str) -> bool:
    return is_strong(line) or is_weak(line)


def _has_prompt(lines: Sequence[str]) -> bool:
    return lines[0].startswith(PROMPTS)


def _is_program(lines: Sequence[str]) -> bool:
    return any(map(is_strong, lines)) and code_run(lines) == len(lines)


def _goes_on_with_code(line: str) -> bool:
    return bool(INDENTED.match(line)) or is_comment(line)


def _begins_yaml(line: str) -> bool:
    return line[0].islower() or line.startswith(("- ", "#"))


def _has_keys_below_keys(lines: Sequence[str]) -> bool:
    return all(map(YAML_LINE.match, lines)) and any(map(YAML_BELOW.match, lines))


def _are_short_lines(lines: Sequence[str]) -> bool:
    return len(lines) > 1 and max(map(len, lines)) <= LINE_LIMIT


def _is_indented_tree(lines: Sequence[str]) -> bool:
    if not all(map(TREE_LINE.match, lines)):
        return False
    return _is_mostly(INDENTED, lines[1:]) and "/" in "".join(lines)


def _is_mostly(pattern: re.Pattern[str], lines: Sequence[str]) -> bool:
    """Whether at least every other line begins as a pattern says."""
    matching = list(filter(pattern.match, lines))
    return len(matching) * 2 >= len(lines)


KINDS_OF_CODE = (is_tree, is_yaml, is_markup, _has_prompt, _is_program)
