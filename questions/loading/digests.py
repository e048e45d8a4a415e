"""Which documents were loaded before: each source remembers the bytes of its files."""

from questions.models import Origin, Source

from .context import DocumentContext


def is_loaded(digest: str, context: DocumentContext) -> bool:
    """Whether the same bytes were loaded before with the same options; the report says so."""
    file = context.file
    sources = Source.objects.filter(owner=context.options.owner).only("title", "digests")
    known = {source.pk: source.title for source in sources if source.digests.get(file) == digest}
    if not known:
        return False
    items = Origin.objects.filter(source__in=known).exclude(item={})
    context.report.skipped = True
    context.report.source = next(iter(known.values()))
    # Items of an export stand in the files that they name.
    context.report.unchanged = items.filter(file=file).count() or items.count()
    return True


def remember_digest(digest: str, context: DocumentContext) -> None:
    for source in context.former_sources:
        del source.digests[context.file]
        source.save(update_fields=["digests"])
    for source in context.sources.values():
        source.digests[context.file] = digest
        source.save(update_fields=["digests"])
