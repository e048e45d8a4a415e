"""Items on their way in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

from questions.models import Origin, Source
from questions.readers.items import Item, OtherAnswer, SourceRef

from .context import LoadContext
from .keys import Keys
from .records import Record, named_sources, record
from .report import ReportEntry

REPEATS = "May repeat: "


@dataclass(slots=True, kw_only=True)
class IncomingItem:
    """`origin` and `question_id` (0: none) are what the item is already."""

    item: Item
    key: str
    source: Source
    record: Record
    origin: Origin | None = None
    question_id: int = 0
    is_renamed: bool = False
    repeats: str = ""

    def attach(self, origin: Origin) -> None:
        """This is what was loaded before; a status that the document does not name is the same."""
        self.origin = origin
        self.question_id = origin.question_id
        if not self.item.status:
            self.record["status"] = origin.item.get("status", "")

    def detach(self) -> None:
        self.origin = None
        self.question_id = 0

    @property
    def origin_id(self) -> int:
        return self.origin.pk if self.origin else 0

    @property
    def loaded_record(self) -> Record:
        """What the item said when it was loaded before."""
        return self.origin.item if self.origin else {}

    @property
    def is_changed(self) -> bool:
        return self.origin is not None and self.loaded_record != self.record

    @property
    def is_stray(self) -> bool:
        """Whether it has an id, and nothing was loaded before by it."""
        return bool(self.item.id) and self.origin is None

    @property
    def reference(self) -> SourceRef:
        """What the item says of the source it is loaded under, its number where it says nothing."""
        for ref in self.item.sources:
            if ref.title == self.source.title:
                return ref
        return SourceRef(title="", number=self.item.number)

    @property
    def others(self) -> list[SourceRef]:
        """Further sources that the item names, those of its other answers included."""
        own = self.reference
        return [ref for ref in named_sources(self.item) if ref != own]

    def place(self, file: str) -> dict[str, Any]:
        """Where the item stands: the columns of its origin that are no part of the merge."""
        ref = self.reference
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

    def entry(self, state: str, fields: tuple[str, ...] = ()) -> ReportEntry:
        return ReportEntry(
            state=state,
            title=self.item.title,
            line=self.item.line,
            fields=fields,
            warnings=self.item.warnings,
            repeats=self.repeats,
        )


def incoming_items(items: Iterable[Item], context: LoadContext) -> Iterator[IncomingItem]:
    keys = Keys(context.file)
    for item in without_lone_number(items):
        key = keys.key_of(item)
        if key is None:
            twice = f"“{item.title}” stands in the document twice, word for word"
            context.document.note(item.line, f"{twice}; it is loaded once.")
            continue
        complete = completed(item, context)
        source = context.source(source_title(complete, context))
        context.item_sources.add(source.pk)
        yield IncomingItem(item=complete, key=key, source=source, record=record(complete))


def without_lone_number(items: Iterable[Item]) -> Iterator[Item]:
    """The only question of a document has no number worth showing, unless its source has one."""
    iterator = iter(items)
    first = next(iterator, None)
    if first is None:
        return
    second = next(iterator, None)
    if second is None:
        yield replace(first, number=None)
    else:
        yield first
        yield second
        yield from iterator


def completed(item: Item, context: LoadContext) -> Item:
    """With the tags of the run, and a title for every source."""
    return replace(
        item,
        tags=tuple(dict.fromkeys((*item.tags, *context.options.tags))),
        sources=tuple(titled(ref, context) for ref in item.sources),
        answers=tuple(titled_answer(answer, context) for answer in item.answers),
    )


def titled(ref: SourceRef, context: LoadContext) -> SourceRef:
    """A source without a title is known by its file, else it is the document."""
    return replace(ref, title=ref.title or ref.file or context.name)


def titled_answer(answer: OtherAnswer, context: LoadContext) -> OtherAnswer:
    return replace(answer, source=answer.source and titled(answer.source, context))


def source_title(item: Item, context: LoadContext) -> str:
    """What the options or the document say; else what the item says; else the file's name."""
    if context.title or not item.sources:
        return context.name
    return item.sources[0].title
