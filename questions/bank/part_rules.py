"""What the parts of a question are held to: pairs of a line and what is wrong there."""

import re

from .code_blocks import shown_blocks, unknown_blocks
from .page import Found, Page
from .reading import words, words_to_read
from .spelling import misspellings

PARTS = ("Short answer", "Answer", "Key points", "Common mistakes", "Follow-ups")

# A short answer is said aloud in half a minute; a whole one is read in three, code included.
SHORT_WORDS = range(45, 91)
READ_WORDS = 600
KEY_POINTS, KEY_POINT_WORDS = range(3, 7), range(2, 15)
ENTRIES = range(2, 5)
CODE_WIDTH = 78

# Names and addresses, which are spelled as they are.
_UNSPELLED = ("- id:", "- tags:", "- status:", "- docs:", "source:")
_MISTAKE = re.compile(r"- \*\*.+?\*\* \S.*")
_FOLLOW_UP = re.compile(r"- \*\*.+?\?\*\* \S.*")


def _missing_parts(page: Page) -> Found:
    titles = page.sections()
    for part in PARTS:
        if part not in titles:
            yield page.item.line, f'the part "{part}" is missing.'


def _order_of_parts(page: Page) -> Found:
    titles = [title for title in page.sections() if title in PARTS]
    for title, place in zip(titles, sorted(titles, key=PARTS.index), strict=True):
        if title != place:
            order = f"the order is {', '.join(PARTS)}."
            yield page.line_of(title), f'"{title}" stands where "{place}" belongs: {order}'
            return


def _length_of_short_answer(page: Page) -> Found:
    count = words(page.item.short)
    if page.item.short and count not in SHORT_WORDS:
        allowed = f"half a minute takes {SHORT_WORDS[0]} to {SHORT_WORDS[-1]}."
        yield page.line_of("Short answer"), f"the short answer has {count} words; {allowed}"


def _form_of_short_answer(page: Page) -> Found:
    short = page.item.short
    if "```" in short or short.startswith(("- ", "1. ")):
        why = "a short answer is said aloud: it has no code and no list."
        yield page.line_of("Short answer"), why


def _length(page: Page) -> Found:
    count = words_to_read(page.item)
    if count > READ_WORDS:
        limit = f"more than {READ_WORDS} take over three minutes."
        yield page.line_of("Answer"), f"both answers and their code have {count} words; {limit}"


def _number_of_key_points(page: Page) -> Found:
    count = len(page.item.key_points)
    if count and count not in KEY_POINTS:
        allowed = f"{KEY_POINTS[0]} to {KEY_POINTS[-1]} can be listened for."
        yield page.line_of("Key points"), f"there are {count} key points; {allowed}"


def _form_of_key_points(page: Page) -> Found:
    for point in page.item.key_points:
        if len(point.split()) not in KEY_POINT_WORDS or point.endswith("."):
            why = "is not a short phrase without a full stop."
            yield page.line_of("Key points"), f'the key point "{point}" {why}'


def _mistakes(page: Page) -> Found:
    if page.item.mistakes:
        yield from _entries(page, "Common mistakes", page.item.mistakes, _MISTAKE)


def _follow_ups(page: Page) -> Found:
    if page.item.follow_ups:
        yield from _entries(page, "Follow-ups", page.item.follow_ups, _FOLLOW_UP)


def _entries(page: Page, part: str, text: str, form: re.Pattern[str]) -> Found:
    place, lines = page.line_of(part), text.split("\n")
    if len(lines) not in ENTRIES:
        right = f"{ENTRIES[0]} to {ENTRIES[-1]} entries of one line are right."
        yield place, f'"{part}" has {len(lines)} lines; {right}'
    for line in lines:
        if not form.fullmatch(line):
            why = f'is not an entry of "{part}", bold and answered on the same line.'
            yield place, f'"{line[:60]}" {why}'


def _verdicts(page: Page) -> Found:
    yield from unknown_blocks(page.text)


def _width_of_code(page: Page) -> Found:
    for block in shown_blocks(page.text):
        yield from _wide_lines(block.code, block.line)


def _wide_lines(code: str, first: int) -> Found:
    for number, line in enumerate(code.split("\n"), first):
        if len(line) > CODE_WIDTH:
            limit = f"{CODE_WIDTH} can be read on a small screen."
            yield number, f"this line of code has {len(line)} characters; {limit}"


def _spelling(page: Page) -> Found:
    lines = ["" if line.startswith(_UNSPELLED) else line for _, line in page.numbered_lines()]
    yield from misspellings("\n".join(lines))


PART_RULES = (
    _missing_parts,
    _order_of_parts,
    _length_of_short_answer,
    _form_of_short_answer,
    _length,
    _number_of_key_points,
    _form_of_key_points,
    _mistakes,
    _follow_ups,
    _verdicts,
    _width_of_code,
    _spelling,
)
