"""The function `claim` of the checks: it quotes the page, and says what proves the quoted words."""

import ast
import re
from collections.abc import Callable

from ..quotes import count_quotes, plain


class PageClaims:
    """`page` is its visible text, plain. `quotes` are the words that were quoted."""

    def __init__(self, page: str, reach: Callable[[int], None]) -> None:
        self.page = page
        self.reach = reach
        self.quotes: list[str] = []

    def claim(self, words: str, *proofs: object, line: int, is_proved: bool) -> None:
        self.reach(line)
        if not is_proved:
            raise AssertionError(f'nothing proves "{words}": add what it follows from.')
        self._find(words)
        for proof in proofs:
            _prove(words, proof)
        self.quotes.append(words)

    def _find(self, words: str) -> None:
        count = count_quotes(self.page, words)
        if count == 0:
            raise AssertionError(f'the page does not say "{words}"{_nearest(words, self.page)}.')
        if count > 1:
            raise AssertionError(f'the page says "{words}" {count} times: quote more around it.')


def _nearest(words: str, page: str) -> str:
    """The sentence, or the cell of a table, that has most of the words, if it has half of them."""
    sought = set(plain(words).split())
    sentences = re.split(r"[.:!?|] ", page)
    nearest = max(sentences, key=lambda sentence: len(sought & set(sentence.split())))
    if 2 * len(sought & set(nearest.split())) < len(sought):
        return ""
    return f', but "{nearest.strip()}"'


def _prove(words: str, proof: object) -> None:
    """True proves all, and another value has to stand in the words; a class stands by its name."""
    if isinstance(proof, bool):
        if not proof:
            raise AssertionError(f'"{words}" is not true.')
    elif not any(count_quotes(plain(words), form) for form in _forms(proof)):
        raise AssertionError(f'"{words}" does not say {_forms(proof)[0]!r}.')


def _forms(proof: object) -> list[str]:
    if isinstance(proof, type):
        return [proof.__name__]
    if isinstance(proof, int):
        return [str(proof), f"{proof:,}"]
    return [str(proof)]


def mark_claim(node: ast.Call) -> None:
    """Tells the call where it stands, and whether anything of it depends on the code."""
    is_proved = not all(map(_is_constant, node.args))
    node.keywords += [
        ast.keyword("line", ast.Constant(node.lineno)),
        ast.keyword("is_proved", ast.Constant(is_proved)),
    ]


def is_claim(node: ast.Call) -> bool:
    return isinstance(node.func, ast.Name) and node.func.id == "claim"


def _is_constant(node: ast.expr) -> bool:
    if isinstance(node, ast.JoinedStr):
        return not any(isinstance(part, ast.FormattedValue) for part in node.values)
    return isinstance(node, ast.Constant)
