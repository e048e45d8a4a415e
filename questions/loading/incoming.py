"""An item on its way in."""

from dataclasses import dataclass

from questions.models import Origin, Source
from questions.readers.items import Item, SourceRef

from .records import Record

REPEATS = "May repeat: "


@dataclass(slots=True, kw_only=True)
class Arrival:
    """`origin` and `question_id` are what the item is already, where it was loaded before."""

    item: Item
    key: str
    source: Source
    record: Record
    origin: Origin | None = None
    question_id: int | None = None
    renamed: bool = False
    repeats: str = ""

    def meet(self, origin: Origin | None) -> None:
        """This is what was loaded before. Where the document names no status, it says what it said then."""
        self.origin, self.question_id = origin, origin.question_id if origin else None
        if origin and not self.item.status:
            self.record["status"] = origin.item.get("status", "")

    @property
    def reference(self) -> SourceRef | None:
        """What the item itself says of the source it is loaded under."""
        return next((ref for ref in self.item.sources if ref.title == self.source.title), None)

    @property
    def others(self) -> list[SourceRef]:
        """Further sources that the item names, those of its other answers included."""
        named: dict[tuple[str, int | None], SourceRef] = {}
        for ref in (*self.item.sources, *(answer.source for answer in self.item.answers if answer.source)):
            named.setdefault((ref.title, ref.number), ref)
        if self.reference:
            del named[self.reference.title, self.reference.number]
        return list(named.values())

    def place(self, file: str) -> dict[str, str | int | None]:
        """Where the item stands: the columns of its origin that are no part of the merge."""
        ref = self.reference
        return {
            "title": self.item.title,
            "line": self.item.line,
            "number": ref.number if ref else self.item.number,
            "url": ref.url if ref else "",
            "file": ref.file if ref and ref.file else file,
        }

    def warnings(self) -> str:
        lines = [f"Line {warning.line}: {warning.text}" for warning in self.item.warnings]
        if self.repeats:
            lines.append(f"{REPEATS}{self.repeats}")
        return "\n".join(lines)
