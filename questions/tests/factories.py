"""Small sample rows for tests."""

from itertools import count

from django.utils.text import slugify

from questions.catalogue import search
from questions.models import Answer, KeyPoint, Origin, Progress, Question, QuestionSet, SetEntry, Source, Tag

NUMBERS = count(1)
TITLE = "What does a lock protect?"


def source(title="Field notes", *, public=True, **fields):
    return Source.objects.get_or_create(title=title, defaults={"public": public, **fields})[0]


def question(title=TITLE, *, tags=(), answer="Shared state.", short="", points=(), origin=None, **fields):
    """A published library question of a public source, with an accepted answer, and found by search."""
    number = next(NUMBERS)
    fields = {"key": f"{slugify(title)[:80]}-{number}", "status": "published", **fields}
    made = Question.objects.create(title=title, **fields)
    made.tags.add(*tags)
    if answer:
        Answer.objects.create(question=made, owner=made.owner, short=short, answer=answer, accepted=True)
    for position, text in enumerate(points):
        KeyPoint.objects.create(question=made, text=text, position=position)
    if made.owner is None:
        Origin.objects.create(source=origin or source(), question=made, key=made.key, number=number)
    search.refresh([made.pk])
    return made


def questions(number, **fields):
    return [question(f"Question {at:02}", **fields) for at in range(1, number + 1)]


def tag(name):
    return Tag.objects.get_or_create(name=name, defaults={"slug": slugify(name)})[0]


def question_set(key, members, *, title="A set", **fields):
    made = QuestionSet.objects.create(key=key, title=title, **fields)
    for position, member in enumerate(members):
        SetEntry.objects.create(set=made, question=member, position=position)
    return made


def progress(user, of, **fields):
    return Progress.objects.create(user=user, question=of, **fields)
