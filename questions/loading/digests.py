"""Which documents were loaded before: each source remembers the bytes of its files."""

from collections.abc import Iterable

from django.db.models import Count, Q

from questions.models import Origin, Source

from .context import DocumentContext


def is_loaded(digest: str, context: DocumentContext) -> bool:
    """Whether the same bytes were loaded before with the same options; the report says so."""
    file = context.file
    sources = Source.objects.filter(owner=context.options.owner).only("title", "digests")
    known = {source.pk: source.title for source in sources if source.digests.get(file) == digest}
    if not known:
        return False
    context.report.skipped = True
    context.report.source = next(iter(known.values()))
    context.report.unchanged = count_items(known, file)
    return True


def count_items(sources: Iterable[int], file: str) -> int:
    """How many items of these sources are from a file. Those of an export stand in the files that they name: where none
    stands in the export itself, all of the source are counted."""
    items = Origin.objects.filter(source__in=sources).exclude(item={}).order_by()
    counts = items.values("source").annotate(
        everywhere=Count("pk"),
        here=Count("pk", filter=Q(file=file)),
    )
    return sum(count["here"] or count["everywhere"] for count in counts)


def remember_digest(digest: str, context: DocumentContext) -> None:
    for source in context.former_sources:
        del source.digests[context.file]
        source.save(update_fields=["digests"])
    for source in context.sources.values():
        if source.pk not in context.item_sources:
            continue
        source.digests[context.file] = digest
        source.save(update_fields=["digests"])
