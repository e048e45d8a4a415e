"""What markdown-it makes of the parts of a text. Its HTML has still to be sanitized."""

import re
from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

from .allowed_html import TAGS
from .code import code_block

# The page's own headings end at level 2; those of a text begin below them.
TOP_HEADING = 3
# Code beyond this many characters, in all of a text, is shown plain.
CODE_LIMIT = 20_000
TABLE = '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n'
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
SCHEMES = ("http:", "https:", "mailto:", "data:image/")
TAG_NAME = re.compile(r"\s*</?([a-z][a-z0-9]*)", re.I)

Tokens = Sequence[Token]


class Renderer(RendererHTML):
    def fence(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        code = tokens[idx].content
        language = tokens[idx].info.strip().partition(" ")[0]
        env["code"] = env.get("code", 0) + len(code)
        return code_block(code, language, plain=env["code"] > CODE_LIMIT)

    def code_block(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return code_block(tokens[idx].content, "")

    def heading_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<{heading_tag(tokens[idx])}>"

    def heading_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{heading_tag(tokens[idx])}>\n"

    def table_open(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return TABLE

    def table_close(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def cell(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """The content policy forbids style attributes, so an alignment becomes a class."""
        tag = tokens[idx].tag
        align = str(tokens[idx].attrs.get("style", "")).removeprefix("text-align:")
        return f'<{tag} class="{align}">' if align else f"<{tag}>"

    td_open = th_open = cell

    def html_inline(self, tokens: Tokens, idx: int, options: OptionsDict, env: EnvType) -> str:
        """What merely looks like a tag, as `<Name>` in prose does, is shown instead of lost."""
        html = tokens[idx].content
        is_html = html.startswith("<!--") or tag_name(html) in TAGS
        return html if is_html else escapeHtml(html)

    html_block = html_inline


def heading_tag(token: Token) -> str:
    level = int(token.tag[1]) - 1
    return f"h{min(6, max(TOP_HEADING, level))}"


def tag_name(html: str) -> str:
    found = TAG_NAME.match(html)
    return found[1].lower() if found else ""


def is_safe_link(url: str) -> bool:
    return not SCHEME.match(url) or url.lower().startswith(SCHEMES)


def markdown_parser() -> MarkdownIt:
    """HTML is let through, so that comments vanish when the result is sanitized."""
    parser = MarkdownIt("commonmark", {"html": True}, renderer_cls=Renderer)
    parser.enable(["table", "strikethrough"])
    parser.validateLink = is_safe_link  # type: ignore[method-assign]
    return parser
