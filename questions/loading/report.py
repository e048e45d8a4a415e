"""What a run of the loader did, document by document."""

from dataclasses import dataclass, field

from questions.readers.items import NOTICE_LIMIT, Notice

# More than a person reads; the numbers count all.
ENTRY_LIMIT = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item that is not simply unchanged. `fields` were taken, or were kept because a curator had edited them."""

    state: str
    title: str
    line: int = 0
    fields: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()
    repeats: str = ""


@dataclass(slots=True, kw_only=True)
class DocumentReport:
    """`skipped`: the same bytes with the same options were loaded before."""

    file: str
    source: str = ""
    skipped: bool = False
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    kept: int = 0
    missing: int = 0
    warnings: int = 0
    entries: list[Entry] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        if len(self.notices) < NOTICE_LIMIT:
            self.notices.append(Notice(line=line, text=text))

    def add(self, entry: Entry) -> None:
        counter = "changed" if entry.state == "renamed" else entry.state
        setattr(self, counter, getattr(self, counter) + 1)
        self.warnings += len(entry.warnings) + bool(entry.repeats)
        if len(self.entries) < ENTRY_LIMIT and (entry.state != "unchanged" or entry.warnings):
            self.entries.append(entry)

    def tally(self) -> dict[str, str | int | bool]:
        names = (
            "file",
            "source",
            "skipped",
            "new",
            "changed",
            "unchanged",
            "kept",
            "missing",
            "warnings",
        )
        return {name: getattr(self, name) for name in names}


@dataclass(slots=True, kw_only=True)
class LoadReport:
    documents: list[DocumentReport] = field(default_factory=list)

    @property
    def is_skipped(self) -> bool:
        """Whether no document had anything to load."""
        return all(document.skipped for document in self.documents)

    def total(self, name: str) -> int:
        return sum(getattr(document, name) for document in self.documents)
