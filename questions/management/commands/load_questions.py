"""Load questions from documents, or the bundled bank."""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, NoReturn

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from tqdm import tqdm

from accounts.models import Team
from questions.bank.check import BANK
from questions.loading.options import Options, file_name
from questions.loading.report import DocumentReport, LoadReport
from questions.loading.run import load
from questions.readers.formats import FORMATS, file_endings, readable_formats
from questions.readers.items import ReadError

STDIN = Path("-")
MARKS = {"new": "+", "changed": "~", "renamed": "~", "kept": "=", "missing": "-", "unchanged": " "}


class Command(BaseCommand):
    help = (
        f"Loads questions from documents: {readable_formats()} are read. Loading a document again "
        "updates what nobody edited, keeps what a curator edited, and reports what is gone. "
        "All of a run is loaded, or nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths",
            nargs="*",
            metavar="PATH",
            help="a file, a folder (every file in it that has the suffix of a "
            "readable format), or - for standard input; without a path, the bundled bank",
        )
        parser.add_argument("--format", choices=sorted(FORMATS), help="read as this format instead of recognizing it")
        parser.add_argument(
            "--source",
            default="",
            metavar="TITLE",
            help="the source's title (default: what the document says, else its file name)",
        )
        parser.add_argument(
            "--tag", action="append", default=[], metavar="NAME", help="add this tag to every question; repeatable"
        )
        parser.add_argument("--team", metavar="SLUG", help="load for this team instead of the shared library")
        parser.add_argument(
            "--publish", action="store_true", help="publish the questions that are new; without it they are drafts"
        )
        parser.add_argument(
            "--public", action="store_true", help="let visitors without an account read new sources of this run"
        )
        parser.add_argument(
            "--retire-missing", action="store_true", help="retire questions whose items are gone from the documents"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="show exactly what a run would do, and store nothing"
        )

    def handle(self, *, paths: list[str], team: str | None, dry_run: bool, verbosity: int, **options: Any) -> None:
        try:
            names = self.named(self.files(paths) if paths else self.bank())
        except OSError as error:
            self.refuse(f"{printable(error.filename)}: cannot be looked at ({error.strerror}).")
        shown = {file_name(name): printable(path) for name, path in names.items()}
        total = sum(path.stat().st_size for path in names.values() if path != STDIN)
        quiet = not sys.stderr.isatty() or verbosity == 0
        try:
            chosen = self.options(team, bank=not paths, **options)
            with tqdm(total=total, unit="B", unit_scale=True, leave=False, disable=quiet) as bar:
                report = load(
                    self.streams(names), options=chosen, format=options["format"], dry_run=dry_run, progress=bar.update
                )
        except ReadError as error:
            self.refuse(str(ReadError(shown.get(error.file, error.file), error.line, error.why)))
        except KeyboardInterrupt:
            self.refuse("Interrupted: nothing was stored.")
        except DatabaseError as error:
            self.refuse(f"Nothing was stored. The database says: {' '.join(str(error).split())}")
        if verbosity:
            self.tell(report, dry_run=dry_run, brief=not paths and verbosity < 2)

    def options(
        self,
        team: str | None,
        *,
        bank: bool,
        source: str,
        tag: list[str],
        publish: bool,
        public: bool,
        retire_missing: bool,
        **_: Any,
    ) -> Options:
        owner = Team.objects.filter(slug=team).first() if team else None
        if team and not owner:
            self.refuse(f"--team: there is no team {team!r}.")
        return Options(
            source=source,
            tags=tuple(tag),
            publish=publish,
            public=public or bank,
            owner=owner,
            retire_missing=retire_missing,
        )

    def bank(self) -> list[Path]:
        """The questions in the order in which one would learn them, then the sets."""
        order = (BANK / "flask" / "order.txt").read_text().split()
        return [*(BANK / "flask" / f"{slug}.md" for slug in order), *sorted((BANK / "sets").glob("*.md"))]

    def files(self, paths: list[str]) -> list[Path]:
        found: list[Path] = []
        for given in paths:
            path = Path(given)
            if not given:
                self.refuse("A path is empty.")
            elif path != STDIN and path.is_dir():
                found += self.files_in(path)
            elif path == STDIN or path.exists():
                found.append(path)
            else:
                self.refuse(f"{printable(path)}: there is no such file.")
        # However often and by whatever way a file was named.
        return list({(path if path == STDIN else path.resolve()): path for path in reversed(found)}.values())[::-1]

    def files_in(self, folder: Path) -> list[Path]:
        endings = file_endings()
        named = (path for path in folder.rglob("*") if path.suffix.lower() in endings)
        found = sorted(path for path in named if path.is_file())
        if not found:
            self.refuse(f"{printable(folder)}: no file in this folder ends in one of {', '.join(endings)}.")
        return found

    def named(self, paths: list[Path]) -> dict[str, Path]:
        """Files by the name they are remembered under: as much of the path's end as tells them apart."""
        names: dict[str, Path] = {}
        rest, depth = paths, 1
        while rest:
            tails = {path: "/".join(path.parts[-depth:]) for path in rest}
            count = Counter(tails.values())
            names |= {name: path for path, name in tails.items() if count[name] == 1}
            rest, depth = [path for path in rest if count[tails[path]] > 1], depth + 1
        by_path = {path: "standard input" if path == STDIN else name for name, path in names.items()}
        return {by_path[path]: path for path in paths}

    def streams(self, names: dict[str, Path]) -> Iterator[tuple[str, BinaryIO]]:
        """The files, each open while it is being read."""
        for name, path in names.items():
            if path == STDIN:
                yield name, sys.stdin.buffer
                continue
            try:
                stream = path.open("rb")
            except OSError as error:
                raise ReadError(name, 0, f"cannot be opened ({error.strerror}).") from None
            with stream:
                yield name, stream

    def refuse(self, why: str) -> NoReturn:
        self.stderr.write(why)
        raise SystemExit(1)

    def tell(self, report: LoadReport, *, dry_run: bool, brief: bool) -> None:
        for document in report.documents:
            if not brief:
                self.say(line(document))
            for notice in document.notices:
                self.say(f"  {document.file}:{notice.line}: {notice.text}")
            for entry in document.entries:
                if dry_run and not brief and entry.state != "unchanged":
                    fields = f" ({', '.join(entry.fields)})" if entry.fields else ""
                    self.say(f"  {MARKS[entry.state]} {entry.title}{fields}")
                for warning in entry.warnings:
                    self.say(f"  {document.file}:{warning.line}: {warning.text}")
                if entry.repeats:
                    self.say(f"  {document.file}:{entry.line}: may repeat “{entry.repeats}”")
        sums = ", ".join(f"{report.total(name)} {name}" for name in ("new", "changed", "unchanged", "kept", "missing"))
        count = len(report.documents)
        self.say(f"{count} document{'s' * (count != 1)}: {sums}" + (" (dry run: nothing stored)" if dry_run else ""))

    def say(self, text: str) -> None:
        encoding = getattr(self.stdout, "encoding", None) or "utf-8"
        self.stdout.write(printable(text).encode(encoding, "replace").decode(encoding))


def printable(text: str | Path) -> str:
    """Without what a document could tell the terminal to do."""
    return "".join(mark if mark.isprintable() else "\ufffd" for mark in str(text))


def line(document: DocumentReport) -> str:
    named = document.file if document.source in {"", document.file} else f"{document.file} ({document.source})"
    if document.skipped:
        return f"{named}: loaded before, {document.unchanged} unchanged"
    names = ("new", "changed", "unchanged", "kept", "missing", "warnings")
    return f"{named}: " + ", ".join(f"{getattr(document, name)} {name}" for name in names)
