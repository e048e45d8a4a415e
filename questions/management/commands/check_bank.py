"""Check the question bank."""

from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain
from os.path import relpath
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from questions.bank import examples
from questions.bank.check import BANK, check_files, markdown_files
from questions.bank.problem import Problem
from questions.bank.summary import summary

PROCESSES = 2
PATH_HELP = "a file, or a folder of them; default: the bundled bank"
RUN_HELP = (
    "run the examples too, in interpreters of their own, and the visible code alone as scripts, "
    "twice; needs the packages they import"
)


class Command(BaseCommand):
    help = (
        "Checks question files as the bundled bank is kept: parts and their order, lengths, links, "
        "tags, dates, spelling, wordings asked twice, code without a verdict. "
        "Prints each problem as file:line: why, then what there is. Exits 1 if there is a problem."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=PATH_HELP)
        parser.add_argument("--run", action="store_true", help=RUN_HELP)

    def handle(self, *, paths: list[Path], run: bool, **_: Any) -> None:
        files = self.files(paths)
        report = check_files(files, today=datetime.now(UTC).date())
        problems = report.problems + (run_examples(files) if run else [])
        for problem in problems:
            self.stderr.write(str(problem))
        for line in summary(report):
            self.stdout.write(line)
        if problems:
            raise SystemExit(1)

    def files(self, paths: list[Path]) -> list[Path]:
        try:
            return markdown_files(paths or [Path(relpath(BANK))])
        except FileNotFoundError as error:
            self.stderr.write(f"{error}: there is no such file.")
            raise SystemExit(1) from None


def run_examples(files: list[Path]) -> list[Problem]:
    """In the order of the files, with two interpreters at a time."""
    with ThreadPoolExecutor(PROCESSES) as pool:
        found = pool.map(examples.run, files)
        return list(chain.from_iterable(found))
