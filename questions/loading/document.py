"""One document: its items matched with what its source led to before, then created or merged in batches."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from django.utils import timezone

from accounts.models import User
from questions.models import Load, Origin, Question, Source
from questions.models.history import overwrite
from questions.readers.items import Document, Item, Notice
from questions.records import record

from .arrival import Arrival
from .creating import create
from .matching import Keys, Repeats, renamed
from .report import DocumentReport, Entry
from .updating import update

if TYPE_CHECKING:
    from .run import Options

BATCH = 500


class DocumentLoad:
    def __init__(self, document: Document, *, run: Load, options: "Options", user: User | None) -> None:
        self.document, self.run, self.options, self.user = document, run, options, user
        self.title = options.source or document.title
        self.owner_id = options.owner.pk if options.owner else None
        self.sources: dict[str, Source] = {}
        self.fresh: set[int] = set()
        self.seen: set[int] = set()
        self.touched: set[int] = set()
        self.report = DocumentReport(file=document.file, source=self.title or document.file, notices=document.notices)

    def loaded_before(self, digest: str) -> bool:
        """True where a source remembers the same bytes, loaded with the same options."""
        known = Source.objects.filter(owner=self.options.owner).values_list("title", "digests")
        found = next((title for title, digests in known if digests.get(self.document.file) == digest), None)
        if found is None:
            return False
        self.report.skipped, self.report.source = True, found
        self.report.unchanged = Origin.objects.filter(source__title=found, file=self.document.file).count()
        return True

    def remember(self, digest: str) -> None:
        for source in self.sources.values():
            source.digests[self.document.file] = digest
            source.save(update_fields=["digests"])

    def load(self, items: Iterable[Item]) -> None:
        left: list[Arrival] = []
        arrivals = self.arrivals(items)
        while batch := list(islice(arrivals, BATCH)):
            self.find(batch)
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
                self.report.notices.append(Notice(line=item.line, text=text))
                continue
            tagged = replace(item, tags=tuple(dict.fromkeys((*item.tags, *self.options.tags))))
            yield Arrival(item=tagged, key=key, source=self.source_of(item), record=record(tagged))

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

    def find(self, batch: list[Arrival]) -> None:
        """By source and key; else by the question's own id, which an export carries."""
        known = Origin.objects.filter(source__in={each.source.pk for each in batch}, key__in={each.key for each in batch})
        origins = {(origin.source_id, origin.key): origin for origin in known}
        ids = {each.item.id for each in batch if each.item.id}
        questions = dict(Question.objects.filter(owner=self.options.owner, key__in=ids).values_list("key", "pk"))
        for each in batch:
            each.origin = origins.get((each.source.pk, each.key))
            each.question_id = each.origin.question_id if each.origin else questions.get(each.item.id)
        strays = [each for each in batch if each.question_id and not each.origin]
        same = Origin.objects.filter(question__in={each.question_id for each in strays})
        by_question = {(origin.source_id, origin.question_id): origin for origin in same}
        for each in strays:
            each.origin = by_question.get((each.source.pk, each.question_id or 0))

    def update(self, batch: list[Arrival]) -> None:
        for entry in update(batch, self):
            self.report.add(entry)

    def create(self, batch: list[Arrival]) -> None:
        for each in batch:
            found = self.repeats.find(each.item)
            each.repeats = Question.objects.get(pk=found).title if found else ""
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
        known = [source for source in self.sources.values() if source.pk not in self.fresh]
        here = Origin.objects.filter(source__in=known, file=self.document.file).exclude(item={})
        gone = [origin for origin in here if origin.pk not in self.seen]
        pairs = dict(renamed([each.item for each in left], gone))
        for at, place in pairs.items():
            left[at].origin, left[at].question_id, left[at].renamed = gone[place], gone[place].question_id, True
        self.update([left[at] for at in pairs])
        self.create([each for at, each in enumerate(left) if at not in pairs])
        self.miss([origin for place, origin in enumerate(gone) if place not in set(pairs.values())])

    def miss(self, origins: list[Origin]) -> None:
        """An item gone from its document is reported, and its question retired only on request."""
        for origin in origins:
            origin.missing_since = origin.missing_since or timezone.now()
            self.report.add(Entry(state="missing", title=origin.title, question_id=origin.question_id))
        Origin.objects.bulk_update(origins, ["missing_since"], batch_size=BATCH)
        if self.options.retire_missing:
            questions = list(Question.objects.filter(pk__in={origin.question_id for origin in origins}))
            for question in questions:
                question.status = Question.Status.RETIRED
            overwrite(questions, ["status"], user=self.user, reason="Gone from its document")
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

