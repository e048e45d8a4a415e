"""The one form in which items leave a reader, so that a written item reads back as it was."""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from .blocks import LIST_ITEM, Blocks, heading
from .items import Item, Link, OtherAnswer, SetItem, SourceRef

_NEEDS_CARE = re.compile(r"^ {0,3}(?:#{1,3}(?:[ \t]|$)|[=-]{2,}[ \t]*$|<!--)|```|~~~", re.M)
_SHALLOW = re.compile(r"( {0,3})#{1,3}(?=[ \t]|$)")
_UNDERLINE = re.compile(r" {0,3}(?:={2,}|-{2,})[ \t]*")
_RULE = r"([-*_])(?:[ \t]*\1){2,}[ \t]*$"
_NO_PARAGRAPH = re.compile(rf"[ \t]*$|    |\t| {{0,3}}(?:[#>|<]|```|~~~|{_RULE})|.*-->")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def one_line(value: str) -> str:
    return " ".join(value.split())


def one_lines(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(filter(None, map(one_line, values)))


def text(value: str) -> str:
    """Markdown with LF line ends and no blank lines around it.

    Fences and comments are closed, and no heading is above ####.
    """
    value = value.replace("\r\n", "\n").replace("\r", "\n").rstrip(" \t\n")
    blanks = value[: len(value) - len(value.lstrip(" \t\n"))]
    value = value[blanks.rfind("\n") + 1 :]
    if not _NEEDS_CARE.search(value):
        return value
    return "\n".join(_lowered_and_closed(value.split("\n")))


def item(item: Item) -> Item:
    return replace(
        item,
        title=one_line(item.title),
        id=one_line(item.id),
        body=text(item.body),
        short=text(item.short),
        answer=text(item.answer),
        wordings=one_lines(item.wordings),
        key_points=one_lines(item.key_points),
        mistakes=text(item.mistakes),
        follow_ups=text(item.follow_ups),
        tags=tuple(dict.fromkeys(one_lines(item.tags))),
        applies_to=one_line(item.applies_to),
        links=tuple(map(_normal_link, item.links)),
        sources=tuple(filter(None, map(_normal_source, item.sources))),
        answers=tuple(map(_normal_other_answer, item.answers)),
    )


def question_set(set_item: SetItem) -> SetItem:
    return replace(
        set_item,
        title=one_line(set_item.title),
        id=one_line(set_item.id),
        description=text(set_item.description),
        questions=one_lines(set_item.questions),
    )


def read_date(value: str) -> date | None:
    """None where it is no date as 2026-11-20."""
    if not _DATE.fullmatch(value):
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None


def _normal_link(link: Link) -> Link:
    return Link(title=one_line(link.title), url=one_line(link.url))


def _normal_source(source: SourceRef) -> SourceRef | None:
    """None for a source that says nothing."""
    source = SourceRef(
        title=one_line(source.title),
        file=one_line(source.file),
        number=source.number,
        url=one_line(source.url),
    )
    return None if source == SourceRef(title="") else source


def _normal_other_answer(other: OtherAnswer) -> OtherAnswer:
    source = _normal_source(other.source) if other.source else None
    return OtherAnswer(short=text(other.short), answer=text(other.answer), source=source)


def _lowered_and_closed(lines: list[str]) -> list[str]:
    """The lines with headings not above ####, and with the end of what is open after them."""
    blocks = Blocks()
    result: list[str] = []
    for line in lines:
        is_code = bool(blocks.closer)
        blocks.level(line)
        if is_code:
            result.append(line)
        else:
            _add_lowered(result, line)
    if blocks.closer:
        result.append(blocks.closer)
    return result


def _add_lowered(lines: list[str], line: str) -> None:
    """Adds a line; a heading above #### is lowered to it, that of an underline included."""
    if _UNDERLINE.fullmatch(line) and _ends_with_lone_line(lines):
        lines[-1] = heading(4, lines[-1].strip(" \t"))
    else:
        lines.append(_lowered(line))


def _lowered(line: str) -> str:
    return _SHALLOW.sub(r"\1####", line, count=1) if _SHALLOW.match(line) else line


def _ends_with_lone_line(lines: list[str]) -> bool:
    """Whether the last line is a paragraph of its own, which an underline makes a heading."""
    line_before = "".join(lines[-2:-1])
    return bool(lines) and not line_before.strip(" \t") and _is_paragraph(lines[-1])


def _is_paragraph(line: str) -> bool:
    return not _NO_PARAGRAPH.match(line) and not LIST_ITEM.fullmatch(line)
