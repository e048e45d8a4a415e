"""Tell code from prose where a copy lost the fences, and name its language."""

import re
from collections.abc import Sequence

# A longer line is not looked at: minified code or prose, and nobody studies either.
LINE_LIMIT = 1000
# What of a block is looked at for its language.
SAMPLE_LINES, SAMPLE_WIDTH = 100, 200

NAME = r"[A-Za-z_$][\w$]*"
PATH = rf"{NAME}(?:(?:\.|->|::){NAME}|\[[^\]\[]*\])*"
STRONG = re.compile(
    rf"""
    from\ [\w.]+\ import\b | import\ [\w.]+(?:\ as\ \w+)?(?:,\ ?[\w.]+(?:\ as\ \w+)?)*;?\Z
  | import\b.*['"];?\Z | import\ static\b | package\ [\w.]+;?\Z | \#\s?(?:include|define|ifdef|ifndef|endif|pragma)\b
  | (?:async\ )?def\ \w+ | class\ \w+(?:[(:{{<].*|\ .*[:{{])?\Z | @{PATH}(?:\(.*)?\Z
  | (?:if|elif|while|for|with|match|case|unless|elsif|except)\b(?=[^:{{]*[()\[=<>!'"_.]).*[:{{]\Z
  | (?:if|elif|while)\ (?:not\ )?[\w.]+:\Z | (?:async\ )?for\ \w+(?:,\ \w+)*\ in\ .*:\Z | except\ \w+(?:\ as\ \w+)?:\Z
  | (?:else|try|finally|do|begin|loop|except)\ ?[:{{]\Z
  | (?:const|let|var|val|auto|final)\ .*[=;] | (?:export\ )?(?:default\ )?(?:async\ )?function\b.*[({{]
  | export\ (?:const|default|class|type)\b
  | (?:public|private|protected|internal|static|abstract|struct|enum|interface|impl|trait|namespace|template|typedef)\b
        .*[;{{(>)]\Z
  | (?:func|fn|pub|fun)\ .*[{{(]\Z
  | (?:print|puts|echo)\ ["'$] | (?:raise|throw|yield|await|assert|return)\b.*[;)\]'"]\Z
  | {PATH}(?:,\ ?{PATH})*(?:\ ?:\ ?[\w\[\],.|]{{1,60}})?\ *(?:[-+*/%&|^?:]|\*\*|//|<<|>>|\?\?)?=(?!=)\ *\S
  | \.\w+\( | [.\#@*&:]?\w.*\{{\Z | >>>\s | (?:\$|PS>|C:\\>)\ \S | \#! | [A-Z][A-Z0-9_]*=\S
  | <(?:!|\?|/?[A-Za-z]).*>\Z | \{{[%{{\#].*[%}}\#]\}}\Z | <\?php\b | <[A-Za-z][\w-]*\Z
  | "[^"]+"\s*:\s*(?:["\d{{\[-]|true|false|null) | [{{\[]\Z
  | (?:SELECT|INSERT\ INTO|UPDATE|DELETE\ FROM|CREATE|ALTER|DROP|TRUNCATE|GRANT|WITH)\b
        (?=.*(?:[;,*(=]|\b(?:FROM|SET|VALUES|TABLE|INDEX|VIEW|DATABASE|AS|TO)\b))
  | (?:SELECT|FROM|WHERE)\Z
  | (?:sudo|pip3?|npm|npx|yarn|pnpm|git|curl|wget|apt|apt-get|brew|cd|mkdir|chmod|cargo|rm|cp|mv)\ ["'$~./\w-]
  | (?:python3?|node|source|export|ls)\ \S*[./=$-]\S*(?:\ [^ ]+)*\Z
  | [a-z][\w.-]*(?:\ [^\s]+){{0,8}}\ --?[A-Za-z]
    """,
    re.VERBOSE,
)
CALL = re.compile(rf"(?:await |new |!)?{PATH}\(")
AFTER_CALL = re.compile(r"[;,]?\Z|\.\w|[\[({]|\s?(?:[-+*/%=<>|&?]|\{)")
STATEMENT = re.compile(r"[.#@*&:]?[A-Za-z_$<]")
COMMENT = re.compile(r"(?:\#(?!\#)|//|/\*|\*[ /]|--[ ]|<!--|\{#)")
CLOSER = re.compile(
    r"[)\]}]+[\s;,)\]}.]*|(?:end|fi|done|esac|pass|break|continue|return)\b;?\Z|\.{3}(?: |\Z)"
    r"|\[\[?[A-Za-z][\w.-]*\]\]?\Z|\}\s*\w|['\"]{3}"
)
SQL_REST = re.compile(
    r"(?:FROM|WHERE|AND|OR|ON|(?:LEFT|RIGHT|INNER|OUTER|FULL|CROSS|NATURAL)?\s*(?:OUTER\s)?JOIN|GROUP BY|ORDER BY"
    r"|HAVING|LIMIT|OFFSET|VALUES|SET|UNION|RETURNING|SELECT|INTO)\b"
)
SENTENCE = re.compile(r"(?:[^\W\d_]+[,;]? ){3}.*[^\W\d_][.!?]\Z")
YAML_LINE = re.compile(r"\s*(?:- )?[\"']?[\w./@-]+[\"']?:(?:\s+\S.*)?\Z|\s*- \S.*\Z|\s*#")
TAG = re.compile(r"<(?:!doctype|[A-Za-z][\w-]*)(?: [^<>]{0,200})?>", re.IGNORECASE)
END_TAG = re.compile(r"\s*(?:[^<>]{0,200})</[A-Za-z][\w-]*>\Z")
# A bullet or a step: no language has such lines, a hyphen or an asterisk may be code.
LISTED = re.compile(r"[ \t]*(?:[\u2022\u25e6\u25aa\u25cf]|[0-9]{1,3}[.)])[ \t]+\S")
TREE_LINE = re.compile(r"\s*[\w./@*-]+/?(?:\s+(?:#|<-|←).*)?\Z")
BOX = re.compile(r"\s*[│├└|+`][\s│├└─|`+-]*[─-]")
REMARK = re.compile(r"(?<!\s)\s+(?:#|//)\s.*\Z")

