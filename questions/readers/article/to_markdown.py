"""The lines of a copied answer as Markdown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from textwrap import dedent

from ..items import Notice
from ..text import Line
from .inline import inline, longest_ticks
from .kinds import SUBHEADING
from .languages import SEPARATE, language
from .lists import list_lines
from .piece import Piece
from .pieces import pieces
from .tables import are_rows, is_caption, split_caption, tabbed_table
from .wrapping import sentences

NO_PROGRAMS = {"", *SEPARATE}
MAYBE_TABLE = "These lines may be a table that lost its columns."


@dataclass(slots=True)
class Style:
    """The habits of one article.

    `is_unwrapped`: its paragraphs are one line each. `language` is that of its last program, which
    a block has that does not tell its own.
    """

    is_unwrapped: bool = False
    language: str = "text"


@dataclass(slots=True)
class MarkdownText:
    """A text, and what a person should look at."""

    style: Style
    paragraphs: list[str] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)

    def add_code(self, piece: Piece) -> None:
        name = language(piece.texts)
        if name not in NO_PROGRAMS:
            self.style.language = name
        self.paragraphs.append(_fenced(piece.texts, name or self.style.language))

    def add_fence(self, piece: Piece) -> None:
        name = piece.language or language(piece.texts)
        self.paragraphs.append(_fenced(piece.texts, name))

    def add_list(self, piece: Piece) -> None:
        lines = list_lines(piece.texts, is_unwrapped=self.style.is_unwrapped)
        self.paragraphs.append("\n".join(lines))

    def add_heading(self, piece: Piece) -> None:
        text = SUBHEADING.sub(r"\g<text>", piece.texts[0])
        self.paragraphs.append("#### " + inline(text))

    def add_pipes(self, piece: Piece) -> None:
        self.paragraphs.append("\n".join(piece.texts))

    def add_text(self, piece: Piece) -> None:
        """Paragraphs, or a table; the first line may be its caption."""
        caption, rows = split_caption(list(map(str.strip, piece.texts)))
        table = tabbed_table(rows)
        if table:
            self.paragraphs += [*map(inline, caption), table]
        elif caption or is_caption(piece.lead):
            self.add_rows(piece, caption, rows)
        else:
            self.add_sentences(piece, sentences(rows, is_unwrapped=self.style.is_unwrapped))

    def add_sentences(self, piece: Piece, lines: Sequence[str]) -> None:
        if are_rows(lines):
            self.add_rows(piece, [], lines)
        else:
            self.paragraphs += map(inline, lines)

    def add_rows(self, piece: Piece, caption: Sequence[str], rows: Sequence[str]) -> None:
        """The rows of a table that lost its columns: line by line, for a person to look at."""
        self.paragraphs += map(inline, caption)
        self.paragraphs.append("\\\n".join(map(inline, rows)))
        if len(rows) > 2 or piece.lead:
            self.note_table(piece.lines[len(caption)])

    def note_table(self, first_row: Line) -> None:
        self.notices.append(Notice(line=first_row.number, text=MAYBE_TABLE))


def to_markdown(lines: Sequence[Line], style: Style) -> MarkdownText:
    result = MarkdownText(style)
    for piece in pieces(lines):
        ADDING[piece.kind](result, piece)
    return result


def _fenced(code: Sequence[str], name: str) -> str:
    text = dedent("\n".join(code)).strip("\n")
    ticks = "`" * max(3, 1 + longest_ticks(text))
    return f"{ticks}{name}\n{text}\n{ticks}"


# By the kind of a piece.
ADDING: dict[str, Callable[[MarkdownText, Piece], None]] = {
    "code": MarkdownText.add_code,
    "fence": MarkdownText.add_fence,
    "list": MarkdownText.add_list,
    "heading": MarkdownText.add_heading,
    "pipes": MarkdownText.add_pipes,
    "text": MarkdownText.add_text,
}
