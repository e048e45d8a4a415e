"""Check the question bank."""

from argparse import ArgumentParser
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from itertools import chain
from os.path import relpath
from pathlib import Path
from typing import Any, TypeVar

from questions.bank import claim_report
from questions.bank.check import BANK, check_files, markdown_files
from questions.bank.examples import Run, run_blocks, run_file
from questions.bank.mutation_run import MutationRun, mutate_file
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
        self.has_problem = False
        files = self.files(paths)
        report = check_files(files, today=datetime.now(UTC).date())
        self.print_problems(report.problems)
        runs = self.runs(files, **options)
        self.print_lines(summary(report))
        if options["claims"]:
            self.print_claims(list(zip(files, runs, strict=True)))
        if options["mutate"]:
            self.print_survivors(two_at_a_time(mutate_file, files))
        if self.has_problem:
            raise SystemExit(1)

    def files(self, paths: list[Path]) -> list[Path]:
        try:
            return markdown_files(paths or [Path(relpath(BANK))])
        except FileNotFoundError as error:
            self.refuse(f"{error}: there is no such file.")

    def runs(self, files: list[Path], *, run: bool, claims: bool, **_: Any) -> list[Run]:
        if not run and not claims:
            return []
        runs = two_at_a_time(run_file if run else run_blocks, files)
        for each in runs:
            self.print_problems(each.problems)
        return runs

    def print_claims(self, runs: list[tuple[Path, Run]]) -> None:
        for path, run in runs:
            self.print_problems(claim_report.unproved_claims(path, run))
        self.print_lines(claim_report.claim_counts(runs))

    def print_survivors(self, runs: list[MutationRun]) -> None:
        for run in runs:
            self.print_problems(run.problems)
        outcomes = list(chain.from_iterable(run.outcomes for run in runs))
        self.print_lines(claim_report.survivors(outcomes))
        self.print_lines(claim_report.survivor_counts(outcomes))
        if claim_report.has_too_many_survivors(outcomes):
            self.has_problem = True

    def print_problems(self, problems: list[Problem]) -> None:
        for problem in problems:
            self.stderr.write(str(problem))
            self.has_problem = True

    def print_lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.stdout.write(line)


def two_at_a_time(work: Callable[[Path], Result], files: list[Path]) -> list[Result]:
    with ThreadPoolExecutor(PROCESSES) as pool:
        return list(pool.map(work, files))
