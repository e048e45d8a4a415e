"""Which documents were loaded before: each source remembers the bytes of its files."""

from collections.abc import Iterable

from django.db.models import Count, Q

from questions.models import Origin, Source

from .context import LoadContext


def is_loaded(digest: str, context: LoadContext) -> bool:
    """Whether the same bytes were loaded before with the same options; the report says so."""
    sources = Source.objects.filter(owner=context.options.owner).only("title", "digests")
    known = [source for source in sources if source.digests.get(context.file) == digest]
    if not known:
        return False
    context.report.skipped = True
    context.report.source = known[0].title
    context.report.unchanged = count_items(known, context.file)
    return True


def count_items(sources: Iterable[Source], file: str) -> int:
    """How many items of these sources are from a file.

    Items of an export stand in the files that they name: where none of a source stands in the
    export itself, all of the source are counted.
    """
    items = Origin.objects.filter(source__in=sources).exclude(item={}).order_by()
    here = Count("pk", filter=Q(file=file))
    counts = items.values("source").annotate(everywhere=Count("pk"), here=here)
    return sum(count["here"] or count["everywhere"] for count in counts)


def remember_digest(digest: str, context: LoadContext) -> None:
    for source in context.former_sources:
        del source.digests[context.file]
        source.save(update_fields=["digests"])
    for source in context.sources.values():
        if source.pk in context.item_sources:
            source.digests[context.file] = digest
            source.save(update_fields=["digests"])
