"""Load questions from documents, or the bundled bank."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.db import DatabaseError
from tqdm import tqdm

from questions.loading.files import InputFiles, PathError, bank_files, find_files
from questions.loading.options import LoadOptions
from questions.loading.report import LoadReport, printable
from questions.loading.run import load
from questions.management.shell import Shell
from questions.readers.formats import FORMATS, readable_formats
from questions.readers.items import ReadError

SWITCHES = {
    "--publish": "publish the questions that are new; without it they are drafts",
    "--public": "let visitors without an account read new sources of this run",
    "--retire-missing": "retire questions whose items are gone from the documents",
    "--dry-run": "show exactly what a run would do, and store nothing",
}


class Command(Shell):
    help = (
        f"Loads questions from documents: {readable_formats()} are read. Loading a document again "
        "updates what nobody edited, keeps what a curator edited, and reports what is gone. "
        "All of a run is loaded, or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        path = (
            "a file, a folder (every file in it that has the suffix of a readable format), "
            "or - for standard input; without a path, the bundled bank"
        )
        parser.add_argument("paths", nargs="*", metavar="PATH", help=path)
        format = "read as this format instead of recognizing it"
        parser.add_argument("--format", choices=sorted(FORMATS), help=format)
        source = "the source's title (default: what the document says, else its file name)"
        parser.add_argument("--source", default="", metavar="TITLE", help=source)
        tag = "add this tag to every question; repeatable"
        parser.add_argument("--tag", action="append", default=[], metavar="NAME", help=tag)
        team = "load for this team instead of the shared library"
        parser.add_argument("--team", metavar="SLUG", help=team)
        for name, what in SWITCHES.items():
            parser.add_argument(name, action="store_true", help=what)

    def handle(self, *, paths: list[str], dry_run: bool, verbosity: int, **options: Any) -> None:
        is_quiet = verbosity == 0 or not sys.stderr.isatty()
        try:
            report = self.load(paths, dry_run=dry_run, is_quiet=is_quiet, **options)
        except (PathError, ReadError) as error:
            self.refuse(str(error))
        except KeyboardInterrupt:
            self.refuse("Interrupted: nothing was stored.")
        except DatabaseError as error:
            self.refuse(f"Nothing was stored. The database says: {' '.join(str(error).split())}")
        if verbosity:
            brief = not paths and verbosity < 2
            self.print_lines(report.lines(dry_run=dry_run, brief=brief))

    def load(
        self,
        paths: list[str],
        *,
        format: str | None,
        dry_run: bool,
        is_quiet: bool,
        **options: Any,
    ) -> LoadReport:
        files = InputFiles(find_files(paths) if paths else bank_files())
        chosen = self.options(is_bank=not paths, **options)
        size = files.size()
        with tqdm(total=size, unit="B", unit_scale=True, leave=False, disable=is_quiet) as bar:
            try:
                return load(
                    files.streams(),
                    options=chosen,
                    format=format,
                    dry_run=dry_run,
                    progress=bar.update,
                )
            except ReadError as error:
                raise files.at_path(error) from None

    def options(
        self,
        *,
        team: str | None,
        is_bank: bool,
        source: str,
        tag: list[str],
        publish: bool,
        public: bool,
        retire_missing: bool,
        **_: Any,
    ) -> LoadOptions:
        return LoadOptions(
            source=source,
            tags=tuple(tag),
            publish=publish,
            public=public or is_bank,
            owner=self.team_named(team),
            retire_missing=retire_missing,
        )

    def print_lines(self, lines: Iterable[str]) -> None:
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        for line in lines:
            self.stdout.write(printable(line).encode(encoding, "replace").decode(encoding))
