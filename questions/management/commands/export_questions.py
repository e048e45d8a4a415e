"""Export questions as a document that loads back."""

import os
import sys
from argparse import ArgumentParser
from collections.abc import Iterable
from io import TextIOWrapper
from pathlib import Path
from typing import Any

from django.db import DatabaseError

from questions.exports import items
from questions.exports.files import write_whole
from questions.exports.scope import EmptyScopeError, ExportScope
from questions.management.shell import Shell

PROMISE = "Loaded and exported again, it is the same bytes."


class Command(Shell):
    help = f"Exports questions of every status, as Markdown or JSON. {PROMISE}"

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=sorted(items.WRITERS), default="markdown")
        output = "write to this file (default: standard output)"
        parser.add_argument("--output", metavar="PATH", help=output)
        parser.add_argument("--tag", metavar="SLUG", help="only questions with this tag")
        parser.add_argument("--source", metavar="TITLE", help="only questions of this source")
        parser.add_argument("--set", metavar="ID", help="only questions of this set")
        team = "a team's questions instead of the shared library's"
        parser.add_argument("--team", metavar="SLUG", help=team)

    def handle(self, *, format: str, output: str | None, **options: Any) -> None:
        try:
            scope = self.scope(**options)
            chunks = items.write(scope.questions(), format, with_sets=scope.sets())
            if output:
                write_whole(Path(output), chunks)
            else:
                self.print(chunks)
        except BrokenPipeError:
            # Whoever read the export has seen enough; Python would complain once more when it ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            sys.exit(1)
        except EmptyScopeError as error:
            self.refuse(str(error))
        except DatabaseError as error:
            self.refuse(f"The database says: {' '.join(str(error).split())}")
        except OSError as error:
            self.refuse(f"{output or 'standard output'}: cannot be written ({error.strerror}).")

    def scope(self, *, team: str | None, **options: Any) -> ExportScope:
        return ExportScope(
            owner=self.team_named(team),
            tag=options["tag"],
            source=options["source"],
            set=options["set"],
        )

    def print(self, chunks: Iterable[str]) -> None:
        if isinstance(sys.stdout, TextIOWrapper):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        self.stdout.writelines(chunks)
        self.stdout.flush()
