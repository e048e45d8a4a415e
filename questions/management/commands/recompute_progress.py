"""Compute learners' memories again from the log of reviews."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from accounts.models import User
from questions.models import Progress
from questions.study import recompute


class Command(BaseCommand):
    help = (
        "Computes the memory columns of every learner's progress again from the log of reviews, says where they "
        "differ, and writes what the log says."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="write nothing; exit with 1 if anything differs")
        parser.add_argument("--learner", metavar="NAME", help="only this learner's progress")

    def handle(self, *, check: bool, learner: str | None, **_: Any) -> None:
        progress = Progress.objects.all()
        if learner:
            user = User.objects.filter(username__iexact=learner).first()
            if not user:
                self.stderr.write(f"--learner: there is no account {learner!r}.")
                sys.exit(1)
            progress = progress.filter(user=user)
        found = []
        for difference in recompute.differences(progress):
            self.stdout.write(str(difference))
            found.append(difference)
        if not check:
            recompute.repair(found)
        self.stdout.write(f"{progress.count()} checked, {len(found)} {'differ' if check else 'repaired'}.")
        if check and found:
            sys.exit(1)
