"""A question's rows given the values of a record."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from rapidfuzz import fuzz, process

from questions.models import Answer, KeyPoint, Origin, Question, Tag, TaggedQuestion
from questions.readers.items import DIFFICULTIES, Link

from .records import ANSWER, COLUMNS, Record, link_lines, main_answer

# Key points at least this alike (0 to 100) are one point in other words.
POINT_LIKENESS = 70
# More key points than this are not compared with one another.
POINT_LIMIT = 100


def set_columns(question: Question, values: Record) -> set[str]:
    """Returns the names of the columns that were set."""
    names = set(values) & set(COLUMNS)
    for name in names:
        setattr(question, name, column_value(name, values[name]))
    if names:
        question.updated_at = timezone.now()
    return names


def column_value(name: str, value: Any) -> Any:
    """A record's value as the question's column holds it."""
    convert = CONVERSIONS.get(name)
    return convert(value) if convert else value


def difficulty_number(name: str) -> int | None:
    return DIFFICULTIES.index(name) + 1 if name else None


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def links(pairs: Iterable[tuple[str, str]]) -> str:
    return link_lines(Link(title=title, url=url) for title, url in pairs)


CONVERSIONS: dict[str, Callable[[Any], Any]] = {
    "wordings": "\n".join,
    "links": links,
    "difficulty": difficulty_number,
    "verified_on": day,
}


def answer_of(question: Question, origin: Origin) -> Answer | None:
    """The origin's own answer; the question's where it has no origin here yet."""
    if not origin.pk:
        return main_answer(question)
    own = (answer for answer in question.answers.all() if answer.origin_id == origin.pk)
    return next(own, None)


def set_answer(question: Question, origin: Origin, own: Answer | None, values: Record) -> Answer:
    """The origin's answer with these texts, not saved yet; a question's first is accepted."""
    answer = own or new_answer(question, origin)
    for name in set(values) & set(ANSWER):
        setattr(answer, name, values[name])
    answer.updated_at = timezone.now()
    return answer


def new_answer(question: Question, origin: Origin) -> Answer:
    has_accepted = any(other.accepted for other in question.own_answers)
    return Answer(
        question=question,
        owner=question.owner,
        origin=origin,
        accepted=not has_accepted,
    )


def set_key_points(question: Question, texts: Iterable[str]) -> None:
    """Points that stay keep their rows, reworded ones too; a row whose point is gone goes."""
    wanted = dict.fromkeys(texts)
    rows = {point.text: point for point in question.key_points.all()}
    gone = [text for text in rows if text not in wanted]
    is_comparable = max(len(gone), len(wanted)) <= POINT_LIMIT
    for position, text in enumerate(wanted, start=1):
        old = text
        if text not in rows and is_comparable:
            old = take_likeliest(text, gone)
        point = rows.get(old, KeyPoint(question=question))
        point.text = text
        point.position = position
        point.save()
    question.key_points.filter(text__in=gone).delete()


def take_likeliest(text: str, texts: list[str]) -> str:
    """The one of the texts that is much like this one, no longer among them; empty for none."""
    best = process.extractOne(text, texts, scorer=fuzz.WRatio, score_cutoff=POINT_LIKENESS)
    if best is None:
        return ""
    texts.remove(best[0])
    return best[0]


def set_tags(question: Question, names: Iterable[str]) -> None:
    tags = tags_named(set(names)).values()
    TaggedQuestion.objects.filter(content_object=question).exclude(tag__in=tags).delete()
    rows = [TaggedQuestion(content_object=question, tag=tag) for tag in tags]
    TaggedQuestion.objects.bulk_create(rows, ignore_conflicts=True)


def tags_named(names: set[str]) -> dict[str, Tag]:
    """Tags by name in lower case, made where they are missing."""
    wanted = {name.casefold(): name for name in sorted(names)}
    found = by_name(Tag.objects.filter(name__in=names))
    if not wanted.keys() <= found.keys():
        found = by_name(Tag.objects.all()) | found
    return {key: found.get(key) or Tag.objects.create(name=wanted[key]) for key in wanted}


def by_name(tags: Iterable[Tag]) -> dict[str, Tag]:
    return {tag.name.casefold(): tag for tag in tags}
