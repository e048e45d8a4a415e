"""One run of the loader: some documents, all of them or nothing."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO, cast

from django.db import transaction

from accounts.models import User
from questions.catalogue import search
from questions.models import Load
from questions.readers import LIMIT, open_document
from questions.readers.items import Document, Item, ReadError, SetItem

from .bulk import one_run_at_a_time
from .context import LoadContext, RunContext
from .digests import is_loaded, remember_digest
from .document import DocumentLoad
from .options import LoadOptions, file_name
from .report import DocumentReport, LoadReport
from .sets import PlacedSet, load_sets

CHUNK = 1 << 20
Progress = Callable[[int], object]


def load(
    streams: Iterable[tuple[str, BinaryIO]],
    *,
    options: LoadOptions,
    format: str | None = None,
    user: User | None = None,
    dry_run: bool = False,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> LoadReport:
    """Loads documents, given as pairs of a file's name and its bytes. A dry run does all of it and
    stores nothing.

    Raises ReadError for a document that cannot be read; nothing of the run is stored then.
    """
    options = options.clean()
    report = LoadReport()
    sets: list[PlacedSet] = []
    with transaction.atomic():
        one_run_at_a_time()
        run = RunContext(load=Load.objects.create(user=user), options=options, user=user)
        for path, stream in streams:
            file = file_name(path)
            with tempfile.SpooledTemporaryFile(max_size=4 * CHUNK) as spool:
                copy = cast(BinaryIO, spool)
                pieces = chunks(stream, file, limit, progress)
                digest = copy_aside(pieces, copy, stamp=f"{options.stamp()} {format}")
                document = open_document(copy, file, format=format, limit=limit)
                report.documents.append(load_document(document, digest, sets, run))
        changed_sets = load_sets(sets, owner=options.owner)
        if changed_sets or not report.is_skipped:
            search.refresh(run.touched)
        run.load.tally = [document.tally() for document in report.documents]
        run.load.save()
        transaction.set_rollback(dry_run)
    return report


def load_document(
    document: Document,
    digest: str,
    sets: list[PlacedSet],
    run: RunContext,
) -> DocumentReport:
    """Its question sets are put aside until all questions of the run are there."""
    context = LoadContext(document, run)
    if not is_loaded(digest, context):
        DocumentLoad(context).load(questions_only(context, sets))
        remember_digest(digest, context)
    return context.report


def chunks(stream: BinaryIO, file: str, limit: int, progress: Progress | None) -> Iterator[bytes]:
    size = 0
    while chunk := read(stream, file):
        size += len(chunk)
        if size > limit:
            raise ReadError(file, 0, f"is larger than {limit // CHUNK} MiB. {advice(limit)}")
        if progress:
            progress(len(chunk))
        yield chunk


def advice(limit: int) -> str:
    return "Split it, or load it with the command." if limit < LIMIT else "Split it."


def read(stream: BinaryIO, file: str) -> bytes:
    try:
        return stream.read(CHUNK)
    except OSError as error:
        raise ReadError(file, 0, f"cannot be read ({error.strerror}).") from None


def copy_aside(pieces: Iterable[bytes], copy: BinaryIO, *, stamp: str) -> str:
    """Keeps a document, for it may be a pipe, and gives the digest of it and of `stamp`."""
    digest = hashlib.sha256(stamp.encode())
    for piece in pieces:
        digest.update(piece)
        copy.write(piece)
    copy.seek(0)
    return digest.hexdigest()


def questions_only(context: LoadContext, sets: list[PlacedSet]) -> Iterator[Item]:
    for item in context.document.items:
        if isinstance(item, SetItem):
            sets.append((item, context.report))
        else:
            yield item
