"""Which HTML a rendered text may hold: tags, attributes, classes, addresses."""

import re

import nh3

BLOCKS = {"blockquote", "div", "h3", "h4", "h5", "h6", "hr", "p", "pre"}
LISTS = {"dd", "dl", "dt", "li", "ol", "ul"}
TABLES = {"table", "tbody", "td", "th", "thead", "tr"}
WORDS = {"a", "abbr", "b", "br", "code", "del", "em", "i", "img", "kbd", "s", "span", "strong"}
TAGS = BLOCKS | LISTS | TABLES | WORDS | {"sub", "sup"}
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


def sanitize(html: str) -> str:
    return nh3.clean(
        html,
        tags=TAGS,
        attributes=ATTRIBUTES,
        attribute_filter=allowed_value,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer nofollow",
    )


def allowed_value(tag: str, name: str, value: str) -> str | None:
    """The value of an attribute, None where the attribute has to go."""
    allowed = True
    if name == "class":
        allowed = CLASSES.match(value) is not None
    elif name == "href":
        allowed = not BLANK.sub("", value).lower().startswith("data:")
    elif tag == "img" and name == "src":
        allowed = value.startswith("data:image/")
    return value if allowed else None
