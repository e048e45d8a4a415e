"""The language of a block of code that a copy left without one."""

import re
from collections.abc import Sequence

from .code_blocks import is_tree, is_yaml

# What of a block is looked at.
SAMPLE_LINES, SAMPLE_WIDTH = 100, 200

# The first that fits; a pattern's parts are joined with "or".
LANGUAGES = {
    "console": [r"\A\$ "],
    "php": [r"^<\?php", r"^\s*\$\w+ ?=.*;$"],
    "html+jinja": [r"\A(?=[\s\S]*\{[%{])[\s\S]*^\s*<[!/A-Za-z]", r"^\s*\{%.*%\}"],
    "jsx": [r"^(?:import|const|function|export)\b[\s\S]*^\s*(?:return )?<[A-Za-z]"],
    "html": [
        r"(?i:^\s*<(?:!doctype|/?(?:html|head|body|div|p|span|a|ul|ol|li|form|input|script|link"
        r"|table|button|h[1-6])\b))",
        r"(?i:^\s*<(?:img|template|style|label|select|section|main|nav|header|footer)\b)",
    ],
    "xml": [r"^\s*<(?:\?xml|/?[\w:-]+[^<>]*>)"],
    "python": [
        r"^(?:from [\w.]+ import |>>> |@\w[\w.]*)",
        r"^\s*(?:async )?def \w+\(.*[:,(]$",
        r"^\s*class \w+(?:\(.*\))?:$",
        r"^\s*(?:elif .*:|if .*:|while .*:|try:|else:)$",
        r"^\s*(?:if __name__|except\b.*:$|with .* as \w+:$|for \w[\w, ()]* in .*:$)",
    ],
    "c": [r"^#\s?include\s*[<\"]"],
    "csharp": [r"^using [\w.]+;$", r"Console\.Write"],
    "java": [
        r"^\s*(?:public|private|protected)\s+(?:(?:static|final|abstract)\s+)*[\w<>\[\], ]+"
        r".*[{;]$",
        r"System\.out\.",
        r"^\s*[A-Z]\w* \w+ = ",
    ],
    "go": [r"^package \w+$", r"^\s*func (?:\(\w+ [*\w.]+\) )?\w+\(.*\{$", r":=\s"],
    "rust": [r"^\s*(?:pub )?fn \w+.*\{$", r"\blet mut\b", r"println!"],
    "typescript": [
        r"^\s*(?:export )?(?:interface|type) \w+.*[{=]",
        r"^\s*(?:const|let) \w+: ",
    ],
    "javascript": [
        r"^\s*(?:const|let|var) .*",
        r"^\s*(?:export |async )*function\b",
        r"=>|console\.log|require\(['\"]|^import .*['\"];?$|^\s*\}\);?$",
    ],
    "sql": [
        r"(?i:^\s*(?:select|insert into|update|delete from|create|alter|drop|truncate|grant|with)"
        r" +[\w*\"`].*(?:;|,|\*|from|set|table|as|\())",
        r"(?i:^\s*select$)",
    ],
    "json": [r"\A\s*\{\s*(?:\Z|\"[^\"\n]+\"\s*:)", r"\A\s*\[\s*(?:\{\s*\"|\"|[0-9])"],
    "bash": [
        r"^(?:#!/bin/|sudo |pip3? |npm |npx |yarn |git |curl |wget |apt(?:-get)? |brew |cd |mkdir "
        r"|export \w+=)",
        r"^(?:source |python3? )",
        r"^[a-z][\w.-]*(?: \S+)* --?[a-z]",
    ],
    "css": [r"^ *[.#@*]?\w[\w .#:,>()-]*\{$\s*[\w-]+: .*;$"],
    "ini": [r"\A\s*\[[\w.-]+\]$"],
}
KNOWN = {name: re.compile("|".join(parts), re.MULTILINE) for name, parts in LANGUAGES.items()}
# What Python shares with others, asked only after them.
SOUNDS_PYTHON = re.compile(
    r"^import [\w.]+|\b(?:print\(|None\b|True\b|False\b|self\.)|\blambda [\w, ]*:",
    re.MULTILINE,
)
# These stand in a block of their own; guesses between programming languages are too close to cut a
# block in two.
SEPARATE = {
    "bash",
    "console",
    "css",
    "html",
    "html+jinja",
    "ini",
    "json",
    "sql",
    "text",
    "xml",
    "yaml",
}


def language(code: Sequence[str]) -> str:
    """The language of a block, empty where the block does not tell."""
    if is_tree(code):
        return "text"
    sample = _sample(code)
    return _known_language(sample) or _guessed_language(sample, code)


def _sample(code: Sequence[str]) -> str:
    return "\n".join(line[:SAMPLE_WIDTH] for line in code[:SAMPLE_LINES])


def _known_language(text: str) -> str:
    names = (name for name, pattern in KNOWN.items() if pattern.search(text))
    return next(names, "")


def _guessed_language(text: str, code: Sequence[str]) -> str:
    if SOUNDS_PYTHON.search(text):
        return "python"
    return "yaml" if is_yaml(list(filter(None, code))) else ""