# The first that fits; a pattern's parts are joined with "or".
LANGUAGES = {
    "console": [r"\A\$ "],
    "php": [r"^<\?php", r"^\s*\$\w+ ?=.*;$"],
    "html+jinja": [r"\A(?=[\s\S]*\{[%{])[\s\S]*^\s*<[!/A-Za-z]", r"^\s*\{%.*%\}"],
    "jsx": [r"^(?:import|const|function|export)\b[\s\S]*^\s*(?:return )?<[A-Za-z]"],
    "html": [
        r"(?i:^\s*<(?:!doctype|/?(?:html|head|body|div|p|span|a|ul|ol|li|form|input|script|link|table|button|h[1-6])\b))",
        r"(?i:^\s*<(?:img|template|style|label|select|section|main|nav|header|footer)\b)",
    ],
    "xml": [r"^\s*<(?:\?xml|/?[\w:-]+[^<>]*>)"],
    "python": [
        r"^(?:from [\w.]+ import |>>> |@\w[\w.]*)",
        r"^\s*(?:(?:async )?def \w+\(.*[:,(]$|class \w+(?:\(.*\))?:$|elif .*:$|if .*:$|while .*:$|try:$|else:$)",
        r"^\s*(?:if __name__|except\b.*:$|with .* as \w+:$|for \w[\w, ()]* in .*:$)",
    ],
    "c": [r"^#\s?include\s*[<\"]"],
    "csharp": [r"^using [\w.]+;$", r"Console\.Write"],
    "java": [
        r"^\s*(?:public|private|protected)\s+(?:(?:static|final|abstract)\s+)*[\w<>\[\], ]+.*[{;]$",
        r"System\.out\.",
        r"^\s*[A-Z]\w* \w+ = ",
    ],
    "go": [r"^package \w+$", r"^\s*func (?:\(\w+ [*\w.]+\) )?\w+\(.*\{$", r":=\s"],
    "rust": [r"^\s*(?:pub )?fn \w+.*\{$", r"\blet mut\b", r"println!"],
    "typescript": [r"^\s*(?:export )?(?:interface|type) \w+.*[{=]", r"^\s*(?:const|let) \w+: "],
    "javascript": [
        r"^\s*(?:const|let|var) .*",
        r"^\s*(?:export |async )*function\b",
        r"=>|console\.log|require\(['\"]|^import .*['\"];?$|^\s*\}\);?$",
    ],
    "sql": [
        r"(?i:^\s*(?:select|insert into|update|delete from|create|alter|drop|truncate|grant|with) +[\w*\"`]"
        r".*(?:;|,|\*|from|set|table|as|\())",
        r"(?i:^\s*select$)",
    ],
    "json": [r"\A\s*\{\s*(?:\Z|\"[^\"\n]+\"\s*:)", r"\A\s*\[\s*(?:\{\s*\"|\"|[0-9])"],
    "bash": [
        r"^(?:#!/bin/|sudo |pip3? |npm |npx |yarn |git |curl |wget |apt(?:-get)? |brew |cd |mkdir |export \w+=)",
        r"^(?:source |python3? )",
        r"^[a-z][\w.-]*(?: \S+)* --?[a-z]",
    ],
    "css": [r"^ *[.#@*]?\w[\w .#:,>()-]*\{$\s*[\w-]+: .*;$"],
    "ini": [r"\A\s*\[[\w.-]+\]$"],
}
# What Python shares with others, asked only after them.
SOUNDS_PYTHON = re.compile(r"^import [\w.]+|\b(?:print\(|None\b|True\b|False\b|self\.)|\blambda [\w, ]*:", re.MULTILINE)
# These stand in a block of their own; guesses between programming languages are too close to cut a block in two.
SEPARATE = {"bash", "console", "css", "html", "html+jinja", "ini", "json", "sql", "text", "xml", "yaml"}
KNOWN = {name: re.compile("|".join(parts), re.MULTILINE) for name, parts in LANGUAGES.items()}


