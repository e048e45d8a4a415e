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
_NO_PARAGRAPH = re.compile(r"[ \t]*$|    |\t| {0,3}(?:[#>|<]|```|~~~|([-*_])(?:[ \t]*\1){2,}[ \t]*$)")


def one_line(value: str) -> str:
    return " ".join(value.split())


def one_lines(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for value in values if (line := one_line(value)))


def text(value: str) -> str:
    """Markdown with LF line ends, no blank lines around it, fences and comments closed and no heading above ####."""
    if not value:
        return ""
    lines = value.replace("\r\n", "\n").replace("\r", "\n").rstrip(" \t\n").split("\n")
    while lines and not lines[0].strip(" \t"):
        del lines[0]
    value = "\n".join(lines)
    if not _NEEDS_CARE.search(value):
        return value
    blocks = Blocks()
    done: list[str] = []
    for line in lines:
        outside = not blocks.closer
        blocks.level(line)
        if outside:
            _add_lowered(done, line)
        else:
            done.append(line)
    if blocks.closer:
        done.append(blocks.closer)
    return "\n".join(done)


def _add_lowered(lines: list[str], line: str) -> None:
    """Adds a line; where it is a heading above ####, or makes one of the line before it, as a heading of that level."""
    if _UNDERLINE.fullmatch(line) and _is_lone_line(lines):
        lines[-1] = heading(4, lines[-1].strip(" \t"))
    else:
        lines.append(_SHALLOW.sub(r"\1####", line, count=1) if _SHALLOW.match(line) else line)


def _is_lone_line(lines: list[str]) -> bool:
    """Whether the last line is a paragraph of its own, which an underline would make a heading."""
    if not lines or (len(lines) > 1 and lines[-2].strip(" \t")):
        return False
    return not (_NO_PARAGRAPH.match(lines[-1]) or LIST_ITEM.fullmatch(lines[-1]) or "-->" in lines[-1])


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
        links=tuple(Link(title=one_line(link.title), url=one_line(link.url)) for link in item.links),
        sources=tuple(source for each in item.sources if (source := _source(each))),
        answers=tuple(_other_answer(answer) for answer in item.answers),
    )


def question_set(found: SetItem) -> SetItem:
    return replace(
        found,
        title=one_line(found.title),
        id=one_line(found.id),
        description=text(found.description),
        questions=one_lines(found.questions),
    )


def _source(source: SourceRef) -> SourceRef | None:
    """None for a source that says nothing."""
    source = replace(source, title=one_line(source.title), file=one_line(source.file), url=one_line(source.url))
    return None if source == SourceRef(title="") else source


def _other_answer(other: OtherAnswer) -> OtherAnswer:
    source = _source(other.source) if other.source else None
    return OtherAnswer(short=text(other.short), answer=text(other.answer), source=source)


_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(value: str) -> date | None:
    """None where it is no date as 2026-11-20."""
    try:
        return date.fromisoformat(value) if _DATE.fullmatch(value) else None
    except ValueError:
        return None
