"""The lines of a copied article with the next few in sight, and the titles that are broken over them."""

from collections import deque
from collections.abc import Iterator

from ..items import TITLE_LIMIT
from . import layout as rules
from .layout import AHEAD, Line
from .prose import continues, joined

# Blank lines in a row that are kept; more say nothing.
BLANKS = 2
# A title may be broken over this many lines.
TITLE_LINES = 6
# A longer line that ends with a question mark is a sentence of the answer.
LAST_PIECE = 160
CONTROLS = dict.fromkeys((*range(32), *range(127, 161), 0x2028, 0x2029), " ") | {9: "\t", 0x200B: None, 0xFEFF: None}


def cleaned(lines: Iterator[Line]) -> Iterator[Line]:
    """Lines without trailing space, invisible characters and long runs of blank lines."""
    blanks = 0
    for number, line in lines:
        text = line.rstrip() if line.isascii() and line.isprintable() else line.translate(CONTROLS).rstrip()
        blanks = 0 if text else blanks + 1
        if blanks <= BLANKS:
            yield number, text


class Window(Iterator[Line]):
    """The lines of the article, with the next few in sight."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.ahead: deque[Line] = deque()
        self.fill()

    def __next__(self) -> Line:
        if not self.ahead:
            raise StopIteration
        line = self.ahead.popleft()
        self.fill()
        return line

    def fill(self) -> None:
        while len(self.ahead) < AHEAD and (line := next(self.lines, None)):
            self.ahead.append(line)

    def texts(self) -> Iterator[str]:
        return (text for _, text in self.ahead)

    def skip(self, count: int) -> None:
        for _ in range(count):
            next(self)

    @property
    def blank(self) -> bool:
        return not self.ahead or not self.ahead[0][1]


def broken_title(first: str, window: Window, *, labelled: bool) -> tuple[str, int]:
    """A title with the lines over which it is broken, and how many these are."""
    title, count = first, 0
    for text in window.texts():
        if not text or count == TITLE_LINES or rules.label(text) is not None or rules.heading(text):
            break
        if not goes_on(title, text, labelled=labelled) or len(title) + len(text) >= TITLE_LIMIT:
            break
        title, count = joined([title, text]), count + 1
    return title, count


def goes_on(title: str, text: str, *, labelled: bool) -> bool:
    if rules.CATEGORY.fullmatch(text) or (continues(text) and not text[0].isalnum()):
        return True
    if title.endswith((".", "?", "!", ":")) or rules.split_category(title, usual=False)[1]:
        return False
    return continues(text) or labelled or (text.endswith("?") and len(text) < LAST_PIECE)
