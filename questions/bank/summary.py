"""What there is in the bank, a line each."""

from collections import Counter
from collections.abc import Callable, Iterator
from statistics import median

from questions.readers.items import Item

from .check import Report
from .code_block import CHECK, CONTINUES, NO_RUN, RUN
from .page import Page
from .reading import words, words_to_read


def summary(report: Report) -> Iterator[str]:
    yield f"{len(report.pages)} questions, {len(report.sets)} sets"
    if report.pages:
        yield from _lengths(report.pages)
        yield from _blocks(report)


def _lengths(pages: list[Page]) -> Iterator[str]:
    items = [page.item for page in pages]
    yield _spread("words of a short answer", items, lambda item: words(item.short))
    yield _spread("words of an answer", items, lambda item: words(item.answer))
    yield _spread("words to read, code included", items, words_to_read)
    yield _spread("key points", items, lambda item: len(item.key_points))
    yield _spread("common mistakes", items, lambda item: len(item.mistakes.splitlines()))
    yield _spread("follow-ups", items, lambda item: len(item.follow_ups.splitlines()))


def _spread(name: str, items: list[Item], measure: Callable[[Item], int]) -> str:
    numbers = list(map(measure, items))
    return f"{name}: {sum(numbers)}, median {median(numbers):g}, at most {max(numbers)}"


def _blocks(report: Report) -> Iterator[str]:
    verdicts = Counter(block.verdict for _, block in report.examples)
    live = verdicts[RUN] + verdicts[CONTINUES]
    yield (
        f"Python blocks: {live} run ({verdicts[CONTINUES]} of them continue another), "
        f"{verdicts[NO_RUN]} not run; {verdicts[CHECK]} have hidden checks"
    )
    yield f"other blocks: {_other_blocks(report) or 'none'}"
    yield from _not_run(report)


def _other_blocks(report: Report) -> str:
    others = Counter[str]()
    for _, block in report.examples:
        if block.language not in {"python", "check"}:
            others[f"{block.language} {block.verdict}"] += 1
    return ", ".join(f"{count} {name}" for name, count in sorted(others.items()))


def _not_run(report: Report) -> Iterator[str]:
    for file, block in report.examples:
        if block.verdict == NO_RUN:
            yield f"{file}:{block.line}: not run: {block.why}"
