"""A question's rows as one item of a document, and an item as the record that is compared."""

from collections.abc import Iterable, Iterator
from typing import Any

from questions.models import Answer, Origin, Question
from questions.models.visibility import QuestionQuerySet
from questions.readers.items import DIFFICULTIES, Item, Link, OtherAnswer, SourceRef

Record = dict[str, Any]

# What is compared and merged field by field. Everything but the last group are columns of Question.
TEXTS = ("title", "body", "mistakes", "follow_ups", "applies_to")
COLUMNS = (*TEXTS, "wordings", "links", "difficulty", "status", "verified_on")
ANSWER = ("short", "answer")
FIELDS = (*COLUMNS, *ANSWER, "key_points", "tags", "answers")


def record(item: Item) -> Record:
    """The item's fields as JSON values, and its sources. Case and order of tags do not count."""
    texts = {name: getattr(item, name) for name in (*TEXTS, "difficulty", "status", *ANSWER)}
    return {
        **texts,
        "wordings": list(item.wordings),
        "links": [[link.title, safe(link.url)] for link in item.links],
        "verified_on": item.verified_on.isoformat() if item.verified_on else "",
        "key_points": list(item.key_points),
        "tags": sorted(set(map(str.casefold, item.tags))),
        "answers": list(map(answer_record, item.answers)),
        "sources": list(map(source_record, item.sources)),
    }


def source_record(ref: SourceRef) -> list[Any]:
    return [ref.title, ref.number, ref.url, ref.file]


def answer_record(answer: OtherAnswer) -> list[Any]:
    source = answer.source or SourceRef(title="")
    return [answer.short, answer.answer, source.title, source.number]


def named_sources(item: Item) -> list[SourceRef]:
    """All that the item names, those of its other answers included, each once."""
    answers = (answer.source for answer in item.answers if answer.source)
    return list(dict.fromkeys((*item.sources, *answers)))


def with_rows(questions: QuestionQuerySet) -> QuestionQuerySet:
    """With everything that `to_item` reads, in a constant number of queries."""
    parts = ("origins__source", "answers__origin__source", "key_points", "tags")
    return questions.prefetch_related(*parts)


def to_item(question: Question, *, own: Answer | None = None) -> Item:
    """The question as an item. `own` is the answer that stands as the item's, where it is known."""
    own = own or main_answer(question) or Answer()
    tags = (tag.name for tag in question.tags.all())
    return Item(
        title=question.title,
        line=0,
        id=question.key,
        body=question.body,
        short=own.short,
        answer=own.answer,
        wordings=tuple(question.wordings.splitlines()),
        key_points=tuple(point.text for point in question.key_points.all()),
        mistakes=question.mistakes,
        follow_ups=question.follow_ups,
        tags=tuple(sorted(tags, key=str.casefold)),
        difficulty=difficulty_name(question),
        status=question.status,
        applies_to=question.applies_to,
        verified_on=question.verified_on,
        links=tuple(question.documentation),
        sources=tuple(map(source_ref, question.origins.all())),
        answers=tuple(other_answers(question, own)),
    )


def main_answer(question: Question) -> Answer | None:
    """The one that is shown, but where that is only what a further source says."""
    shown = question.shown_answer
    if shown is None or shown.accepted or shown.origin is None:
        return shown
    sources = list(map(source_ref, question.origins.all()))
    return shown if source_ref(shown.origin) in sources[:1] else None


def difficulty_name(question: Question) -> str:
    return DIFFICULTIES[question.difficulty - 1] if question.difficulty else ""


def source_ref(origin: Origin) -> SourceRef:
    return SourceRef(
        title=origin.source.title,
        file=named_file(origin),
        number=origin.number,
        url=origin.url or origin.source.url,
    )


def named_file(origin: Origin) -> str:
    """What the item says where it names its source, else the document that it was loaded from."""
    for title, _, _, file in origin.item.get("sources", ()):
        if title == origin.source.title:
            return file
    return origin.file


def other_answers(question: Question, own: Answer) -> Iterator[OtherAnswer]:
    for row in question.own_answers:
        if row != own and not row.is_withdrawn:
            source = source_ref(row.origin) if row.origin else None
            yield OtherAnswer(short=row.short, answer=row.answer, source=source)


def link_lines(links: Iterable[Link]) -> str:
    """Documentation links as a question stores them: one Markdown link a line."""
    return "\n".join(f"[{link.title}]({safe(link.url)})" for link in links)


def safe(url: str) -> str:
    """An address that does not end its Markdown link early: the last `](` of a line is its own."""
    return url.replace("](", "%5D(")
