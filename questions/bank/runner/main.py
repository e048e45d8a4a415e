"""Takes a task as JSON on standard input, and gives the failures in the last line it prints.

For an interpreter of its own, which `questions.bank.interpreter` starts.
"""

import json
import sys
from typing import Any

from questions.bank.block import Block

from .blocks import block_failures
from .failures import Failure
from .network import end_at_serving, refuse_network
from .script import script_failures


def main() -> None:
    task = json.load(sys.stdin)
    run = _run_script if "script" in task else _run_blocks
    sys.stdout.write(f"\n{json.dumps(run(task))}\n")


def _run_script(task: dict[str, Any]) -> list[Failure]:
    end_at_serving()
    refuse_network()
    return script_failures(task["script"])


def _run_blocks(task: dict[str, Any]) -> list[Failure]:
    refuse_network()
    blocks = [Block(**block) for block in task["blocks"]]
    return block_failures(task["file"], blocks)
