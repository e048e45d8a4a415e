"""Items on their way in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from questions.models import Origin, Source
from questions.readers.items import Item, SourceRef

from .context import DocumentContext
from .keys import Keys
from .records import Record, named_sources, record
from .report import Entry

REPEATS = "May repeat: "


@dataclass(slots=True, kw_only=True)
class IncomingItem:
    """`origin` and `question_id` (0: none) are what the item is already, where it was loaded before."""

    item: Item
    key: str
    source: Source
    record: Record
    origin: Origin | None = None
    question_id: int = 0
    is_renamed: bool = False
    repeats: str = ""

    def attach(self, origin: Origin | None) -> None:
        """This is what was loaded before. Where the document names no status, it says what it said then."""
        self.origin = origin
        self.question_id = origin.question_id if origin else 0
        if origin and not self.item.status:
            self.record["status"] = origin.item.get("status", "")

    @property
    def reference(self) -> SourceRef | None:
        """What the item itself says of the source it is loaded under."""
        return next((ref for ref in self.item.sources if ref.title == self.source.title), None)

    @property
    def others(self) -> list[SourceRef]:
        """Further sources that the item names, those of its other answers included."""
        own = self.reference
        return [ref for ref in named_sources(self.item) if ref != own]

    def place(self, file: str) -> dict[str, Any]:
        """Where the item stands: the columns of its origin that are no part of the merge."""
        ref = self.reference or SourceRef(title="", number=self.item.number)
        return {
            "title": self.item.title,
            "line": self.item.line,
            "number": ref.number,
            "url": ref.url,
            "file": ref.file or file,
        }

    def warnings(self) -> str:
        lines = [f"Line {warning.line}: {warning.text}" for warning in self.item.warnings]
        if self.repeats:
            lines.append(f"{REPEATS}{self.repeats}")
        return "\n".join(lines)

    def entry(self, state: str, fields: tuple[str, ...] = ()) -> Entry:
        return Entry(
            state=state,
            title=self.item.title,
            line=self.item.line,
            fields=fields,
            warnings=self.item.warnings,
            repeats=self.repeats,
        )


def incoming_items(items: Iterable[Item], context: DocumentContext) -> Iterator[IncomingItem]:
    keys = Keys(context.file)
    for item in without_lone_number(items):
        key = keys.key_of(item)
        if key is None:
            text = f"“{item.title}” stands in the document twice, word for word; it is loaded once."
            context.document.note(item.line, text)
            continue
        complete = completed(item, context)
        source = context.source(source_title(complete, context))
        context.item_sources.add(source.pk)
        yield IncomingItem(item=complete, key=key, source=source, record=record(complete))


def without_lone_number(items: Iterable[Item]) -> Iterator[Item]:
    """The only question of a document has no number worth showing, unless it names its source with one."""
    iterator = iter(items)
    first = next(iterator, None)
    if first is None:
        return
    second = next(iterator, None)
    if second is None:
        yield replace(first, number=None)
        return
    yield first
    yield second
    yield from iterator


def completed(item: Item, context: DocumentContext) -> Item:
    """With the tags of the run; a source without a title is known by its file, else it is the document."""

    def titled(ref: SourceRef) -> SourceRef:
        return replace(ref, title=ref.title or ref.file or context.title or context.file)

    answers = [replace(answer, source=titled(answer.source)) if answer.source else answer for answer in item.answers]
    return replace(
        item,
        tags=tuple(dict.fromkeys((*item.tags, *context.options.tags))),
        sources=tuple(map(titled, item.sources)),
        answers=tuple(answers),
    )


def source_title(item: Item, context: DocumentContext) -> str:
    """What the options or the document say; else what the item says; else the file's name."""
    if context.title:
        return context.title
    return item.sources[0].title if item.sources else context.file
