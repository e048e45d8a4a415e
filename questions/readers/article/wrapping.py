"""Lines of a copied paragraph -> its sentences; code that broke a line of it is marked."""

from collections.abc import Sequence

from .inline_code import looks_coded, with_code_marked
from .prose import begins_with_punctuation, ends_sentence, glue

# The widest text that is taken for one wrapped by hand; a copied paragraph is one long line.
WRAP_WIDTH = 110
NARROWEST_WRAP = 40


def has_long_paragraphs(lines: Sequence[str]) -> bool:
    """Whether the paragraphs of an article, or most of them, are one long line each."""
    long = sum(len(line) > WRAP_WIDTH for line in lines)
    return long * 20 >= sum(map(bool, lines)) > 0


def sentences(lines: Sequence[str], *, one_line: bool) -> list[str]:
    """Undoes the line breaks inside a paragraph; those between sentences or rows stay.

    `one_line`: the paragraph was one line before inline code broke it, so whatever ends a line of
    it was code.
    """
    width = max(map(len, lines), default=0)
    if _was_one_line(lines, width):
        one_line = True
    return list(map("".join, _sentence_pieces(lines, width, one_line=one_line)))


def _sentence_pieces(lines: Sequence[str], width: int, *, one_line: bool) -> list[list[str]]:
    result: list[list[str]] = []
    line_before = ""
    for line in lines:
        if result and _goes_on(line_before, line, width):
            _add_to_sentence(result[-1], line_before, line, one_line=one_line)
        else:
            result.append([line])
        line_before = line
    return result


def _add_to_sentence(
    pieces: list[str],
    line_before: str,
    line: str,
    *,
    one_line: bool,
) -> None:
    pieces[-1] = with_code_marked(pieces[-1], line, one_line=one_line)
    pieces.append(glue(line_before, line) + line)


def _was_one_line(lines: Sequence[str], width: int) -> bool:
    return width > WRAP_WIDTH or any(map(begins_with_punctuation, lines[1:]))


def _goes_on(line: str, following: str, width: int) -> bool:
    """Whether the two lines belong to one sentence or one wrapped paragraph."""
    if begins_with_punctuation(following) or _is_wrapped(line, following, width):
        return True
    return not ends_sentence(line) and _begins_inside(following)


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """Whether only the next word did not fit any more, as in mail and plain-text files."""
    if not NARROWEST_WRAP <= width <= WRAP_WIDTH:
        return False
    return len(line) + 1 + len(_first_word(following)) > width


def _begins_inside(text: str) -> bool:
    if text[0].islower() or text[0] == "(":
        return True
    return looks_coded(_first_word(text).strip(".,;:"))


def _first_word(text: str) -> str:
    return text.split(maxsplit=1)[0]
