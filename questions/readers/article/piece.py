"""A piece of an answer: lines of one kind."""

from dataclasses import dataclass

from ..text import Line, texts_of
from .code_lines import is_comment
from .languages import SEPARATE
from .window import BLANKS


@dataclass(slots=True)
class Piece:
    """Lines of one kind: "code", "fence", "heading", "list", "pipes" or "text".

    `language` is that of code. `lead` is the line of text right before it, if there is one.
    """

    kind: str
    lines: list[Line]
    language: str = ""
    lead: str = ""

    @property
    def texts(self) -> list[str]:
        return texts_of(self.lines)

    @property
    def is_indented(self) -> bool:
        return self.lines[0].text[0] in " \t"

    @property
    def is_comment(self) -> bool:
        return self.kind == "text" and all(map(is_comment, self.texts))

    @property
    def last_text(self) -> str:
        """The last line of text or of a heading, empty for other kinds."""
        return self.lines[-1].text if self.kind in ("text", "heading") else ""

    def goes_on_in(self, other: "Piece") -> bool:
        """A list goes on after a blank line, and so does code of the same kind."""
        if self.kind != other.kind or self.kind not in ("code", "list"):
            return False
        return other.is_indented or not _are_separate(self.language, other.language)

    def add(self, other: "Piece") -> None:
        self.lines += self._blank_lines_before(other) + other.lines
        self.language = self.language or other.language

    def _blank_lines_before(self, other: "Piece") -> list[Line]:
        if self.kind != "code":
            return []
        number = self.lines[-1].number + 1
        count = min(BLANKS, other.lines[0].number - number)
        return [Line(number, "")] * count


def _are_separate(language: str, other: str) -> bool:
    """A command beside a program, or the like, stands in a block of its own."""
    languages = {language, other} - {""}
    return len(languages) == 2 and not SEPARATE.isdisjoint(languages)
