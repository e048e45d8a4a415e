"""Check the question bank."""

from argparse import ArgumentParser
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain
from os.path import relpath
from pathlib import Path
from typing import Any, TypeVar

from questions.bank import claim_report
from questions.bank.check import BANK, check_files, markdown_files
from questions.bank.examples import Run, run_blocks, run_file
from questions.bank.mutation_run import mutate_file
from questions.bank.problem import Problem
from questions.bank.summary import summary
from questions.management.shell import Shell

# Interpreters at a time.
PROCESSES = 2
PATH_HELP = "a file, or a folder of them; default: the bundled bank"
RUN_HELP = (
    "run the examples too, in interpreters of their own, and the visible code alone as scripts, "
    "twice; needs the packages they import"
)
CLAIMS_HELP = "run the checks, and list each claim of the prose that none of them proves"
MUTATE_HELP = (
    "change each claim of the prose and the visible code in turn, and list the changes that no "
    f"check notices; more than {claim_report.MAX_SURVIVORS} percent of them are a problem"
)

Result = TypeVar("Result")


class Command(Shell):
    help = (
        "Checks question files as the bundled bank is kept: parts and their order, lengths, links, "
        "tags, dates, spelling, wordings asked twice, code without a verdict. "
        "Prints each problem as file:line: why, then what there is. Exits 1 if there is a problem."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=PATH_HELP)
        parser.add_argument("--run", action="store_true", help=RUN_HELP)
        parser.add_argument("--claims", action="store_true", help=CLAIMS_HELP)
        parser.add_argument("--mutate", action="store_true", help=MUTATE_HELP)

    def handle(self, *, paths: list[Path], **options: Any) -> None:
        files = self.files(paths)
        report = check_files(files, today=datetime.now(UTC).date())
        self.has_problem = False
        self.print_problems(report.problems)
        runs: list[Run] = []
        if options["run"] or options["claims"]:
            runs = self.run_examples(files, run_file if options["run"] else run_blocks)
        for line in summary(report):
            self.stdout.write(line)
        if options["claims"]:
            self.list_claims(files, runs)
        if options["mutate"]:
            self.list_survivors(files)
        if self.has_problem:
            raise SystemExit(1)

    def files(self, paths: list[Path]) -> list[Path]:
        try:
            return markdown_files(paths or [Path(relpath(BANK))])
        except FileNotFoundError as error:
            self.refuse(f"{error}: there is no such file.")

    def print_problems(self, problems: list[Problem]) -> None:
        for problem in problems:
            self.stderr.write(str(problem))
            self.has_problem = True

    def run_examples(self, files: list[Path], work: Callable[[Path], Run]) -> list[Run]:
        runs = two_at_a_time(work, files)
        for run in runs:
            self.print_problems(run.problems)
        return runs

    def list_claims(self, files: list[Path], runs: list[Run]) -> None:
        found = list(zip(files, runs, strict=True))
        for path, run in found:
            self.print_problems(claim_report.unproved_claims(path, run))
        for line in claim_report.claim_counts(found):
            self.stdout.write(line)

    def list_survivors(self, files: list[Path]) -> None:
        runs = two_at_a_time(mutate_file, files)
        for run in runs:
            self.print_problems(run.problems)
        outcomes = list(chain.from_iterable(run.outcomes for run in runs))
        for line in claim_report.survivors(outcomes):
            self.stdout.write(line)
        for line in claim_report.survivor_counts(outcomes):
            self.stdout.write(line)
        if claim_report.has_too_many_survivors(outcomes):
            self.has_problem = True


def two_at_a_time(work: Callable[[Path], Result], files: list[Path]) -> list[Result]:
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(work, files))
