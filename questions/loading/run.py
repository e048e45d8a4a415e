"""One run of the loader: some documents, all of them or nothing."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import IO, BinaryIO

from django.db import transaction

from accounts.models import User
from questions.catalogue import search
from questions.models import Load
from questions.readers import LIMIT, open_document
from questions.readers.items import Document, Item, ReadError, SetItem

from .bulk import one_run_at_a_time
from .document import DocumentLoad
from .options import Options, checked, checked_tags, file_name
from .report import LoadReport
from .sets import load_sets

CHUNK = 1 << 20
Progress = Callable[[int], object]


def load(
    streams: Iterable[tuple[str, BinaryIO]],
    *,
    options: Options,
    format: str | None = None,
    user: User | None = None,
    dry_run: bool = False,
    limit: int = LIMIT,
    progress: Progress | None = None,
) -> LoadReport:
    """Loads documents, given as pairs of a file's name and its bytes. A dry run does all of it and stores nothing.

    Raises ReadError for a document that cannot be read; nothing of the run is stored then.
    """
    report = LoadReport()
    options = replace(options, source=checked(options.source, "--source"), tags=checked_tags(options.tags))
    with transaction.atomic():
        one_run_at_a_time()
        run = Load.objects.create(user=user)
        sets: list[tuple[str, SetItem]] = []
        touched: set[int] = set()
        seen: dict[int, str] = {}
        for path, stream in streams:
            file = file_name(path)
            with tempfile.SpooledTemporaryFile(max_size=4 * CHUNK) as copy:
                digest = spool(stream, copy, file, f"{options.stamp()} {format}", limit, progress)
                document = open_document(copy, file, format=format, limit=limit)  # type: ignore[arg-type]
                loading = DocumentLoad(document, run=run, options=options, user=user, seen=seen)
                report.documents.append(loading.report)
                if loading.loaded_before(digest):
                    continue
                loading.load(questions_only(document, sets))
                loading.remember(digest)
                touched |= loading.touched
        changed = load_sets(sets, owner=options.owner, report=report)
        if touched or changed or any(not each.skipped for each in report.documents):
            search.refresh(touched)
        run.tally = [each.tally() for each in report.documents]
        run.save()
        transaction.set_rollback(dry_run)
    return report


def spool(stream: BinaryIO, copy: IO[bytes], file: str, stamp: str, limit: int, progress: Progress | None) -> str:
    """Copies a document aside, for it may be a pipe, and gives the digest of its bytes and of how it is loaded."""
    digest = hashlib.sha256(stamp.encode())
    size = 0
    while chunk := read(stream, file):
        size += len(chunk)
        if size > limit:
            way = ", or load it with the command" if limit < LIMIT else ""
            raise ReadError(file, 0, f"is larger than {limit // CHUNK} MiB. Split it{way}.")
        digest.update(chunk)
        copy.write(chunk)
        if progress:
            progress(len(chunk))
    copy.seek(0)
    return digest.hexdigest()


def read(stream: BinaryIO, file: str) -> bytes:
    try:
        return stream.read(CHUNK)
    except OSError as error:
        raise ReadError(file, 0, f"cannot be read ({error.strerror}).") from None


def questions_only(document: Document, sets: list[tuple[str, SetItem]]) -> Iterator[Item]:
    """The questions of a document; its question sets are put aside until all questions of the run are there."""
    for item in document.items:
        if isinstance(item, SetItem):
            sets.append((document.file, item))
        else:
            yield item
