"""What a run of the loader did, document by document, and how a terminal shows it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from questions.readers.items import NOTICE_LIMIT, Notice

# More than a person reads; the numbers count all.
ENTRY_LIMIT = 1_000
COUNTS = ("new", "changed", "unchanged", "kept", "missing")
MARKS = {"new": "+", "changed": "~", "renamed": "~", "kept": "=", "missing": "-", "unchanged": " "}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportEntry:
    """One item. `fields` were taken, or were kept because a curator had edited them."""

    state: str
    title: str
    line: int = 0
    fields: tuple[str, ...] = ()
    warnings: tuple[Notice, ...] = ()
    repeats: str = ""

    def change_line(self) -> str:
        fields = f" ({', '.join(self.fields)})" if self.fields else ""
        return f"  {MARKS[self.state]} {self.title}{fields}"

    def remark_lines(self, file: str) -> Iterator[str]:
        for warning in self.warnings:
            yield f"  {file}:{warning.line}: {warning.text}"
        if self.repeats:
            yield f"  {file}:{self.line}: may repeat “{self.repeats}”"


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
    entries: list[ReportEntry] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def note(self, line: int, text: str) -> None:
        if len(self.notices) < NOTICE_LIMIT:
            self.notices.append(Notice(line=line, text=text))

    def add(self, entry: ReportEntry) -> None:
        counter = "changed" if entry.state == "renamed" else entry.state
        setattr(self, counter, getattr(self, counter) + 1)
        self.warnings += len(entry.warnings) + bool(entry.repeats)
        is_news = entry.state != "unchanged" or entry.warnings
        if is_news and len(self.entries) < ENTRY_LIMIT:
            self.entries.append(entry)

    def tally(self) -> dict[str, str | int | bool]:
        names = ("file", "source", "skipped", *COUNTS, "warnings")
        return {name: getattr(self, name) for name in names}

    def summary(self) -> str:
        named = self.file
        if self.source not in ("", self.file):
            named += f" ({self.source})"
        if self.skipped:
            return f"{named}: loaded before, {self.unchanged} unchanged"
        counts = ", ".join(f"{getattr(self, name)} {name}" for name in (*COUNTS, "warnings"))
        return f"{named}: {counts}"

    def notice_lines(self) -> Iterator[str]:
        for notice in self.notices:
            yield f"  {self.file}:{notice.line}: {notice.text}"

    def entry_lines(self, *, changes: bool) -> Iterator[str]:
        """What to look at; with `changes` also what was, or would be, done."""
        for entry in self.entries:
            if changes and entry.state != "unchanged":
                yield entry.change_line()
            yield from entry.remark_lines(self.file)


@dataclass(slots=True, kw_only=True)
class LoadReport:
    documents: list[DocumentReport] = field(default_factory=list)

    @property
    def is_skipped(self) -> bool:
        """Whether no document had anything to load."""
        return all(document.skipped for document in self.documents)

    def total(self, name: str) -> int:
        return sum(getattr(document, name) for document in self.documents)

    def lines(self, *, dry_run: bool, brief: bool) -> Iterator[str]:
        """`brief` leaves out what was done, document by document."""
        for document in self.documents:
            if not brief:
                yield document.summary()
            yield from document.notice_lines()
            yield from document.entry_lines(changes=dry_run and not brief)
        yield self.summary(dry_run=dry_run)

    def summary(self, *, dry_run: bool) -> str:
        number = len(self.documents)
        counts = ", ".join(f"{self.total(name)} {name}" for name in COUNTS)
        stored = " (dry run: nothing stored)" if dry_run else ""
        return f"{number} document{'s' * (number != 1)}: {counts}{stored}"


def printable(text: str | Path) -> str:
    """Without what a document could tell the terminal to do."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in str(text))
