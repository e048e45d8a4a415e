"""Markdown to sanitised HTML. The only place that marks text as safe."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

# The page's own headings end at level 2; those of a text begin below them.
TOP_HEADING = 3
MEMO_LIMIT = 20_000
# Code beyond these, in all of a text and in one line, is shown plain: to color it may take time that grows with the
# square of a line.
CODE_LIMIT = 20_000
LINE_LIMIT = 200
# With the cube.
NEVER_COLORED = {"systemd"}

TAGS = {
    "a", "abbr", "b", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "kbd", "li", "ol", "p", "pre", "s", "span", "strong", "sub", "sup",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {
    "a": {"href", "title"},
    "abbr": {"title"},
    "code": {"class"},
    "div": {"class", "tabindex", "role", "aria-label"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "pre": {"tabindex"},
    "span": {"class"},
    "td": {"class"},
    "th": {"class"},
}
CLASSES = re.compile(r"(language-[\w+#.-]+|scroll|left|right|center|[a-z][a-z0-9]{0,2})$")
# What a browser leaves out of an address.
BLANK = re.compile(r"[\0-\x20]+")
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
SCHEMES = ("http:", "https:", "mailto:", "data:image/")
ITEM = re.compile(r"^[-*+] +", re.M)
LEAD = re.compile(r"\*\*(?P<lead>.+?)\*\*\s*(?P<rest>.*)\Z", re.S)


@dataclass(frozen=True, slots=True)
class Remark:
    """A list item with a lead in bold: a follow-up question or a common mistake, and what is said of it."""

    lead: SafeString
    text: SafeString


class Renderer(RendererHTML):
    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        language = tokens[idx].info.strip().partition(" ")[0]
        env["code"] = env.get("code", 0) + len(tokens[idx].content)
        return code_block(tokens[idx].content, language, plain=env["code"] > CODE_LIMIT)

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return code_block(tokens[idx].content, "")

    def heading_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"<{lowered(tokens[idx].tag)}>"

    def heading_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return f"</{lowered(tokens[idx].tag)}>\n"

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return '<div class="scroll" tabindex="0" role="region" aria-label="Table"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return "</table></div>\n"

    def cell(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """The content policy forbids style attributes, so an alignment becomes a class."""
        align = str(tokens[idx].attrs.get("style", "")).removeprefix("text-align:")
        return f'<{tokens[idx].tag} class="{align}">' if align else f"<{tokens[idx].tag}>"

    td_open = th_open = cell

    def html_inline(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        """What merely looks like a tag, as `<Name>` in prose does, is shown instead of lost."""
        html = tokens[idx].content
        return html if html.startswith("<!--") or tag_name(html) in TAGS else escapeHtml(html)

    def html_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: EnvType) -> str:
        return self.html_inline(tokens, idx, options, env)


def tag_name(html: str) -> str:
    found = re.match(r"\s*</?([a-z][a-z0-9]*)", html, re.I)
    return found[1].lower() if found else ""


def lowered(tag: str) -> str:
    return f"h{min(6, max(TOP_HEADING, int(tag[1]) - 1))}"


def code_block(code: str, language: str, *, plain: bool = False) -> str:
    plain = plain or language.lower() in NEVER_COLORED or any(len(line) > LINE_LIMIT for line in code.split("\n"))
    lexer = lexer_of("text" if plain else language)
    name = f' class="language-{language}"' if re.fullmatch(r"[\w+#.-]+", language) else ""
    return f'<pre tabindex="0"><code{name}>{highlight(code, lexer, HtmlFormatter(nowrap=True))}</code></pre>\n'


@lru_cache(maxsize=200)
def lexer_of(language: str) -> Lexer:
    try:
        return get_lexer_by_name(language or "text", stripnl=False)
    except ClassNotFound:
        return get_lexer_by_name("text", stripnl=False)


# HTML is let through here so that comments vanish; the sanitiser then keeps only what is allowed.
MARKDOWN = MarkdownIt("commonmark", {"html": True}, renderer_cls=Renderer).enable(["table", "strikethrough"])
MARKDOWN.validateLink = lambda url: not SCHEME.match(url) or url.lower().startswith(SCHEMES)  # type: ignore[method-assign]


def keep_attribute(tag: str, name: str, value: str) -> str | None:
    if name == "class":
        return value if CLASSES.match(value) else None
    if tag == "img" and name == "src":
        return value if value.startswith("data:image/") else None
    if name == "href":
        return None if BLANK.sub("", value).lower().startswith("data:") else value
    return value


def sanitised(html: str) -> SafeString:
    return mark_safe(  # noqa: S308
        nh3.clean(
            html,
            tags=TAGS,
            attributes=ATTRIBUTES,
            attribute_filter=keep_attribute,
            url_schemes={"http", "https", "mailto", "data"},
            link_rel="noopener noreferrer nofollow",
        )
    )


def repeated(pattern: str, rows: Iterable[Sequence[object]]) -> SafeString:
    """HTML of ours for each row, with the row's values, escaped, in its places {0}, {1} and so on.

    A loop of the template's own takes ten times as long for each.
    """
    escaped = ([value if isinstance(value, int | float) else escape(str(value)) for value in row] for row in rows)
    return mark_safe("".join([pattern.format(*row) for row in escaped]))  # noqa: S308


def render(text: str) -> SafeString:
    """Markdown as learners see it. What is rendered again and again is remembered, long texts are not."""
    return _remembered(text) if len(text) <= MEMO_LIMIT else sanitised(MARKDOWN.render(text))


@lru_cache(maxsize=1000)
def _remembered(text: str) -> SafeString:
    return sanitised(MARKDOWN.render(text))


@lru_cache(maxsize=2000)
def render_inline(text: str) -> SafeString:
    """One line, without a paragraph around it: a title, a key point."""
    return sanitised(MARKDOWN.renderInline(text))


def remarks(text: str) -> list[Remark]:
    """The items of a list whose items begin with a bold lead; an item without one is all lead."""
    return list(_remarks(text))


def _remarks(text: str) -> Iterator[Remark]:
    for item in ITEM.split(text.strip())[1:] if ITEM.match(text.strip()) else [text.strip()]:
        found = LEAD.match(item.strip())
        if found:
            yield Remark(render_inline(found["lead"]), render(found["rest"].strip()))
        elif item.strip():
            yield Remark(render_inline(item.strip()), SafeString(""))
