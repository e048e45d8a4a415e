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


def sentences(lines: Sequence[str], *, is_unwrapped: bool) -> list[str]:
    """Undoes the line breaks inside a paragraph; those between sentences or rows stay.

    `is_unwrapped`: the paragraph was one line before inline code broke it, so whatever ends a
    line of it was code.
    """
    width = max(map(len, lines), default=0)
    is_unwrapped = is_unwrapped or _was_one_line(lines, width)
    return list(map("".join, _sentence_pieces(lines, width, is_unwrapped=is_unwrapped)))


def _sentence_pieces(lines: Sequence[str], width: int, *, is_unwrapped: bool) -> list[list[str]]:
    result: list[list[str]] = []
    line_before = ""
    for line in lines:
        if result and _belong_together(line_before, line, width):
            _add_to_sentence(result[-1], line_before, line, is_unwrapped=is_unwrapped)
        else:
            result.append([line])
        line_before = line
    return result


def _add_to_sentence(
    pieces: list[str],
    line_before: str,
    line: str,
    *,
    is_unwrapped: bool,
) -> None:
    pieces[-1] = with_code_marked(pieces[-1], line, is_unwrapped=is_unwrapped)
    pieces.append(glue(line_before, line) + line)


def _was_one_line(lines: Sequence[str], width: int) -> bool:
    return width > WRAP_WIDTH or any(map(begins_with_punctuation, lines[1:]))


def _belong_together(line: str, following: str, width: int) -> bool:
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
