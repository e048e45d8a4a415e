"""What stands behind the claims of the files, and which changes of them survive, a line each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from .claims import KINDS
from .examples import Run
from .mutation_run import Outcome
from .mutations import CODE, PROSE
from .problem import Problem
from .proofs import EXCUSED, MENTIONED, QUOTED, UNPROVED, standings, unproved

# Percent of the changes that may survive.
MAX_SURVIVORS = 10


def unproved_claims(path: Path, run: Run) -> list[Problem]:
    text = path.read_text(encoding="utf-8")
    found = sorted(unproved(text, run.quotes))
    return [Problem(str(path), line, why) for line, why in found]


def claim_counts(runs: Sequence[tuple[Path, Run]]) -> Iterator[str]:
    """A line for each kind of claim."""
    counts = Counter[tuple[str, str]]()
    for path, run in runs:
        for claim, proof in standings(path.read_text(encoding="utf-8"), run.quotes):
            counts[claim.kind, proof] += 1
    for kind in KINDS:
        proofs = [f"{counts[kind, proof]} {proof}" for proof in PROOFS]
        yield f"claims, {kind}: {', '.join(proofs)}"


PROOFS = (QUOTED, MENTIONED, EXCUSED, UNPROVED)


def survivors(outcomes: Iterable[Outcome]) -> Iterator[str]:
    for path, mutation, survives in outcomes:
        if survives:
            change = f'{mutation.kind} "{mutation.old}" -> "{mutation.new}"'
            yield f"{path}:{mutation.line}: survives in {mutation.where}: {change}"


def survivor_counts(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """A line for each kind of change, and one for all."""
    for where in (PROSE, CODE):
        for kind in KINDS:
            of_kind = [
                outcome for outcome in outcomes if (outcome.mutation.where, outcome.mutation.kind) == (where, kind)
            ]
            yield f"{where}, {kind}: {_share(of_kind)}"
    yield f"all: {_share(outcomes)}"


def _share(outcomes: Sequence[Outcome]) -> str:
    count = sum(outcome.survives for outcome in outcomes)
    percent = 100 * count / max(len(outcomes), 1)
    return f"{count} of {len(outcomes)} changes survive ({percent:.0f} %)"


def has_too_many_survivors(outcomes: Sequence[Outcome]) -> bool:
    count = sum(outcome.survives for outcome in outcomes)
    return 100 * count > MAX_SURVIVORS * len(outcomes)
