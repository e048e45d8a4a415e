"""What stands behind the claims of the files, and which changes of them survive, a line each."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import product
from pathlib import Path

from .claims import KINDS
from .examples import Run
from .mutation_run import MutationOutcome
from .mutations import CODE, PROSE
from .problem import Problem, problems_of
from .proofs import EXCUSED, MENTIONED, QUOTED, UNPROVED, standings, unproved

PROOFS = (QUOTED, MENTIONED, EXCUSED, UNPROVED)
# Percent of the changes that may survive.
MAX_SURVIVORS = 10


def unproved_claims(path: Path, run: Run) -> list[Problem]:
    text = path.read_text(encoding="utf-8")
    return problems_of(path, sorted(unproved(text, run.quotes)))


def claim_counts(runs: Sequence[tuple[Path, Run]]) -> Iterator[str]:
    """A line for each kind of claim."""
    counts = Counter[tuple[str, str]]()
    for path, run in runs:
        found = standings(path.read_text(encoding="utf-8"), run.quotes)
        counts.update((claim.kind, proof) for claim, proof in found)
    for kind in KINDS:
        proofs = [f"{counts[kind, proof]} {proof}" for proof in PROOFS]
        yield f"claims, {kind}: {', '.join(proofs)}"


def survivors(outcomes: Iterable[MutationOutcome]) -> Iterator[str]:
    for path, mutation, survives in outcomes:
        if survives:
            change = f'{mutation.kind} "{mutation.old}" -> "{mutation.new}"'
            place = f"{path}:{mutation.line}: survives in {mutation.where}"
            yield f'{place}: {change} in "{mutation.sentence}"'


def survivor_counts(outcomes: Sequence[MutationOutcome]) -> Iterator[str]:
    """A line for each kind of change, and one for all."""
    by_kind = defaultdict[tuple[str, str], list[MutationOutcome]](list)
    for outcome in outcomes:
        by_kind[outcome.mutation.where, outcome.mutation.kind].append(outcome)
    for where, kind in product((PROSE, CODE), KINDS):
        yield f"{where}, {kind}: {_share(by_kind[where, kind])}"
    yield f"all: {_share(outcomes)}"


def _share(outcomes: Sequence[MutationOutcome]) -> str:
    count = _survivor_count(outcomes)
    percent = 100 * count / max(len(outcomes), 1)
    return f"{count} of {len(outcomes)} changes survive ({percent:.0f} %)"


def has_too_many_survivors(outcomes: Sequence[MutationOutcome]) -> bool:
    return 100 * _survivor_count(outcomes) > MAX_SURVIVORS * len(outcomes)


def _survivor_count(outcomes: Sequence[MutationOutcome]) -> int:
    return sum(outcome.survives for outcome in outcomes)
