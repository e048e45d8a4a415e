"""Compute learners' memories again from the log of reviews."""

import sys
from argparse import ArgumentParser
from typing import Any

from accounts.models import User
from questions.management.shell import Shell
from questions.models import Progress
from questions.models.progress import ProgressQuerySet
from questions.study import recompute


class Command(Shell):
    help = (
        "Computes the memory columns of every learner's progress again from the log of reviews, "
        "says where they differ, and writes what the log says."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        nothing = "write nothing; exit with 1 if anything differs"
        parser.add_argument("--check", action="store_true", help=nothing)
        parser.add_argument("--learner", metavar="NAME", help="only this learner's progress")

    def handle(self, *, check: bool, learner: str | None, **_: Any) -> None:
        progress = self.progress_of(learner)
        found = []
        for difference in recompute.differences(progress):
            self.stdout.write(str(difference))
            found.append(difference)
        if not check:
            recompute.repair(found)
        done = "differ" if check else "repaired"
        self.stdout.write(f"{progress.count()} checked, {len(found)} {done}.")
        if check and found:
            sys.exit(1)

    def progress_of(self, learner: str | None) -> ProgressQuerySet:
        if not learner:
            return Progress.objects.all()
        user = User.objects.filter(username__iexact=learner).first()
        if not user:
            self.refuse(f"--learner: there is no account {learner!r}.")
        return Progress.objects.filter(user=user)
