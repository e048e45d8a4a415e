"""The files of a run: found, named, and opened one after another."""

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import BinaryIO

from questions.bank.check import BANK
from questions.readers.formats import file_endings
from questions.readers.items import ReadError

from .options import file_name
from .report import printable

STDIN = Path("-")


class PathError(Exception):
    """What a person reads of a path that leads to no file."""


def bank_files() -> list[Path]:
    """The bundled questions in the order in which one would learn them, then the sets."""
    questions = BANK / "flask"
    order = (questions / "order.txt").read_text().split()
    return [*(questions / f"{name}.md" for name in order), *sorted((BANK / "sets").glob("*.md"))]


def find_files(paths: Iterable[str]) -> list[Path]:
    """Of a folder every readable file. Each file comes once, however often it was named."""
    found: list[Path] = []
    try:
        for path in paths:
            found += files_at(path)
        unique = {path if path == STDIN else path.resolve(): path for path in reversed(found)}
    except OSError as error:
        why = f"cannot be looked at ({error.strerror})."
        raise PathError(f"{printable(error.filename)}: {why}") from None
    return list(unique.values())[::-1]


def files_at(name: str) -> list[Path]:
    path = Path(name)
    if not name:
        raise PathError("A path is empty.")
    if path == STDIN:
        return [path]
    if not path.exists():
        raise PathError(f"{printable(path)}: there is no such file.")
    if not path.is_dir():
        return [path]
    return files_in(path)


def files_in(folder: Path) -> list[Path]:
    endings = file_endings()
    readable = (path for path in folder.rglob("*") if path.suffix.lower() in endings)
    found = sorted(path for path in readable if path.is_file())
    if not found:
        why = f"no file in this folder ends in one of {', '.join(endings)}."
        raise PathError(f"{printable(folder)}: {why}")
    return found


def path_names(paths: Sequence[Path]) -> dict[Path, str]:
    """As much of each path's end as tells it from the others."""
    names: dict[Path, str] = {}
    depth = 0
    while len(names) < len(paths):
        depth += 1
        tails = {path: "/".join(path.parts[-depth:]) for path in paths if path not in names}
        count = Counter(tails.values())
        names |= {path: tail for path, tail in tails.items() if count[tail] == 1}
    return names


class InputFiles:
    """`paths`: by the names under which files are remembered."""

    def __init__(self, paths: Sequence[Path]) -> None:
        names = path_names(paths) | {STDIN: "standard input"}
        self.paths = {names[path]: path for path in paths}

    def size(self) -> int:
        """In bytes; what comes from standard input has none yet."""
        return sum(path.stat().st_size for path in self.paths.values() if path != STDIN)

    def streams(self) -> Iterator[tuple[str, BinaryIO]]:
        """Each file is open while it is being read."""
        for name, path in self.paths.items():
            if path == STDIN:
                yield name, sys.stdin.buffer
                continue
            try:
                stream = path.open("rb")
            except OSError as error:
                raise ReadError(name, 0, f"cannot be opened ({error.strerror}).") from None
            with stream:
                yield name, stream

    def at_path(self, error: ReadError) -> ReadError:
        """The error with the file as it was given instead of its name."""
        paths = {file_name(name): printable(path) for name, path in self.paths.items()}
        return ReadError(paths.get(error.file, error.file), error.line, error.why)
