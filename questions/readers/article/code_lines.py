"""A line that is code, or may be: what a copy without fences leaves to tell."""

import re

# A longer line is not looked at: minified code or prose, and nobody studies either.
LINE_LIMIT = 1000

NAME = r"[A-Za-z_$][\w$]*"
PATH = rf"{NAME}(?:(?:\.|->|::){NAME}|\[[^\]\[]*\])*"
IMPORT = r"""
    from\ [\w.]+\ import\b | import\ [\w.]+(?:\ as\ \w+)?(?:,\ ?[\w.]+(?:\ as\ \w+)?)*;?\Z
  | import\b.*['"];?\Z | import\ static\b | package\ [\w.]+;?\Z
  | \#\s?(?:include|define|ifdef|ifndef|endif|pragma)\b
"""
DEFINITION = rf"""
    (?:async\ )?def\ \w+ | class\ \w+(?:[(:{{<].*|\ .*[:{{])?\Z | @{PATH}(?:\(.*)?\Z
  | (?:const|let|var|val|auto|final)\ .*[=;]
  | (?:export\ )?(?:default\ )?(?:async\ )?function\b.*[({{]
  | export\ (?:const|default|class|type)\b
  | (?:public|private|protected|internal|static|abstract|struct|enum|interface|impl|trait
      |namespace|template|typedef)\b.*[;{{(>)]\Z
  | (?:func|fn|pub|fun)\ .*[{{(]\Z
"""
CONTROL = r"""
    (?:if|elif|while|for|with|match|case|unless|elsif|except)\b(?=[^:{]*[()\[=<>!'"_.]).*[:{]\Z
  | (?:if|elif|while)\ (?:not\ )?[\w.]+:\Z | (?:async\ )?for\ \w+(?:,\ \w+)*\ in\ .*:\Z
  | except\ \w+(?:\ as\ \w+)?:\Z | (?:else|try|finally|do|begin|loop|except)\ ?[:{]\Z
  | (?:print|puts|echo)\ ["'$] | (?:raise|throw|yield|await|assert|return)\b.*[;)\]'"]\Z
"""
ASSIGNMENT = rf"""
    {PATH}(?:,\ ?{PATH})*(?:\ ?:\ ?[\w\[\],.|]{{1,60}})?
    \ *(?:[-+*/%&|^?:]|\*\*|//|<<|>>|\?\?)?=(?!=)\ *\S
"""
SYMBOLS = r"""
    \.\w+\( | [.\#@*&:]?\w.*\{\Z | >>>\s | (?:\$|PS>|C:\\>)\ \S | \#! | [A-Z][A-Z0-9_]*=\S
  | <(?:!|\?|/?[A-Za-z]).*>\Z | \{[%{\#].*[%}\#]\}\Z | <\?php\b | <[A-Za-z][\w-]*\Z
  | "[^"]+"\s*:\s*(?:["\d{\[-]|true|false|null) | [{\[]\Z
"""
SQL = r"""
    (?:SELECT|INSERT\ INTO|UPDATE|DELETE\ FROM|CREATE|ALTER|DROP|TRUNCATE|GRANT|WITH)\b
        (?=.*(?:[;,*(=]|\b(?:FROM|SET|VALUES|TABLE|INDEX|VIEW|DATABASE|AS|TO)\b))
  | (?:SELECT|FROM|WHERE)\Z
"""
COMMAND = r"""
    (?:sudo|pip3?|npm|npx|yarn|pnpm|git|curl|wget|apt|apt-get|brew|cd|mkdir|chmod|cargo|rm|cp|mv)
        \ ["'$~./\w-]
  | (?:python3?|node|source|export|ls)\ \S*[./=$-]\S*(?:\ [^ ]+)*\Z
  | [a-z][\w.-]*(?:\ [^\s]+){0,8}\ --?[A-Za-z]
"""
STRONG = re.compile(
    "|".join((IMPORT, DEFINITION, CONTROL, ASSIGNMENT, SYMBOLS, SQL, COMMAND)),
    re.VERBOSE,
)
CALL = re.compile(rf"(?:await |new |!)?{PATH}\(")
AFTER_CALL = re.compile(r"[;,]?\Z|\.\w|[\[({]|\s?(?:[-+*/%=<>|&?]|\{)")
OPEN_END = tuple("([{,'\":+")
STATEMENT = re.compile(r"(?=.*[=(:'\"\[<>+])[.#@*&:]?[A-Za-z_$<]")
AFTER_ARROW = tuple(",)}{(")
COMMENT = re.compile(r"(?:\#(?!\#)|//|/\*|\*[ /]|--[ ]|<!--|\{#)")
CLOSER = re.compile(
    r"[)\]}]+[\s;,)\]}.]*|(?:end|fi|done|esac|pass|break|continue|return)\b;?\Z|\.{3}(?: |\Z)"
    r"|\[\[?[A-Za-z][\w.-]*\]\]?\Z|\}\s*\w|['\"]{3}"
)
SQL_REST = re.compile(
    r"(?:FROM|WHERE|AND|OR|ON|(?:LEFT|RIGHT|INNER|OUTER|FULL|CROSS|NATURAL)?\s*(?:OUTER\s)?JOIN"
    r"|GROUP BY|ORDER BY|HAVING|LIMIT|OFFSET|VALUES|SET|UNION|RETURNING|SELECT|INTO)\b"
)
WEAK = re.compile(rf"[ \t]|(?:{COMMENT.pattern})|(?:{CLOSER.pattern})|(?:{SQL_REST.pattern})")
SENTENCE = re.compile(r"(?:[^\W\d_]+[,;]? ){3}.*[^\W\d_][.!?]\Z")
REMARK = re.compile(r"(?<!\s)\s+(?:#|//)\s.*\Z")
BRACKETS = re.compile(r"[(\[{}\])]")
DEPTHS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


