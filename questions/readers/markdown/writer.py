"""Items -> the text of a question file, which reads back as the same items."""

from collections.abc import Iterable, Iterator
from datetime import date

from .. import normal
from ..blocks import heading
from ..items import Item, OtherAnswer
from .front import write_front
from .other_answers import ANOTHER, ANOTHER_SHORT, FROM, SHORT_FROM
from .points import write_point
from .values import write_link, write_source, write_tags


def write(items: Iterable[Item], *, title: str = "") -> Iterator[str]:
    """The text in pieces. `title` is that of the source all the items are from."""
    title = normal.one_line(title)
    if title:
        yield from write_front({"source": title})
    between = ""
    for item in items:
        yield between
        yield "\n\n".join(_item_parts(normal.item(item)))
        between = "\n\n"
    if between:
        yield "\n"


def _item_parts(item: Item) -> Iterator[str]:
    yield heading(2, item.title)
    yield _data_list(item)
    if item.body:
        yield item.body
    yield from _section("Short answer", item.short)
    yield _written("Answer", item.answer)
    yield from _section("Key points", "\n".join(map(write_point, item.key_points)))
    yield from _section("Common mistakes", item.mistakes)
    yield from _section("Follow-ups", item.follow_ups)
    for other in item.answers:
        yield from _other_answer(other)


def _data_list(item: Item) -> str:
    return "\n".join(_data(item)) or "- id:"


def _data(item: Item) -> Iterator[str]:
    yield from _single_values(item)
    yield from map("- also asked: {}".format, item.wordings)
    yield from map("- docs: {}".format, map(write_link, item.links))
    yield from map("- source: {}".format, map(write_source, item.sources))


def _single_values(item: Item) -> Iterator[str]:
    values = {
        "id": item.id,
        "status": item.status,
        "difficulty": item.difficulty,
        "tags": write_tags(item.tags),
        "applies to": item.applies_to,
        "verified": _day(item.verified_on),
    }
    for name, value in values.items():
        if value:
            yield f"- {name}: {value}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def _other_answer(other: OtherAnswer) -> Iterator[str]:
    short_title, title = ANOTHER_SHORT, ANOTHER
    if other.source:
        source = write_source(other.source)
        short_title, title = SHORT_FROM + source, FROM + source
    yield from _section(short_title, other.short)
    yield _written(title, other.answer)


def _section(title: str, text: str) -> Iterator[str]:
    if text:
        yield _written(title, text)


def _written(title: str, text: str) -> str:
    return f"{heading(3, title)}\n{text}".rstrip("\n")
