"""How a copied article numbers its questions, and the labels that stand around them. Pure: lines in, facts out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..items import TITLE_LIMIT

Line = tuple[int, str]

# Lines in sight beyond the current one: the rest of a broken title, the question's own code, the answer's label.
AHEAD = 40

# A hyphen or a dash, written as codes since the longer ones look alike.
DASH = r"[-\u2013\u2014]"
HEADING = re.compile(
    rf"""
    (?P<hash>\#{{1,6}}[ ]+)?
    (?P<bold>\*\*|__)?
    (?P<word>(?:Question|Ques|Q)\b\.?|Q(?=[0-9]))?
    (?:(?P<space>[ ]*\#?[ ]?)(?P<number>[0-9]{{1,7}}))?
    (?P<end>[ ]?[.):]|[ ]{DASH}(?=[ ])|(?=[ ]))
    (?:\*\*|__)?(?P<gap>[ ]*)(?P<title>\S.*)
    """,
    re.IGNORECASE | re.VERBOSE,
)
LABEL = re.compile(
    rf"""
    (?:\#{{1,6}}[ ]+)?(?:\*\*|__)?
    (?:(?:Answer|Ans)(?:[ ]?[0-9]{{1,5}})?(?:\*\*|__)?(?:[ ]?[:.]|[ ]{DASH}(?=[ ]|\Z)|(?=\**\Z))
      |A[0-9]{{0,5}}(?:\*\*|__)?[ ]?:)
    (?:\*\*|__)?(?:[ ]+(?P<rest>.*)|\Z)
    """,
    re.IGNORECASE | re.VERBOSE,
)
LABEL_IN_TITLE = re.compile(r"(?<=[?.!])[ ]+(?:Answer|Ans|A):[ ]+", re.IGNORECASE)
CATEGORY = re.compile(r"[ ]*\((?P<name>[^\W\d_][^()]{1,60})\)[ ]*\Z")
ASKS = re.compile(
    r"(?:what|why|how|when|where|which|who|whose|can|could|do|does|did|is|are|was|were|will|would|should|has|have"
    r"|in what|explain|describe|define|list|name|compare|differentiate|distinguish|discuss|tell|give|write|show"
    r"|mention|state|illustrate|implement|walk|outline|briefly|suppose|imagine|elaborate"
    r"|differences?|types of|advantages|benefits)\b(?![ ]*:)",
    re.IGNORECASE,
)
FRAME = re.compile(
    r"(?:(?:table of )?contents|introduction|overview|conclusions?|summary|wrap(?:ping)? up"
    r"|(?:final|closing) (?:thoughts|words|notes)|key takeaways|tips\b.*"
    r"|(?:next|further) (?:steps|reading)|resources|references|about the author)\W*\Z",
    re.IGNORECASE,
)
LINKS = re.compile(
    r"(?:(?:similar|related|recommended|popular|latest|recent|more|other|further|trending) "
    r"(?:posts?|articles?|readings?|questions?|topics?|blogs?|resources|links|courses|tutorials|guides?)\b.{0,60}"
    r"|related|(?:learn|read|know|explore|discover) more\b.{0,80}|(?:also|must) read\b.{0,80}"
    r"|(?:read|see|check out) also\b.{0,80}|you (?:may|might) also (?:like|enjoy)\b.{0,40}|share this\b.{0,40}"
    r"|leave a (?:reply|comment)\b.{0,40}|(?:previous|next) (?:post|article)\b.{0,80}|subscribe\b.{0,60}"
    r"|sign up for\b.{0,60}|(?:table of )?contents|about the author|external links|see more)(?<![.,])\Z",
    re.IGNORECASE,
)
END = re.compile(
    r"(?:\#{1,6} +|\*\*)?(?:conclusions?|(?:in )?summary|wrap(?:ping)? up|(?:final|closing) (?:thoughts|words|notes)"
    r"|key takeaways|tips (?:for|to)\b.{0,50}|faqs?"
    r"|frequently asked questions)(?:\*\*)?\Z",
    re.IGNORECASE,
)
NOISE = re.compile(
    r"(?:advertisements?|\[?(?:ad|ads)\]?|sponsored(?: content)?|report this ad|copy(?: code)?"
    r"|scroll to top|back to top)\Z",
    re.IGNORECASE,
)
GROUP = re.compile(
    r"(?P<name>.*?) *\b(?:(?:job )?interview )?questions?(?: *(?:and|&|with) *answers?)?(?: +for\b.*)?\Z"
    r"|(?P<level>(?:basic|beginner|intermediate|advanced|expert|senior|junior|easy|medium|hard)s?(?:[ -]level)?)\Z",
    re.IGNORECASE,
)
MARKED = re.compile(r"(?:\#{2,6} +|\*\*)(?P<text>[^#*]+?)(?: *\#*|\*\*)\Z")
COUNT = re.compile(r"(?:(?:the )?(?:top|best|most)\b|.*[0-9])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that may begin a question. `kind` is "word" (Question 3), "number" (3.) or the count of its `#` signs."""

    kind: str
    number: int | None
    title: str
    answer: str = ""

    @property
    def asks(self) -> bool:
        return self.title.endswith("?") or bool(ASKS.match(self.title))


@dataclass(frozen=True, slots=True)
class Layout:
    """What marks a question in this article, as far as its first lines tell."""

    kind: str = "number"
    categories: bool = False
    labels: bool = False
    topics: bool = False


def heading(text: str) -> Heading | None:
    if not text or text[0] not in "#*_Qq0123456789":
        return None
    inside = LABEL_IN_TITLE.search(text, 0, TITLE_LIMIT)
    found = HEADING.match(text, 0, inside.start() if inside else len(text))
    if not found or not well_spaced(found) or len(found[0]) > TITLE_LIMIT:
        return None
    kind = "word" if found["word"] else str(len(found["hash"].strip())) if found["hash"] else "number"
    title = found["title"].rstrip("# ")
    title = title.rstrip("*_ ") if found["bold"] else title
    answer = text[inside.end() :] if inside else ""
    return Heading(kind, int(found["number"]) if found["number"] else None, title, answer) if title else None


def well_spaced(found: re.Match[str]) -> bool:
    """Tell `3. Why`, `3.Why` and `Question 3 - Why` from `3.5 million`, `3 ways` and `Q and`."""
    if not found["number"]:
        return bool(found["word"]) and found["end"] == ":"
    if not found["end"].strip():
        return bool(found["word"])
    marked = found["word"] or found["hash"] or found["end"] in (".", ")")
    return bool(marked) and bool(found["gap"] or found["title"][0].isupper())


def split_category(title: str, *, usual: bool) -> tuple[str, tuple[str, ...]]:
    """Take `(Name)` off the end of a title. Where it is not `usual` to have one, only after the end of a sentence."""
    found = CATEGORY.search(title, max(0, len(title) - 70))
    if not found or not (usual or title[: found.start()].endswith((".", "?", "!", ":"))):
        return title, ()
    names = (" ".join(name.split()).lower() for name in found["name"].split(","))
    return title[: found.start()], tuple(filter(None, names))


def label(text: str) -> str | None:
    """The text after an answer's label (`Answer:`, `Ans.`, `A:`), None where there is no label."""
    if not text or text[0] not in "Aa#*_" or not (found := LABEL.match(text)):
        return None
    return found["rest"] or ""


def is_labelled(ahead: Iterable[str], kind: str) -> bool:
    """Does an answer's label follow before the next heading?"""
    for text in ahead:
        if label(text) is not None:
            return True
        if (following := heading(text)) and following.kind == kind:
            return False
    return False


def layout_of(sample: Sequence[str]) -> Layout:
    found = [(place, title) for place, text in enumerate(sample) if (title := heading(text))]
    kind = usual_kind(title for _, title in found)
    found = [(place, title) for place, title in found if title.kind == kind]
    asking = sum(marks_question(title) for _, title in found)
    sorted_out = sum(bool(split_category(title.title, usual=False)[1]) for _, title in found)
    labelled = sum(is_labelled(sample[place + 1 : place + 1 + AHEAD], kind) for place, _ in found)
    standing = sum(not any(sample[place + 1 : place + 2]) for place, _ in found)
    return Layout(
        kind,
        categories=sorted_out > 1 and sorted_out * 2 >= asking,
        labels=labelled > 1,
        topics=asking * 2 < standing,
    )


def marks_question(title: Heading) -> bool:
    return title.asks or bool(split_category(title.title, usual=False)[1])


def usual_kind(titles: Iterable[Heading]) -> str:
    """The kind of heading that most questions have; `Question 3` says most of all."""
    counts = Counter(title.kind for title in titles if marks_question(title))
    return "word" if counts["word"] > 1 else max(counts, key=lambda kind: (counts[kind], kind), default="number")


def begins_tail(text: str) -> bool:
    """A label of what surrounds the questions: links to other pages, or the article's end."""
    return len(text) < 100 and bool(LINKS.match(text) or END.match(text))


def group_name(text: str) -> str | None:
    """The name of a group of questions if the line is clearly its heading; empty if it names nothing."""
    marked = MARKED.match(text)
    name = (marked["text"] if marked else text).strip()
    found = GROUP.match(name)
    if len(name) > 60 or not (marked or found) or name[-1:] in ".?!,;:":
        return None
    name = (found["name"] or found["level"] or "") if found else name
    return "" if COUNT.match(name) else " ".join(name.lower().split())
