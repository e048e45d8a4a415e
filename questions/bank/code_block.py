"""A code block of a question file, and what can become of one."""

from dataclasses import dataclass

RUN, CONTINUES, CHECK, NO_RUN = "run", "continues", "check", "not run"
COMPARED, PARSED, PLAIN = "compared", "parsed", "plain"
# Visible code that runs.
LIVE = (RUN, CONTINUES)


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeBlock:
    """A fenced block or a check comment. `line` is that of its first line of code, counted from 1.

    `why` is the reason not to run it, or, where the verdict is empty, what is wrong with it.
    """

    line: int
    language: str
    code: str
    verdict: str
    why: str = ""
