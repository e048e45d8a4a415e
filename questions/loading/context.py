"""What a run of the loader knows, and what it knows of the document at hand."""

from dataclasses import dataclass, field
from functools import cached_property

from accounts.models import User
from questions.models import Load, Source
from questions.readers.items import Document, Item

from .options import Options
from .report import DocumentReport


@dataclass(slots=True, kw_only=True)
class RunContext:
    """`places` has the origins met so far, each with file and line; `touched` the questions to index again."""

    load: Load
    options: Options
    user: User | None = None
    places: dict[int, str] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)


class DocumentContext:
    """`sources` are those that the document names, by title; `item_sources` have items of it, `new_sources` have none
    that was loaded before."""

    def __init__(self, document: Document, run: RunContext) -> None:
        self.document = document
        self.run = run
        self.options = run.options
        self.file = document.file
        self.title = run.options.source or document.title
        self.sources: dict[str, Source] = {}
        self.item_sources: set[int] = set()
        self.new_sources: set[int] = set()
        self.report = DocumentReport(
            file=document.file,
            source=self.title or document.file,
            notices=document.notices,
        )

    def source(self, title: str) -> Source:
        """The owner's source of this title, made where there is none."""
        if title not in self.sources:
            source, is_new = Source.objects.get_or_create(
                title=title,
                owner=self.options.owner,
                defaults={"public": self.options.public},
            )
            self.sources[title] = source
            self.report.source = self.title or next(iter(self.sources))
            if is_new or not source.origins.exists():
                self.new_sources.add(source.pk)
        return self.sources[title]

    @cached_property
    def former_sources(self) -> list[Source]:
        """Those that the document was of when it was loaded before, and is no more."""
        sources = self.sources.values()
        digests = {source.digests[self.file] for source in sources if self.file in source.digests}
        if not digests:
            return []
        others = Source.objects.filter(owner=self.options.owner)
        others = others.exclude(pk__in=[source.pk for source in sources])
        return [source for source in others if source.digests.get(self.file) in digests]

    def mark_seen(self, origin: int, item: Item) -> None:
        self.run.places[origin] = f"{self.file}:{item.line}"
