"""What stands around the questions of an article: chapters, links, advertising, names of groups."""

import re

FRAME = re.compile(
    r"(?:(?:table of )?contents|introduction|overview|conclusions?|summary|wrap(?:ping)? up"
    r"|(?:final|closing) (?:thoughts|words|notes)|key takeaways|tips\b.*"
    r"|(?:next|further) (?:steps|reading)|resources|references|about the author)\W*\Z",
    re.IGNORECASE,
)
LINKS = re.compile(
    r"(?:"
    r"(?:similar|related|recommended|popular|latest|recent|more|other|further|trending) "
    r"(?:posts?|articles?|readings?|questions?|topics?|blogs?|resources|links|courses|tutorials"
    r"|guides?)\b.{0,60}"
    r"|related|(?:learn|read|know|explore|discover) more\b.{0,80}|(?:also|must) read\b.{0,80}"
    r"|(?:read|see|check out) also\b.{0,80}|you (?:may|might) also (?:like|enjoy)\b.{0,40}"
    r"|share this\b.{0,40}|leave a (?:reply|comment)\b.{0,40}"
    r"|(?:previous|next) (?:post|article)\b.{0,80}|subscribe\b.{0,60}|sign up for\b.{0,60}"
    r"|(?:table of )?contents|about the author|external links|see more"
    r")(?<![.,])\Z",
    re.IGNORECASE,
)
END = re.compile(
    r"(?:\#{1,6} +|\*\*)?(?:conclusions?|(?:in )?summary|wrap(?:ping)? up"
    r"|(?:final|closing) (?:thoughts|words|notes)|key takeaways|tips (?:for|to)\b.{0,50}|faqs?"
    r"|frequently asked questions)(?:\*\*)?\Z",
    re.IGNORECASE,
)
NOISE = re.compile(
    r"(?:advertisements?|\[?(?:ad|ads)\]?|sponsored(?: content)?|report this ad|copy(?: code)?"
    r"|scroll to top|back to top)\Z",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"(?P<name>.*?) *\b(?:(?:job )?interview )?questions?(?: *(?:and|&|with) *answers?)?"
    r"(?: +for\b.*)?\Z"
    r"|(?P<level>(?:basic|beginner|intermediate|advanced|expert|senior|junior|easy|medium|hard)s?"
    r"(?:[ -]level)?)\Z",
    re.IGNORECASE,
)
EMPHASIZED = re.compile(r"(?:\#{2,6} +|\*\*)(?P<text>[^#*]+?)(?: *\#*|\*\*)\Z")
COUNT = re.compile(r"(?:(?:the )?(?:top|best|most)\b|.*[0-9])", re.IGNORECASE)
# Longer lines are sentences, whatever they begin with.
TAIL_WIDTH = 100
GROUP_WIDTH = 60
SENTENCE_MARKS = tuple(".?!,;:")


def begins_tail(text: str) -> bool:
    """A label of what follows the questions: links to other pages, or the article's end."""
    return len(text) < TAIL_WIDTH and (begins_links(text) or bool(END.match(text)))


def begins_links(text: str) -> bool:
    return bool(LINKS.match(text))


def group_name(text: str) -> str | None:
    """The name of a group of questions if the line is clearly its heading.

    Empty where the heading names nothing, as in "Top 50 Questions".
    """
    marked = EMPHASIZED.match(text)
    title = (marked["text"] if marked else text).strip()
    names_group = marked or GROUP.match(title)
    return _name(title) if names_group and _may_be_name(title) else None


def _may_be_name(title: str) -> bool:
    return 0 < len(title) <= GROUP_WIDTH and not title.endswith(SENTENCE_MARKS)


def _name(title: str) -> str:
    """What is left of a heading without its words for questions; empty for a count of them."""
    group = GROUP.match(title)
    name = "".join(group.groups("")) if group else title
    return "" if COUNT.match(name) else " ".join(name.lower().split())
