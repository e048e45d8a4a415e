"""What a Markdown file says of itself: its front matter, and the level of heading that its questions have."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

import yaml

from ..blocks import Blocks, heading_text
from ..items import NAME_LIMIT, Document, ReadError
from ..limits import check_text
from ..normal import one_line
from .data import is_data
from .sections import is_section

FRONT_LIMIT = 20_000

Numbered = Iterator[tuple[int, str]]


def front_matter(lines: Numbered, file: str) -> tuple[dict[str, object], Numbered]:
    """The values between two lines of `---` at the top of a file, and the lines below them."""
    first = next(lines, None)
    if first is None or first[1].rstrip() != "---":
        return {}, chain([first] if first else [], lines)
    yaml_lines: list[str] = []
    size = 0
    for _, line in lines:
        if line.rstrip() in ("---", "..."):
            return _values(yaml_lines, file), lines
        yaml_lines.append(line)
        size += len(line)
        if size > FRONT_LIMIT:
            break
    raise ReadError(file, 1, "the front matter that begins here does not end. Put --- on a line below it.")


def text_of(values: dict[str, object], name: str, file: str) -> str:
    """A value of the front matter that is one line of text; empty where it is missing."""
    value = values.get(name, "")
    if not isinstance(value, str):
        raise ReadError(file, 1, f'"{name}" in the front matter is not a text.')
    value = one_line(value)
    check_text(name, value, NAME_LIMIT, file, 1)
    return value


def note_unknown(values: dict[str, object], known: Sequence[str], document: Document) -> None:
    names = ", ".join(name for name in values if name not in known)
    if names:
        document.note(1, f"not known in the front matter and left out: {names[:200]!a}.")


def front_lines(values: dict[str, str]) -> Iterator[str]:
    """The front matter that reads back as these values; those that are empty are left out."""
    yield "---\n"
    for name, value in values.items():
        if value:
            yield yaml.safe_dump({name: value}, allow_unicode=True, width=float("inf"))
    yield "---\n"


def _values(lines: list[str], file: str) -> dict[str, object]:
    try:
        # The base loader makes texts, lists and dictionaries only: "source: 2024" stays a text.
        values = yaml.load("\n".join(lines), Loader=yaml.BaseLoader)  # noqa: S506
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 2 if error.problem_mark else 1
        raise ReadError(file, line, f"the front matter is not YAML: {error.problem}.") from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        why = str(error).split("\n", 1)[0]
        raise ReadError(file, 1, f"the front matter is not YAML: {why}.") from None
    if values in (None, ""):
        return {}
    if not isinstance(values, dict) or not all(isinstance(name, str) for name in values):
        raise ReadError(file, 2, "the front matter is not a list of names with values, as in: source: My notes.")
    return values


def question_level(sample: Sequence[str]) -> int:
    """The level of the headings that are questions, 0 where there are no headings.

    A data list below a heading or a section title of the format settles it. Else it is the shallowest level that is
    used more than once for headings with text below them, among those levels that ask something, if any does.
    """
    found = _headings(sample)
    sure = _sure_level(found)
    if sure or not found:
        return sure
    owning = [(level, title) for level, title, below in found if below]
    asking = {level for level, title in owning if title.endswith("?")}
    counts = Counter(level for level, _ in owning if not asking or level in asking)
    if not counts:
        return min(level for level, _, _ in found)
    more_than_once = [level for level in sorted(counts) if counts[level] > 1]
    return next(iter(more_than_once), 2 if 2 in counts else min(counts))


def is_sure(sample: Sequence[str]) -> bool:
    """Whether the lines are certainly of our format: front matter, a data list or a section with a known title."""
    return "".join(sample[:1]).rstrip() == "---" or bool(_sure_level(_headings(sample)))


def document_heading(sample: Sequence[str], level: int) -> str:
    """The title of a file that begins with a heading above those of its questions."""
    found = _headings(sample)
    return found[0][1] if found and 0 < found[0][0] < level else ""


def _headings(sample: Sequence[str]) -> list[tuple[int, str, str]]:
    """Level and title of each heading, and the first line of the text right below it."""
    blocks = Blocks()
    found: list[tuple[int, str, str]] = []
    for line in sample:
        level = blocks.level(line)
        if level:
            found.append((level, one_line(heading_text(line)), ""))
        elif found and not found[-1][2] and line.strip():
            found[-1] = (*found[-1][:2], line)
    return found


def _sure_level(found: list[tuple[int, str, str]]) -> int:
    for at, (level, title, below) in enumerate(found):
        if is_data(below):
            return level
        if at and is_section(title) and found[at - 1][0] == level - 1:
            return level - 1
    return 0
