"""The lines of a copied answer as Markdown."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import dedent

from ..items import Notice
from .code import SEPARATE, language
from .layout import Line
from .pieces import HEADING, ITEM, Piece, pieces
from .prose import ends_sentence, inline, sentences

# Deeper lists are not read by anyone, and Markdown readers give up on them.
DEEPEST = 6
TABLE = re.compile(r"\btables?\b.*:\Z", re.IGNORECASE)
MAYBE_TABLE = "These lines may be a table that lost its columns."


@dataclass(slots=True)
class Style:
    """The habits of one article: are its paragraphs one line each, and the language of its last program."""

    one_line: bool = False
    language: str = ""


def to_markdown(lines: Sequence[Line], style: Style) -> tuple[str, list[Notice]]:
    """The text, and what a person should look at. A block that does not tell its language has the last one's."""
    texts: list[str] = []
    notices: list[Notice] = []
    for piece in pieces(lines):
        match piece.kind:
            case "code":
                name = language(piece.texts)
                style.language = name if name and name not in SEPARATE else style.language
                texts.append(fence(piece.texts, name or style.language or "text"))
            case "fence":
                texts.append(fence(piece.texts, piece.info or language(piece.texts)))
            case "list":
                texts.append("\n".join(items(piece.texts, style)))
            case "heading":
                texts.append("#### " + inline(HEADING.sub(r"\g<text>", piece.texts[0])))
            case "pipes":
                texts.append("\n".join(piece.texts))
            case _:
                texts.append(prose(piece, style, notices))
    return "\n\n".join(texts), notices


def fence(code: Sequence[str], name: str) -> str:
    text = dedent("\n".join(code)).strip("\n")
    ticks = "`" * max(3, 1 + max(map(len, re.findall("`+", text)), default=0))
    return f"{ticks}{name}\n{text}\n{ticks}"


# Text


def prose(piece: Piece, style: Style, notices: list[Notice]) -> str:
    """Paragraphs; the rows of a table that lost its columns stay line by line, for a person to look at."""
    texts = [text.strip() for text in piece.texts]
    caption = int(len(texts) > 2 and bool(TABLE.search(texts[0])))
    if columns := tabbed(texts[caption:]):
        return "\n\n".join([inline(text) for text in texts[:caption]] + [columns])
    if caption or TABLE.search(piece.led):
        before, rows = texts[:caption], texts[caption:]
    else:
        before, rows = [], sentences(texts, one_line=style.one_line)
        if not are_rows(rows):
            return "\n\n".join(map(inline, rows))
    if len(rows) > 2 or piece.led:
        notices.append(Notice(line=piece.lines[caption][0], text=MAYBE_TABLE))
    return "\n\n".join([*map(inline, before), "\\\n".join(map(inline, rows))])


def are_rows(lines: Sequence[str]) -> bool:
    """Lines that are no sentences: most of them, and the first."""
    open_ended = sum(not ends_sentence(line) for line in lines)
    return len(lines) > 1 and not ends_sentence(lines[0]) and open_ended * 3 >= len(lines) * 2


def tabbed(lines: Sequence[str]) -> str:
    """A table whose columns the copy kept apart with tabs."""
    rows = [[inline(cell).replace("|", "\\|") for cell in line.split("\t")] for line in lines if "\t" in line]
    if len(rows) < 2 or len(rows) < len(lines) or len({len(row) for row in rows}) > 1:
        return ""
    return "\n".join(f"| {' | '.join(row)} |" for row in [rows[0], ["---"] * len(rows[0]), *rows[1:]])


# Lists


def items(lines: Sequence[str], style: Style) -> Iterator[str]:
    """List lines with the nesting that their indentation shows; a step's number stays as it was."""
    levels: list[tuple[int, int]] = []
    steps: dict[int, tuple[int, str]] = {}
    for found, text in entries(lines, style):
        indent = len(found["indent"].expandtabs(4))
        while levels and levels[-1][0] >= indent:
            levels.pop()
        depth = min(len(levels), DEEPEST)
        for deeper in [level for level in steps if level > depth]:
            del steps[deeper]
        marker = step_marker(found["number"], steps, depth) if found["number"] else "-"
        if not found["number"]:
            steps.pop(depth, None)
        shift = levels[depth - 1][1] if depth else 0
        levels.append((indent, shift + len(marker) + 1))
        yield f"{' ' * shift}{marker} {text}"


def step_marker(number: str, steps: dict[int, tuple[int, str]], depth: int) -> str:
    """Markdown counts on through a list, so one that starts over takes the other sign."""
    last, sign = steps.get(depth, (None, "."))
    if last is not None and int(number) != last + 1:
        sign = ")" if sign == "." else "."
    steps[depth] = (int(number), sign)
    return f"{int(number)}{sign}"


def entries(lines: Sequence[str], style: Style) -> Iterator[tuple[re.Match[str], str]]:
    """Each item with its text; lines without a mark of their own belong to the item above."""
    marks = [(found, [found["text"]]) for line in lines[:1] if (found := ITEM.match(line))]
    for line in lines[1:]:
        if found := ITEM.match(line):
            marks.append((found, [found["text"]]))
        elif marks:
            marks[-1][1].append(line.strip())
    for found, texts in marks:
        text = " ".join(sentences(texts, one_line=style.one_line))
        for part in swallowed(text, found["bullet"]) if len(texts) > 1 and found["bullet"] else [text]:
            yield found, inline(part)


def swallowed(text: str, bullet: str) -> list[str]:
    """Items that a copy joined to the end of the one before: `... here. - Next item`."""
    return re.split(rf"(?<=[.;]) {re.escape(bullet)} (?=[A-Z])", text)
