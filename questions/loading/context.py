"""What a run of the loader knows, and what it knows of the document at hand."""

from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import User
from questions.models import Load, Source
from questions.readers.items import Document, Item

from .options import LoadOptions
from .report import DocumentReport


@dataclass(slots=True, kw_only=True)
class RunContext:
    """`places`: file and line of each origin met so far; `touched`: questions to index again."""

    load: Load
    options: LoadOptions
    user: User | None = None
    places: dict[int, str] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


class LoadContext:
    """`sources`, by title: those that the document has named so far. Of these `item_sources` have
    items in the document, `new_sources` had none before it."""

    def __init__(self, document: Document, run: RunContext) -> None:
        self.document = document
        self.run = run
        self.options = run.options
        self.file = document.file
        self.title = run.options.source or document.title
        self.name = self.title or document.file
        self.sources: dict[str, Source] = {}
        self.item_sources: set[int] = set()
        self.new_sources: set[int] = set()
        self.report = DocumentReport(
            file=self.file,
            source=self.name,
            notices=document.notices,
        )

    def source(self, title: str) -> Source:
        """The owner's source of this title, made where there is none."""
        if title not in self.sources:
            self.sources[title] = self.find_source(title)
            self.report.source = self.title or next(iter(self.sources))
        return self.sources[title]

    def find_source(self, title: str) -> Source:
        owner = self.options.owner
        defaults = {"public": self.options.public}
        sources = Source.objects.all()
        source, is_made = sources.get_or_create(title=title, owner=owner, defaults=defaults)
        if is_made or not source.origins.exists():
            self.new_sources.add(source.pk)
        return source

    @cached_property
    def former_sources(self) -> list[Source]:
        """Those that the document was of when it was loaded before, and is no more."""
        pks = [source.pk for source in self.sources.values()]
        digests = {source.digests.get(self.file) for source in self.sources.values()} - {None}
        if not digests:
            return []
        others = Source.objects.filter(owner=self.options.owner).exclude(pk__in=pks)
        return [source for source in others if source.digests.get(self.file) in digests]

    def mark_seen(self, origin: int, item: Item) -> None:
        self.run.places[origin] = f"{self.file}:{item.line}"
