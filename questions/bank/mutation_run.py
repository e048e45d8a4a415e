"""Changes the claims of a file one at a time, and tells which changes no check notices."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import monotonic
from typing import Any, NamedTuple

from .examples import block_task, run_blocks
from .interpreter import RunError, run_task
from .mutations import Mutation, code_mutations, prose_mutations
from .problem import Problem
from .proofs import EXCUSED, standings, unproved
from .quotes import count_quotes
from .visible import visible_text

# How long changed code may run, of which some waits for ever: so many times as long as it took
# unchanged, and in any case so many seconds.
PATIENCE = 10
MIN_SECONDS = 15


class MutationOutcome(NamedTuple):
    path: Path
    mutation: Mutation
    survives: bool


class MutationRun(NamedTuple):
    """`problems` are those of the unchanged file: while it has any, nothing is changed."""

    problems: list[Problem]
    outcomes: list[MutationOutcome]


def mutate_file(path: Path, *, min_seconds: float = MIN_SECONDS) -> MutationRun:
    begin = monotonic()
    run = run_blocks(path)
    seconds = max(min_seconds, PATIENCE * (monotonic() - begin))
    if run.problems:
        return MutationRun(run.problems, [])
    text = path.read_text(encoding="utf-8")
    outcomes = [
        *_prose_outcomes(path, text, run.quotes),
        *_code_outcomes(path, text, seconds),
    ]
    outcomes.sort(key=lambda outcome: outcome.mutation.start)
    return MutationRun([], outcomes)


def _prose_outcomes(path: Path, text: str, quotes: Sequence[str]) -> list[MutationOutcome]:
    """The checks have run; a changed claim is noticed by the words that they quoted.

    It is noticed as well where it becomes one that no check mentions. What is excused is left as
    it is.
    """
    found = standings(text, quotes)
    changeable = [standing.claim for standing in found if standing.proof != EXCUSED]
    before = len(list(unproved(text, quotes)))
    outcomes = []
    for mutation in prose_mutations(changeable):
        changed = mutation.apply(text)
        survives = _is_quoted(changed, quotes) and len(list(unproved(changed, quotes))) <= before
        outcomes.append(MutationOutcome(path, mutation, survives))
    return outcomes


def _is_quoted(text: str, quotes: Sequence[str]) -> bool:
    page = visible_text(text).text
    return all(count_quotes(page, words) == 1 for words in quotes)


def _code_outcomes(path: Path, text: str, seconds: float) -> list[MutationOutcome]:
    mutations = list(code_mutations(text))
    tasks = [block_task(path, mutation.apply(text)) for mutation in mutations]
    results = _results(tasks, seconds) if tasks else []
    survives = [_is_well(result) for result in results]
    return [MutationOutcome(path, *each) for each in zip(mutations, survives, strict=True)]


def _is_well(result: Any) -> bool:
    """Something fails, or nothing comes back, where a change is noticed."""
    return result is not None and not result["failures"]


def _results(tasks: Sequence[dict[str, Any]], seconds: float) -> list[Any]:
    """In one interpreter for all where it is safe, else in one for each."""
    shared = _shared_results(tasks, seconds) if hasattr(os, "fork") else None
    return shared or [_result(task, seconds) for task in tasks]


def _shared_results(tasks: Sequence[dict[str, Any]], seconds: float) -> list[Any] | None:
    task = {"kind": "variants", "variants": tasks, "seconds": seconds}
    result = _result(task, seconds * (len(tasks) + 1))
    return result["results"] if result else None


def _result(task: dict[str, Any], seconds: float) -> Any:
    with tempfile.TemporaryDirectory() as home:
        try:
            return run_task(task, home, seconds)
        except RunError:
            return None