def is_strong(text: str) -> bool:
    """A line that only code has, whatever stands around it."""
    text = text.strip()
    if not text or len(text) > LINE_LIMIT or SENTENCE.match(text):
        return False
    text = REMARK.sub("", text)
    return bool(STRONG.match(text)) or is_call(text) or is_statement(text)


def is_call(text: str) -> bool:
    """`name(...)` and nothing of a sentence after it; the brackets may be closed on a later line."""
    if not (found := CALL.match(text)):
        return False
    depth = 1
    for place in range(found.end(), len(text)):
        depth += (text[place] in "([{") - (text[place] in ")]}")
        if not depth:
            return bool(AFTER_CALL.match(text, place + 1))
    return text[-1] in "([{,'\":+"


def is_statement(text: str) -> bool:
    """Languages that end a line with a semicolon, or pass functions with an arrow."""
    if text[-1] == ";":
        return bool(STATEMENT.match(text)) and any(mark in text for mark in "=(:'\"[<>+")
    return "=>" in text and text[-1] in ",)}{("


def is_comment(text: str) -> bool:
    return bool(COMMENT.match(text))


def is_weak(text: str) -> bool:
    """A line that may be code among code: indented, a comment, a closing bracket."""
    return text[:1] in " \t" or bool(COMMENT.match(text) or CLOSER.match(text) or SQL_REST.match(text))


def is_yaml(lines: Sequence[str]) -> bool:
    """Keys below a key; a list of prose items below a caption has no key."""
    return (
        len(lines) > 1
        and (lines[0][0].islower() or lines[0].startswith(("- ", "#")))
        and all(len(line) <= LINE_LIMIT and YAML_LINE.match(line) for line in lines)
        and any(re.match(r"\s+(?:- )?[\w.-]+:", line) for line in lines)
    )


def is_markup(lines: Sequence[str]) -> bool:
    """Lines from a tag to its end; the text of a page may stand between at any indentation."""
    return len(lines) > 2 and bool(TAG.match(lines[0]) and END_TAG.match(lines[-1]))


def is_tree(lines: Sequence[str]) -> bool:
    """A drawing of folders and files."""
    if len(lines) < 2 or any(len(line) > LINE_LIMIT for line in lines):
        return False
    if sum(bool(BOX.match(line)) for line in lines) * 2 >= len(lines):
        return True
    below = lines[1:]
    return (
        all(map(TREE_LINE.match, lines))
        and sum(line[0] in " \t" for line in below) * 2 >= len(below)
        and any("/" in line for line in lines)
    )


def is_code(lines: Sequence[str], *, after_code: bool) -> bool:
    """Is a run of lines without a blank one code? `after_code`: it follows a block of code."""
    if any(map(LISTED.match, lines)):
        return False
    if is_tree(lines) or is_yaml(lines) or is_markup(lines):
        return True
    if after_code and all(line[0] in " \t" or is_comment(line) for line in lines):
        return True
    return lines[0].startswith((">>> ", "$ ")) or (any(map(is_strong, lines)) and code_run(lines) == len(lines))


def code_run(lines: Sequence[str], start: int = 0) -> int:
    """How many lines from `start` on are code, open brackets carrying over the lines inside them."""
    depth = 0
    for place in range(start, len(lines)):
        line = lines[place]
        if LISTED.match(line) or not (is_strong(line) or is_weak(line) or depth > 0):
            return place - start
        depth = max(0, depth + open_brackets(line))
    return len(lines) - start


def open_brackets(line: str) -> int:
    """Brackets left open at the end of a line; those in a trailing remark do not count."""
    line = REMARK.sub("", line[:LINE_LIMIT])
    return sum(line.count(mark) for mark in "([{") - sum(line.count(mark) for mark in ")]}")


def language(code: Sequence[str]) -> str:
    """The language of a block, empty when the block does not tell."""
    if is_tree(code):
        return "text"
    text = "\n".join(line[:SAMPLE_WIDTH] for line in code[:SAMPLE_LINES])
    if found := next((name for name, pattern in KNOWN.items() if pattern.search(text)), ""):
        return found
    if SOUNDS_PYTHON.search(text):
        return "python"
    return "yaml" if is_yaml([line for line in code if line]) else ""
