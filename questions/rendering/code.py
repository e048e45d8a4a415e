"""Code of a text as HTML, colored by its language."""

import re
from functools import lru_cache

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# A line beyond this is shown plain: to color it may take time that grows with its square.
LINE_LIMIT = 200
# With its cube.
NEVER_COLORED = {"systemd"}
LANGUAGE = re.compile(r"[\w+#.-]+")


def code_block(code: str, language: str, *, plain: bool = False) -> str:
    lexer = language_lexer("text" if plain or is_slow(code, language) else language)
    colored = highlight(code, lexer, HtmlFormatter(nowrap=True))
    name = f' class="language-{language}"' if LANGUAGE.fullmatch(language) else ""
    return f'<pre tabindex="0"><code{name}>{colored}</code></pre>\n'


def is_slow(code: str, language: str) -> bool:
    if language.lower() in NEVER_COLORED:
        return True
    return max(map(len, code.split("\n"))) > LINE_LIMIT


@lru_cache(maxsize=200)
def language_lexer(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=False)
