"""The bank as a whole: reads its files, holds each to the rules, compares them, and counts. Pure."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from statistics import median

from questions.readers import open_document
from questions.readers.items import ReadError, SetItem

from . import rules
from . import wording as bank_wording
from .examples import CHECK, CONTINUES, NO_RUN, RUN, Block, Problem, blocks
from .rules import Page
from .wording import Wording

BANK = Path(__file__).parent
CHECKER = "questions/bank/check.py"

# Questions that are worded alike on purpose, and what tells them apart.
NEAR_DOUBLES = {
    ("current-app", "project-structure"): "what a proxy does against import circles, and how modules are laid out",
    ("deployment", "wsgi-servers"): "the steps of a deployment, and the interface between server and application",
    ("endpoint-blueprint", "routing"): "what the names tell inside a request, and how a URL finds its view",
}

_PLACE = re.compile(r"[0-9]+-")


@dataclass(slots=True, kw_only=True)
class Report:
    """`examples` are the blocks of each file."""

    problems: list[Problem] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)
    sets: list[SetItem] = field(default_factory=list)
    examples: list[tuple[str, Block]] = field(default_factory=list)

    def counts(self) -> Iterator[str]:
        """What there is, a line each."""
        items = [page.item for page in self.pages]
        yield f"{len(items)} questions, {len(self.sets)} sets"
        if not items:
            return
        yield _spread("words of a short answer", [rules.words(item.short) for item in items])
        yield _spread("words of an answer", [rules.words(item.answer) for item in items])
        yield _spread("words to read, code included", [rules.words_to_read(item) for item in items])
        yield _spread("key points", [len(item.key_points) for item in items])
        yield _spread("common mistakes", [len(item.mistakes.splitlines()) for item in items])
        yield _spread("follow-ups", [len(item.follow_ups.splitlines()) for item in items])
        verdicts = Counter(block.verdict for _, block in self.examples)
        run = f"{verdicts[RUN] + verdicts[CONTINUES]} run ({verdicts[CONTINUES]} of them continue another)"
        yield f"Python blocks: {run}, {verdicts[NO_RUN]} not run; {verdicts[CHECK]} have hidden checks"
        others = Counter(
            f"{block.language} {block.verdict}"
            for _, block in self.examples
            if block.language not in {"python", "check"}
        )
        yield "other blocks: " + (", ".join(f"{count} {name}" for name, count in sorted(others.items())) or "none")
        for file, block in self.examples:
            if block.verdict == NO_RUN:
                yield f"{file}:{block.line}: not run: {block.why}"


def files(paths: Iterable[Path]) -> list[Path]:
    """The Markdown files among the paths and in folders among them. FileNotFoundError for a path that is not there."""
    found: list[Path] = []
    for path in paths:
        if not path.exists():
            raise FileNotFoundError(path)
        found += sorted(path.rglob("*.md")) if path.is_dir() else [path]
    return list(dict.fromkeys(found))


def check(paths: Sequence[Path], *, today: date) -> Report:
    """Everything that is wrong with the files, in their order and by line."""
    report = Report()
    for path in paths:
        try:
            report.problems += sorted(_read(path, report, today))
        except ReadError as error:
            report.problems.append(Problem(str(path), error.line or 1, error.why))
    wordings = [wording for page in report.pages for wording in _wordings(page)]
    report.problems += [Problem(wording.file, wording.line, why) for wording, why in bank_wording.repeated(wordings)]
    report.problems += _near_doubles(wordings)
    return report


def _read(path: Path, report: Report, today: date) -> Iterator[Problem]:
    with path.open("rb") as stream:
        document = open_document(stream, str(path), format="markdown")
        items = list(document.items)
    for notice in document.notices:
        yield Problem(str(path), notice.line, notice.text)
    for item in items:
        if isinstance(item, SetItem):
            report.sets.append(item)
            yield from _set_problems(path, item)
            continue
        page = Page(path=path, text=path.read_text(encoding="utf-8"), item=item, today=today)
        report.pages.append(page)
        report.examples += [(str(path), block) for block in blocks(page.text)]
        for notice in item.warnings:
            yield Problem(str(path), notice.line, notice.text)
        for line, why in rules.check(page):
            yield Problem(str(path), line, why)
    if len(items) > 1:
        yield Problem(str(path), items[1].line, "a file of the bank holds one question.")


def _set_problems(path: Path, found: SetItem) -> Iterator[Problem]:
    """The questions of a set are looked for beside the folder of the sets."""
    text = path.read_text(encoding="utf-8")
    if found.id != _PLACE.sub("", path.stem, count=1):
        yield Problem(str(path), found.line, f'the id "{found.id}" is not the name of the file.')
    if not found.title or not found.description:
        yield Problem(str(path), found.line, "a set has a title and a description.")
    known = {each.stem for each in path.parent.parent.glob("*/*.md")}
    for at, question in enumerate(found.questions):
        line = next(
            (number for number, line in enumerate(text.split("\n"), 1) if line.endswith(f" {question}")), found.line
        )
        if question not in known:
            yield Problem(str(path), line, f'there is no question "{question}".')
        if question in found.questions[:at]:
            yield Problem(str(path), line, f'the question "{question}" is listed twice.')
    for line, why in bank_wording.misspelled(found.description):
        yield Problem(str(path), text.split(found.description)[0].count("\n") + line, why)


def _wordings(page: Page) -> Iterator[Wording]:
    yield Wording(str(page.path), page.item.line, page.item.id, page.item.title)
    first = page.data_line("also asked")
    for at, wording in enumerate(page.item.wordings):
        yield Wording(str(page.path), first + at, page.item.id, wording)


def _near_doubles(wordings: Sequence[Wording]) -> Iterator[Problem]:
    ids = {wording.id for wording in wordings}
    unused = {pair for pair in NEAR_DOUBLES if ids.issuperset(pair)}
    for one, other in bank_wording.alike(wordings):
        pair = (min(one.id, other.id), max(one.id, other.id))
        unused.discard(pair)
        if pair not in NEAR_DOUBLES:
            first = f'{one.file}:{one.line}, "{one.text}"'
            yield Problem(other.file, other.line, f'"{other.text}" asks nearly what is asked in {first}.')
    for pair in sorted(unused):
        yield Problem(CHECKER, 1, f"NEAR_DOUBLES names {' and '.join(pair)}, which are not worded alike any more.")


def _spread(name: str, numbers: list[int]) -> str:
    return f"{name}: {sum(numbers)}, median {median(numbers):g}, at most {max(numbers)}"
