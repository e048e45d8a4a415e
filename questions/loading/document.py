"""One document: its items matched with what its source led to before, then created or merged in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain, islice
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import User
from questions.models import Load, Origin, Question, Source
from questions.models.history import overwrite
from questions.readers.items import Document, Item, SourceRef

from .creating import create
from .identity import find
from .incoming import Arrival
from .keys import Keys
from .likeness import Repeats, renamed
from .records import record
from .report import DocumentReport, Entry
from .updating import update

if TYPE_CHECKING:
    from .options import Options

BATCH = 500


class DocumentLoad:
    """`seen` has the origins that this run has met so far, this document's and earlier ones', each with its place."""

    def __init__(
        self, document: Document, *, run: Load, options: "Options", user: User | None, seen: dict[int, str]
    ) -> None:
        self.document, self.run, self.options, self.user, self.seen = document, run, options, user, seen
        self.title = options.source or document.title
        self.owner_id = options.owner.pk if options.owner else None
        self.sources: dict[str, Source] = {}
        self.fresh: set[int] = set()
        self.touched: set[int] = set()
        self.report = DocumentReport(file=document.file, source=self.title or document.file, notices=document.notices)

    def loaded_before(self, digest: str) -> bool:
        """True where a source remembers the same bytes, loaded with the same options."""
        file = self.document.file
        known = Source.objects.filter(owner=self.options.owner).values_list("pk", "title", "digests")
        found = {pk: title for pk, title, digests in known if digests.get(file) == digest}
        if not found:
            return False
        self.report.skipped, self.report.source = True, next(iter(found.values()))
        items = Origin.objects.filter(source__in=found).exclude(item={})
        # Items of an export stand in the files that they name.
        self.report.unchanged = items.filter(file=file).count() or items.count()
        return True

    def remember(self, digest: str) -> None:
        """Each source of the document knows its bytes; one that is gone from it forgets it."""
        for source in self.sources.values():
            source.digests[self.document.file] = digest
            source.save(update_fields=["digests"])
        for source in self.former_sources:
            del source.digests[self.document.file]
            source.save(update_fields=["digests"])

    @cached_property
    def former_sources(self) -> list[Source]:
        """Those that this document was of when it was loaded before, and is no more."""
        file = self.document.file
        before = {source.digests[file] for source in self.sources.values() if file in source.digests}
        owned = Source.objects.filter(owner=self.options.owner) if before else Source.objects.none()
        others = owned.exclude(pk__in=[source.pk for source in self.sources.values()])
        return [source for source in others if source.digests.get(file) in before]

    def see(self, origin: int, item: Item) -> None:
        self.seen[origin] = f"{self.document.file}:{item.line}"

    def load(self, items: Iterable[Item]) -> None:
        left: list[Arrival] = []
        arrivals = self.arrivals(items)
        while batch := list(islice(arrivals, BATCH)):
            find(batch, self)
            self.update([each for each in batch if each.question_id])
            new = [each for each in batch if not each.question_id]
            self.create([each for each in new if each.source.pk in self.fresh])
            left += [each for each in new if each.source.pk not in self.fresh]
        self.finish(left)

    def arrivals(self, items: Iterable[Item]) -> Iterator[Arrival]:
        keys = Keys(self.document.file)
        for item in unnumbered_if_alone(items):
            key = keys.key(item)
            if key is None:
                text = f"“{item.title}” stands in the document twice, word for word; it is loaded once."
                self.document.note(item.line, text)
                continue
            complete = self.completed(item)
            yield Arrival(item=complete, key=key, source=self.source_of(complete), record=record(complete))

    def completed(self, item: Item) -> Item:
        """With the tags of the run; a source that has no title is known by its file."""
        answers = (replace(each, source=each.source and self.titled(each.source)) for each in item.answers)
        tags = tuple(dict.fromkeys((*item.tags, *self.options.tags)))
        return replace(item, tags=tags, sources=tuple(map(self.titled, item.sources)), answers=tuple(answers))

    def titled(self, ref: SourceRef) -> SourceRef:
        return ref if ref.title else replace(ref, title=ref.file or self.document.file)

    def source_of(self, item: Item) -> Source:
        """What the options or the document say; else what the item says of itself; else the file's name."""
        return self.source(self.title or (item.sources[0].title if item.sources else self.document.file))

    def source(self, title: str) -> Source:
        if title not in self.sources:
            source, made = Source.objects.get_or_create(
                title=title, owner=self.options.owner, defaults={"public": self.options.public}
            )
            self.sources[title] = source
            self.report.source = self.title or next(iter(self.sources))
            if made or not source.origins.exists():
                self.fresh.add(source.pk)
        return self.sources[title]

    def update(self, batch: list[Arrival]) -> None:
        for entry in update(batch, self):
            self.report.add(entry)

    def create(self, batch: list[Arrival]) -> None:
        for each in batch:
            found = self.repeats.find(each.item)
            each.repeats = Question.objects.values_list("title", flat=True).get(pk=found) if found else ""
        for start in range(0, len(batch), BATCH):
            for entry in create(batch[start : start + BATCH], self):
                self.report.add(entry)

    @cached_property
    def repeats(self) -> Repeats:
        """All wordings that were there before this document."""
        owned = Question.objects.filter(owner=self.options.owner)
        titles = owned.values_list("pk", "title")
        others = owned.exclude(wordings="").values_list("pk", "wordings")
        return Repeats([*titles, *((pk, line) for pk, lines in others for line in lines.splitlines())])

    def finish(self, left: list[Arrival]) -> None:
        """What is left over on both sides is paired as renamed; then the rest is new, or missing from the document."""
        gone = self.unseen()
        pairs = dict(renamed([each.item for each in left], gone)) if left else {}
        for at, place in pairs.items():
            left[at].meet(gone[place])
            left[at].renamed = True
        found, new = [left[at] for at in pairs], [each for at, each in enumerate(left) if at not in pairs]
        for start in range(0, len(found), BATCH):
            self.update(found[start : start + BATCH])
        self.create(new)
        paired = set(pairs.values())
        missing = [origin for place, origin in enumerate(gone) if place not in paired]
        for start in range(0, len(missing), BATCH):
            self.miss(missing[start : start + BATCH])

    def unseen(self) -> list[Origin]:
        """What was loaded from this document before and has not been met in this run."""
        known = [*(source for source in self.sources.values() if source.pk not in self.fresh), *self.former_sources]
        here = Origin.objects.filter(source__in=known, file=self.document.file).exclude(item={})
        pks = [pk for pk in here.values_list("pk", flat=True) if pk not in self.seen]
        parts = (Origin.objects.filter(pk__in=pks[start : start + BATCH]) for start in range(0, len(pks), BATCH))
        return list(chain.from_iterable(parts))

    def miss(self, origins: list[Origin]) -> None:
        """An item gone from its document is reported, and its question retired only on request: not where another
        document still has it."""
        for origin in origins:
            origin.missing_since = origin.missing_since or timezone.now()
            self.report.add(Entry(state="missing", title=origin.title, question_id=origin.question_id))
        Origin.objects.bulk_update(origins, ["missing_since"])
        if not self.options.retire_missing:
            return
        living = Origin.objects.filter(question=OuterRef("pk"), missing_since=None).exclude(item={})
        gone = Question.objects.filter(pk__in={origin.question_id for origin in origins}).exclude(Exists(living))
        questions = list(gone.exclude(status=Question.Status.RETIRED).select_for_update())
        for question in questions:
            question.status, question.updated_at = Question.Status.RETIRED, timezone.now()
        overwrite(questions, ["status", "updated_at"], user=self.user, reason="Gone from its document")
        self.touched |= {question.pk for question in questions}


def unnumbered_if_alone(items: Iterable[Item]) -> Iterator[Item]:
    """The only question of a document has no number worth showing, unless it names its source with one."""
    iterator = iter(items)
    first = next(iterator, None)
    if first is None:
        return
    second = next(iterator, None)
    yield first if second else replace(first, number=None)
    if second:
        yield second
        yield from iterator
