"""A question's rows given the values of a record."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from rapidfuzz import fuzz, process

from questions.models import Answer, KeyPoint, Origin, Question, TaggedQuestion
from questions.readers.items import DIFFICULTIES, Link

from .creating import tags_named
from .records import ANSWER, COLUMNS, Record, link_lines

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
    if name == "wordings":
        return "\n".join(value)
    if name == "links":
        return link_lines(Link(title=title, url=url) for title, url in value)
    if name == "difficulty":
        return DIFFICULTIES.index(value) + 1 if value else None
    if name == "verified_on":
        return date.fromisoformat(value) if value else None
    return value


def answer_of(question: Question, origin: Origin) -> Answer | None:
    """The origin's own answer; the one that is shown where the question has no origin here yet."""
    if not origin.pk:
        return question.shown_answer
    own = (answer for answer in question.answers.all() if answer.origin_id == origin.pk)
    return next(own, None)


def set_answer(question: Question, origin: Origin, own: Answer | None, values: Record) -> Answer:
    """The origin's answer with these texts, not saved yet; the first answer of a question is accepted."""
    answer = own or Answer(question=question, owner=question.owner, origin=origin)
    if not own:
        answer.accepted = not any(other.accepted for other in question.own_answers)
    for name in set(values) & set(ANSWER):
        setattr(answer, name, values[name])
    answer.updated_at = timezone.now()
    return answer


def set_key_points(question: Question, values: Iterable[str]) -> None:
    """Key points that stay keep their rows, reworded ones too; a row whose point is gone goes."""
    texts = list(dict.fromkeys(values))
    rows = {point.text: point for point in question.key_points.all()}
    gone = [text for text in rows if text not in set(texts)]
    is_comparable = max(len(gone), len(texts)) <= POINT_LIMIT
    for position, text in enumerate(texts, start=1):
        old = text if text in rows else None
        if not old and is_comparable:
            old = take_likeliest(text, gone)
        point = rows[old] if old else KeyPoint(question=question)
        point.text = text
        point.position = position
        point.save()
    question.key_points.filter(text__in=gone).delete()


def take_likeliest(text: str, texts: list[str]) -> str | None:
    """The one of the texts that is much like this one, no longer among them."""
    best = process.extractOne(text, texts, scorer=fuzz.WRatio, score_cutoff=POINT_LIKENESS)
    if best is None:
        return None
    texts.remove(best[0])
    return best[0]


def set_tags(question: Question, names: Iterable[str]) -> None:
    tags = tags_named(set(names)).values()
    TaggedQuestion.objects.filter(content_object=question).exclude(tag__in=tags).delete()
    rows = [TaggedQuestion(content_object=question, tag=tag) for tag in tags]
    TaggedQuestion.objects.bulk_create(rows, ignore_conflicts=True)
