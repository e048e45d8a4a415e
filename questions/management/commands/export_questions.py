"""Export questions as a document that loads back."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.db.models import QuerySet

from accounts.models import Team
from questions.exports import items
from questions.models import Question, QuestionSet
from questions.models.visibility import QuestionQuerySet


class Command(BaseCommand):
    help = "Exports questions of every status, as Markdown or JSON. Loaded and exported again, it is the same bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=sorted(items.WRITERS), default="markdown")
        parser.add_argument("--output", metavar="PATH", help="write to this file (default: standard output)")
        parser.add_argument("--tag", metavar="SLUG", help="only questions with this tag")
        parser.add_argument("--source", metavar="TITLE", help="only questions of this source")
        parser.add_argument("--set", metavar="ID", help="only questions of this set")
        parser.add_argument("--team", metavar="SLUG", help="a team's questions instead of the shared library's")

    def handle(self, *, format: str, output: str | None, **filters: Any) -> None:
        try:
            chunks = items.write(self.questions(**filters), format, with_sets=self.sets(**filters))
            if output:
                write_whole(Path(output), chunks)
            else:
                if isinstance(sys.stdout, TextIOWrapper):
                    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
                self.stdout.writelines(chunks)
                self.stdout.flush()
        except BrokenPipeError:
            # Whoever read the export has seen enough; Python would complain once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except DatabaseError as error:
            self.refuse(f"The database says: {' '.join(str(error).split())}")
        except OSError as error:
            self.refuse(f"{output or 'standard output'}: cannot be written ({error.strerror}).")

    def sets(self, *, tag: str | None, source: str | None, team: str | None, **others: Any) -> QuerySet[QuestionSet]:
        """Of a whole catalogue all, else the one that was asked for."""
        sets = QuestionSet.objects.filter(owner__slug=team) if team else QuestionSet.objects.filter(owner=None)
        if others["set"]:
            return sets.filter(key=others["set"])
        return sets.none() if tag or source else sets

    def questions(self, *, tag: str | None, source: str | None, team: str | None, **others: Any) -> QuestionQuerySet:
        owner = Team.objects.filter(slug=team).first() if team else None
        if team and not owner:
            self.refuse(f"--team: there is no team {team!r}.")
        questions = Question.objects.filter(owner=owner)
        for option, lookup, value in (
            ("tag", "tags__slug", tag),
            ("source", "origins__source__title", source),
            ("set", "sets__key", others["set"]),
        ):
            if value:
                owned = {lookup.replace("key", "owner"): owner} if option == "set" else {}
                questions = questions.filter(**{lookup: value}, **owned)
                if not questions.exists():
                    self.refuse(f"--{option}: there is no question with {value!r}.")
        return questions

    def refuse(self, why: str) -> NoReturn:
        self.stderr.write(why)
        sys.exit(1)


def write_whole(path: Path, chunks: Iterable[str]) -> None:
    """Writes a file that is complete or not there."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", newline="\n", dir=path.parent, delete=False) as half:
        try:
            half.writelines(chunks)
            half.flush()
            os.replace(half.name, path)  # noqa: PTH105
        except BaseException:
            Path(half.name).unlink()
            raise
