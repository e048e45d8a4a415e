"""What the checks of a page mention: a claim that they do not even mention is not proved."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from .claims import NAME, NUMBER, NUMBERS, TRUTH, Claim
from .code_block import CHECK, COMPARED, LIVE, CodeBlock

RAISES = ("raises", "is raised", "are raised")
WORDS = re.compile(r"[A-Za-z_][\w-]*")


@dataclass(slots=True)
class Mentions:
    """`truths` has the names that one statement mentions with True, and those with False."""

    numbers: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    truths: dict[str, set[str]] = field(default_factory=lambda: {"True": set(), "False": set()})

    def has(self, claim: Claim) -> bool:
        """Of an order nothing but quoted words can tell, and of what is not raised neither."""
        if claim.kind == NUMBER:
            return claim.text in self.numbers
        if claim.kind == NAME:
            return claim.text in self.names
        words = set(WORDS.findall(claim.sentence))
        if claim.kind == TRUTH:
            return not words.isdisjoint(self.truths[claim.text])
        return claim.text in RAISES and not words.isdisjoint(self.raised)


@lru_cache(maxsize=8)
def mentions(blocks: tuple[CodeBlock, ...]) -> Mentions:
    """Code that runs proves its names; for more it takes an assertion or a check."""
    found = Mentions()
    for block in blocks:
        if block.verdict == COMPARED:
            found.numbers.update(NUMBERS.findall(block.code))
        elif block.verdict in (*LIVE, CHECK):
            tree = _tree(block.code)
            _add_names(found, tree)
            for statement in _proofs(tree, block):
                _add_proof(found, statement)
    return found


def _tree(code: str) -> ast.Module:
    """Code that is none mentions nothing."""
    try:
        return ast.parse(code)
    except SyntaxError:
        return ast.Module([], [])


def _add_names(found: Mentions, tree: ast.Module) -> None:
    found.names.update(_words(tree))
    for node in ast.walk(tree):
        found.raised.update(_raised_names(node))


def _proofs(tree: ast.Module, block: CodeBlock) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        if block.verdict == CHECK:
            yield from _statement_parts(node)
        elif isinstance(node, ast.Assert):
            yield node


def _add_proof(found: Mentions, statement: ast.AST) -> None:
    found.numbers.update(NUMBERS.findall(ast.unparse(statement)))
    for node in ast.walk(statement):
        truth = _truth(node)
        if truth:
            found.truths[truth].update(_words(statement))


def _truth(node: ast.AST) -> str:
    """True or False, as it stands there; `not` says False."""
    if isinstance(node, ast.Not):
        return "False"
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        return str(node.value)
    return ""


def _statement_parts(node: ast.AST) -> list[ast.AST]:
    """A statement, or what stands before the body of a compound one."""
    if not isinstance(node, ast.stmt | ast.withitem):
        return []
    if not hasattr(node, "body"):
        return [node]
    return [child for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]


def _words(node: ast.AST) -> set[str]:
    return set(WORDS.findall(ast.unparse(node))) - {"True", "False"}


def _raised_names(node: ast.AST) -> set[str]:
    """The exceptions of `raises(...)` and `except ...`."""
    if isinstance(node, ast.ExceptHandler) and node.type:
        return _words(node.type)
    if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("raises"):
        return _words(node)
    return set()
