"""Takes a task as JSON on standard input, and gives its result in the last line it prints.

For an interpreter of its own, which `questions.bank.interpreter` starts.
"""

import json
import sys
from typing import Any

from ..code_block import CodeBlock
from .blocks import run_blocks
from .forks import run_forked
from .network import end_at_serving, refuse_network
from .script import run_script

Result = dict[str, Any]


def main() -> None:
    task = json.load(sys.stdin)
    acts = {"script": _run_script, "blocks": _run_blocks, "variants": _run_variants}
    result = acts[task["kind"]](task)
    sys.stdout.write(f"\n{json.dumps(result)}\n")


def _run_script(task: dict[str, Any]) -> Result:
    end_at_serving()
    refuse_network()
    return {"failures": run_script(task["script"])}


def _run_blocks(task: dict[str, Any]) -> Result:
    refuse_network()
    return _block_result(task)


def _block_result(task: dict[str, Any]) -> Result:
    blocks = [CodeBlock(**block) for block in task["blocks"]]
    failures, quotes = run_blocks(task["file"], blocks, task["page"])
    return {"failures": failures, "quotes": quotes}


def _run_variants(task: dict[str, Any]) -> Result:
    refuse_network()
    results = run_forked(_block_result, task["variants"], task["seconds"])
    return {"results": results}
