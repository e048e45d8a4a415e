"""What the checks of a page mention: a claim that they do not even mention is not proved."""

import ast
import re
from dataclasses import dataclass, field
from functools import lru_cache

from .block import CHECK, COMPARED, CONTINUES, RUN, Block
from .claims import NAME, NUMBER, NUMBERS, RAISING, TRUTH, Claim

WORDS = re.compile(r"[A-Za-z_][\w-]*")


@dataclass(slots=True)
class Mentions:
    """`truths` has a pair of True or False and a name for each that one statement mentions."""

    numbers: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    raised: set[str] = field(default_factory=set)
    truths: set[tuple[str, str]] = field(default_factory=set)

    def has(self, claim: Claim) -> bool:
        """Of an order nothing but quoted words can tell, and of what is not raised neither."""
        words = set(WORDS.findall(claim.sentence))
        if claim.kind == NUMBER:
            return claim.text in self.numbers
        if claim.kind == NAME:
            return claim.text in self.names
        if claim.kind == TRUTH:
            return any((claim.text, word) in self.truths for word in words)
        return claim.kind == RAISING and "not" not in claim.text and bool(words & self.raised)


@lru_cache(maxsize=8)
def mentions(blocks: tuple[Block, ...]) -> Mentions:
    found = Mentions()
    for block in blocks:
        if block.verdict in (RUN, CONTINUES, CHECK):
            _add_code(found, block)
        elif block.verdict == COMPARED:
            found.numbers.update(NUMBERS.findall(block.code))
    return found


def _add_code(found: Mentions, block: Block) -> None:
    """Visible code proves the names it runs; for more it takes an assertion or a check."""
    try:
        tree = ast.parse(block.code)
    except SyntaxError:
        return
    found.names.update(_words(tree))
    for node in ast.walk(tree):
        found.raised.update(_raised_names(node))
        if block.verdict == CHECK:
            for part in _statement_parts(node):
                _add_proof(found, part)
        elif isinstance(node, ast.Assert):
            _add_proof(found, node)


def _add_proof(found: Mentions, statement: ast.AST) -> None:
    found.numbers.update(NUMBERS.findall(ast.unparse(statement)))
    for truth in _truths(statement):
        for name in _words(statement):
            found.truths.add((truth, name))


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


def _truths(statement: ast.AST) -> set[str]:
    """True and False, as they stand there; `not` says False."""
    found = set()
    for node in ast.walk(statement):
        if isinstance(node, ast.Constant) and isinstance(node.value, bool):
            found.add(str(node.value))
        if isinstance(node, ast.Not):
            found.add("False")
    return found
