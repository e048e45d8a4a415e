"""Check the question bank."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from os.path import relpath
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from questions.bank import examples
from questions.bank.check import BANK, check, files


class Command(BaseCommand):
    help = (
        "Checks question files as the bundled bank is kept: parts and their order, lengths, links, tags, dates, "
        "spelling, wordings asked twice, code without a verdict. Prints each problem as file:line: why, then what "
        "there is. Exits 1 if there is a problem."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="*", type=Path, metavar="PATH", help="a file, or a folder of them; default: the bundled bank"
        )
        run = "run the examples too, each file in an interpreter of its own; needs the packages that they import"
        parser.add_argument("--run", action="store_true", help=run)

    def handle(self, *, paths: list[Path], run: bool, **_: Any) -> None:
        try:
            found = files(paths or [Path(relpath(BANK))])
        except FileNotFoundError as error:
            self.stderr.write(f"{error}: there is no such file.")
            raise SystemExit(1) from None
        report = check(found, today=datetime.now(UTC).date())
        failed = [problem for path in found for problem in examples.run(path)] if run else []
        for problem in (*report.problems, *failed):
            self.stderr.write(str(problem))
        for line in report.counts():
            self.stdout.write(line)
        if report.problems or failed:
            raise SystemExit(1)
