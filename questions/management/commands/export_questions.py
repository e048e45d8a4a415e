"""Export questions as a document that loads back."""

import os
import sys
import tempfile
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand

from accounts.models import Team
from questions import exports
from questions.models import Question
from questions.models.catalogue import QuestionQuerySet


class Command(BaseCommand):
    help = "Exports questions of every status, as Markdown or JSON. Loading an export gives the same bytes when exported again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=sorted(exports.WRITERS), default="markdown")
        parser.add_argument("--output", metavar="PATH", help="write to this file (default: standard output)")
        parser.add_argument("--tag", metavar="SLUG", help="only questions with this tag")
        parser.add_argument("--source", metavar="TITLE", help="only questions of this source")
        parser.add_argument("--set", metavar="ID", help="only questions of this set")
        parser.add_argument("--team", metavar="SLUG", help="a team's questions instead of the shared library's")

    def handle(self, *, format: str, output: str | None, **filters) -> None:
        chunks = exports.write(self.questions(**filters), format)
        if not output:
            for chunk in chunks:
                self.stdout.write(chunk, ending="")
            return
        try:
            write_whole(Path(output), chunks)
        except OSError as error:
            self.refuse(f"{output}: cannot be written ({error.strerror}).")

    def questions(self, *, tag: str | None, source: str | None, team: str | None, **others) -> QuestionQuerySet:
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
                questions = questions.filter(**{lookup: value})
                if not questions.exists():
                    self.refuse(f"--{option}: there is no question with {value!r}.")
        return questions.distinct() if source else questions

    def refuse(self, why: str) -> None:
        self.stderr.write(why)
        sys.exit(1)


def write_whole(path: Path, chunks) -> None:
    """Writes a file that is complete or not there."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, delete=False) as half:
        try:
            half.writelines(chunks)
        except BaseException:
            Path(half.name).unlink()
            raise
    os.replace(half.name, path)  # noqa: PTH105
