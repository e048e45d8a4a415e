"""The bank as a whole: reads its files, holds each to the rules, and compares them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path

from questions.readers import open_document
from questions.readers.items import Document, Item, ReadError, SetItem

from . import wording
from .code_block import CodeBlock
from .code_blocks import code_blocks
from .page import Found, Page
from .problem import Problem, problems_of
from .rules import check_page
from .set_rules import check_set
from .wording import Wording

BANK = Path(__file__).parent
CHECKER = "questions/bank/check.py"

# Questions that are worded alike on purpose, and what tells them apart.
NEAR_DOUBLES = {
    ("current-app", "project-structure"): "proxies against import circles; the layout of modules",
    ("deployment", "wsgi-servers"): "the steps of a deployment; what stands between server and app",
    ("endpoint-blueprint", "routing"): "names inside a request; how a URL finds its view",
}


@dataclass(slots=True, kw_only=True)
class Report:
    """`examples` are the blocks of each file."""

    problems: list[Problem] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    sets: list[SetItem] = field(default_factory=list)
    examples: list[tuple[str, CodeBlock]] = field(default_factory=list)


def markdown_files(paths: Iterable[Path]) -> list[Path]:
    """The Markdown files among the paths and in folders among them.

    FileNotFoundError for a path that is not there.
    """
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        found += sorted(path.rglob("*.md")) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def check_files(paths: Sequence[Path], *, today: date) -> Report:
    """Everything that is wrong with the files, in their order and by line."""
    report = Report()
    for path in paths:
        try:
            report.problems += sorted(_check_file(path, report, today))
        except ReadError as error:
            report.problems.append(Problem(str(path), error.line or 1, error.why))
    wordings = list(chain.from_iterable(map(_wordings, report.pages)))
    report.problems += _repetitions(wordings)
    report.problems += _near_doubles(wordings)
    return report


def _check_file(path: Path, report: Report, today: date) -> Iterator[Problem]:
    document, items = _read(path)
    yield from problems_of(path, [(notice.line, notice.text) for notice in document.notices])
    for item in items:
        yield from problems_of(path, _check_item(path, item, report, today))
    if len(items) > 1:
        yield Problem(str(path), items[1].line, "a file of the bank holds one question.")


def _check_item(
    path: Path,
    item: Item | SetItem,
    report: Report,
    today: date,
) -> Found:
    if isinstance(item, SetItem):
        report.sets.append(item)
        return check_set(path, item)
    return _check_question(path, item, report, today)


def _read(path: Path) -> tuple[Document, list[Item | SetItem]]:
    with path.open("rb") as stream:
        document = open_document(stream, str(path), format="markdown")
        return document, list(document.items)


def _check_question(
    path: Path,
    item: Item,
    report: Report,
    today: date,
) -> Found:
    page = Page(path=path, text=path.read_text(encoding="utf-8"), item=item, today=today)
    report.pages.append(page)
    report.examples += [(str(path), block) for block in code_blocks(page.text)]
    for notice in item.warnings:
        yield notice.line, notice.text
    yield from check_page(page)


def _wordings(page: Page) -> Iterator[Wording]:
    file, item = str(page.path), page.item
    yield Wording(file, item.line, item.id, item.title)
    for line, text in enumerate(item.wordings, page.data_line("also asked")):
        yield Wording(file, line, item.id, text)


def _repetitions(wordings: Sequence[Wording]) -> Iterator[Problem]:
    for second, first in wording.repetitions(wordings):
        why = f'"{second.text}" is asked in {first.file}:{first.line} already.'
        yield Problem(second.file, second.line, why)


def _near_doubles(wordings: Sequence[Wording]) -> Iterator[Problem]:
    found = set[tuple[str, str]]()
    for first, second in wording.near_doubles(wordings):
        pair = (min(first.id, second.id), max(first.id, second.id))
        found.add(pair)
        if pair not in NEAR_DOUBLES:
            place = f'{first.file}:{first.line}, "{first.text}"'
            why = f'"{second.text}" asks nearly what is asked in {place}.'
            yield Problem(second.file, second.line, why)
    yield from _unused_near_doubles(wordings, found)


def _unused_near_doubles(
    wordings: Sequence[Wording],
    found: set[tuple[str, str]],
) -> Iterator[Problem]:
    """Of the questions that are there."""
    ids = {each.id for each in wordings}
    for pair in sorted(set(NEAR_DOUBLES) - found):
        if ids.issuperset(pair):
            names = " and ".join(pair)
            why = f"NEAR_DOUBLES names {names}, which are not worded alike any more."
            yield Problem(CHECKER, 1, why)
