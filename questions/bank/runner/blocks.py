"""Runs the code blocks of one file, one after another."""

import ast
import contextlib
import io
import sys
import types
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..code_block import CHECK, COMPARED, CONTINUES, NO_RUN, PARSED, RUN, CodeBlock
from .claims import PageClaims, is_claim, mark_claim
from .failures import Failure, failure_of
from .output import OutputError, compare_output
from .parsers import PARSERS

# What is worth nothing once the block before it has failed.
DEPENDENT = (CONTINUES, CHECK, COMPARED)


class ProofMarker(ast.NodeTransformer):
    """Marks each assertion and each claim.

    One in a branch that is never taken does not pass for proof.
    """

    def __init__(self) -> None:
        self.unreached: set[int] = set()

    def visit_Assert(self, node: ast.Assert) -> list[ast.stmt]:
        self.unreached.add(node.lineno)
        mark = ast.copy_location(ast.parse(f"__reached__({node.lineno})").body[0], node)
        return [ast.fix_missing_locations(mark), node]

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if is_claim(node):
            self.unreached.add(node.lineno)
            mark_claim(node)
            ast.fix_missing_locations(node)
        return node


class BlockRun:
    """One file: the module that its blocks run in, its last output, its assertions and claims.

    `page` is what is visible of it.
    """

    def __init__(self, file: str, page: str) -> None:
        self.file = file
        self.module = types.ModuleType("example")
        self.printed = ""
        self.has_failed = False
        self.marker = ProofMarker()
        self.claims = PageClaims(page, self.marker.unreached.discard)

    def failures(self, blocks: Sequence[CodeBlock]) -> Iterator[Failure]:
        """After a failure, the blocks that build on the one that failed are left out."""
        failure = None
        for block in blocks:
            if failure and block.verdict in DEPENDENT:
                continue
            failure = self.failure(block)
            if failure:
                self.has_failed = True
                yield failure
        if not self.has_failed:
            yield from self.unreached_assertions()

    def failure(self, block: CodeBlock) -> Failure | None:
        acts = {
            RUN: self.begin_module,
            CONTINUES: self.go_on,
            CHECK: self.check,
            COMPARED: self.compare,
            NO_RUN: self.compile,
            PARSED: self.parse,
        }
        try:
            if block.verdict in acts:
                acts[block.verdict](block)
        except OutputError as error:
            return error.failure
        except (Exception, SystemExit) as error:
            return failure_of(error, self.file, block.code, block.line)
        return None

    def begin_module(self, block: CodeBlock) -> None:
        self.module = types.ModuleType("example")
        self.module.__file__ = str(Path.cwd() / "example.py")
        self.module.__dict__["__reached__"] = self.marker.unreached.discard
        sys.modules["example"] = self.module
        self.go_on(block)

    def go_on(self, block: CodeBlock) -> None:
        self.printed = self.execute(block)

    def check(self, block: CodeBlock) -> None:
        self.module.__dict__["claim"] = self.claims.claim
        self.execute(block)

    def compare(self, block: CodeBlock) -> None:
        compare_output(block.code, self.printed, block.line)

    def compile(self, block: CodeBlock) -> None:
        compile(block.code, self.file, "exec")

    def parse(self, block: CodeBlock) -> None:
        PARSERS[block.language](block.code)

    def execute(self, block: CodeBlock) -> str:
        """What the code printed."""
        # The blank lines give each statement the number that it has in the file.
        code = "\n" * (block.line - 1) + block.code
        tree = self.marker.visit(ast.parse(code, self.file))
        with contextlib.redirect_stdout(io.StringIO()) as printed:
            exec(compile(tree, self.file, "exec"), self.module.__dict__)  # noqa: S102
        return printed.getvalue()

    def unreached_assertions(self) -> Iterator[Failure]:
        for line in sorted(self.marker.unreached):
            yield Failure(line, "this assertion is never reached.")


def run_blocks(
    file: str,
    blocks: Sequence[CodeBlock],
    page: str,
) -> tuple[list[Failure], list[str]]:
    """What failed, and the words of the page that the checks quoted."""
    warnings.filterwarnings("error", module=r"example\Z")
    run = BlockRun(file, page)
    return list(run.failures(blocks)), run.claims.quotes