def is_strong(text: str) -> bool:
    """A line that only code has, whatever stands around it."""
    text = text.strip()
    return _may_be_strong(text) and _has_code(_without_remark(text))


def is_comment(text: str) -> bool:
    return bool(COMMENT.match(text))


def is_weak(text: str) -> bool:
    """A line that may be code among code: indented, a comment, a closing bracket."""
    return bool(WEAK.match(text))


def open_brackets(line: str) -> int:
    """Brackets left open at the end of a line; those in a trailing remark do not count."""
    text = _without_remark(line[:LINE_LIMIT])
    opened = text.count("(") + text.count("[") + text.count("{")
    closed = text.count(")") + text.count("]") + text.count("}")
    return opened - closed


def _without_remark(text: str) -> str:
    return REMARK.sub("", text) if "#" in text or "//" in text else text


def _may_be_strong(text: str) -> bool:
    return 0 < len(text) <= LINE_LIMIT and not SENTENCE.match(text)


def _has_code(text: str) -> bool:
    return bool(STRONG.match(text)) or _is_call(text) or _is_statement(text)


def _is_call(text: str) -> bool:
    """`name(...)` and nothing of a sentence after it.

    The brackets may be closed on a later line.
    """
    call = CALL.match(text)
    if not call:
        return False
    end = _end_of_brackets(text, call.end())
    if end:
        return bool(AFTER_CALL.match(text, end))
    return text.endswith(OPEN_END)


def _end_of_brackets(text: str, start: int) -> int:
    """Where the bracket is closed that was opened right before a place, 0 where it is not."""
    depth = 1
    for bracket in BRACKETS.finditer(text, start):
        depth += DEPTHS[bracket[0]]
        if not depth:
            return bracket.end()
    return 0


def _is_statement(text: str) -> bool:
    """Languages that end a line with a semicolon, or pass functions with an arrow."""
    if text.endswith(";"):
        return bool(STATEMENT.match(text))
    return "=>" in text and text.endswith(AFTER_ARROW)
