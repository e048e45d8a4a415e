"""How a session is to go, as its columns have it, and as an address says it:
`?weak=1&shuffle=1&number=20&minutes=15&more=1&timer=0`."""

from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from questions.catalogue.filters import Filter, whole
from questions.models import StudySession

Mode = StudySession.Mode
# Nobody answers more in one.
LONGEST = 500
LONGEST_MINUTES = 240


@dataclass(frozen=True, slots=True)
class SessionOptions:
    """An empty `mode` is what suits the learner: the plan where there is one, else what is due.

    `more` goes beyond the day's limits.
    """

    mode: str = ""
    shuffled: bool = False
    limit: int | None = None
    minutes: int | None = None
    timer: bool = True
    more: bool = False

    def pairs(self) -> list[tuple[str, Any]]:
        """As an address has them."""
        values: dict[str, Any] = {
            self.mode: bool(self.mode),
            "shuffle": self.shuffled,
            "number": self.limit,
            "minutes": self.minutes,
            "more": self.more,
        }
        pairs = [(name, int(value)) for name, value in values.items() if value]
        if not self.timer:
            pairs.append(("timer", 0))
        return pairs


def read_options(params: Any) -> SessionOptions:
    """Of an address or a form (a QueryDict). A form names its `mode`; an address says `weak=1`."""
    return SessionOptions(
        mode=_mode(params),
        shuffled=params.get("shuffle") == "1",
        limit=_within(params.get("number", ""), LONGEST),
        minutes=_within(params.get("minutes", ""), LONGEST_MINUTES),
        timer=params.getlist("timer")[-1:] != ["0"],
        more=params.get("more") == "1",
    )


def _mode(params: Any) -> str:
    if params.get("mode") in Mode.values:
        return params["mode"]
    return next((mode for mode in Mode.values if params.get(mode) == "1"), "")


def options_of(session: StudySession) -> SessionOptions:
    return SessionOptions(
        mode=session.mode,
        shuffled=session.shuffled,
        limit=session.limit,
        minutes=session.minutes,
        timer=session.timer,
        more=session.more,
    )


def misread(params: Any) -> list[str]:
    """The numbers that cannot be as they were asked for, in words."""
    limits = (("number", LONGEST, "questions"), ("minutes", LONGEST_MINUTES, "minutes"))
    sentences = []
    for name, most, noun in limits:
        value = params.get(name, "")
        if value and whole(value) not in range(1, most + 1):
            sentences.append(f"A session has from 1 to {most} {noun}.")
    return sentences


def _within(value: str, most: int) -> int | None:
    number = whole(value)
    return min(number, most) if number else None


@cache
def study_path() -> str:
    return reverse("study:start")


def study_address(chosen: Filter, options: SessionOptions) -> str:
    """Where such a session starts: an address that can be shared."""
    query = urlencode([*chosen.pairs(), *options.pairs()])
    return f"{study_path()}?{query}" if query else study_path()
