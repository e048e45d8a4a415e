"""New items to rows, many at a time."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.text import slugify

from questions.models import Answer, KeyPoint, Origin, Question, Tag, TaggedQuestion
from questions.readers.items import DIFFICULTIES, Item, OtherAnswer, SourceRef
from questions.records import link_lines

from .arrival import Arrival
from .matching import question_key
from .report import Entry

if TYPE_CHECKING:
    from .document import DocumentLoad
    from .run import Options


def create(batch: list[Arrival], loading: "DocumentLoad") -> Iterator[Entry]:
    questions = new_questions(batch, loading.options)
    origins = [new_origin(each, question, loading) for each, question in zip(batch, questions, strict=True)]
    Origin.objects.bulk_create(origins)
    further = [
        origin
        for each, question in zip(batch, questions, strict=True)
        for origin in name_sources(question, each.others, loading)
    ]
    Origin.objects.bulk_create(further)
    named = {(origin.question_id, origin.source.title, origin.number): origin for origin in further}
    answers, points, tagged = [], [], []
    tags = tag_rows({tag for each in batch for tag in each.item.tags})
    for each, question, origin in zip(batch, questions, origins, strict=True):
        item = each.item
        if item.short or item.answer:
            answers.append(Answer(question=question, owner=loading.options.owner, origin=origin, accepted=True,
                                  short=item.short, answer=item.answer))  # fmt: skip
        answers += [other_answer(other, question, origin, named) for other in item.answers]
        texts = dict.fromkeys(item.key_points)
        points += [KeyPoint(question=question, text=text, position=at) for at, text in enumerate(texts, start=1)]
        wanted = {tags[tag.casefold()].pk for tag in item.tags}
        tagged += [TaggedQuestion(content_object=question, tag_id=pk) for pk in wanted]
        loading.seen.add(origin.pk)
        loading.touched.add(question.pk)
        yield Entry(state="new", title=item.title, line=item.line, question_id=question.pk, warnings=item.warnings,
                    repeats=each.repeats)  # fmt: skip
    for model, rows in ((Answer, answers), (KeyPoint, points), (TaggedQuestion, tagged)):
        model.objects.bulk_create(rows)  # type: ignore[attr-defined]


def new_questions(batch: list[Arrival], options: "Options") -> list[Question]:
    wanted = {each.item.id or slugify(each.item.title)[:100].strip("-") for each in batch}
    taken = set(Question.objects.filter(owner=options.owner, key__in=wanted).values_list("key", flat=True))
    questions = []
    for each in batch:
        key = question_key(each.item, each.source.title, taken)
        taken.add(key)
        questions.append(Question(key=key, owner=options.owner, status=first_status(each.item, options), **columns(each.item)))
    return Question.objects.bulk_create(questions)


def columns(item: Item) -> dict:
    return {
        "title": item.title,
        "body": item.body,
        "wordings": "\n".join(item.wordings),
        "difficulty": DIFFICULTIES.index(item.difficulty) + 1 if item.difficulty else None,
        "applies_to": item.applies_to,
        "verified_on": item.verified_on,
        "links": link_lines(item.links),
        "mistakes": item.mistakes,
        "follow_ups": item.follow_ups,
    }


def first_status(item: Item, options: "Options") -> str:
    if options.publish and item.status != Question.Status.RETIRED:
        return Question.Status.PUBLISHED
    return item.status or Question.Status.DRAFT


def new_origin(each: Arrival, question: Question, loading: "DocumentLoad") -> Origin:
    return Origin(source=each.source, question=question, load=loading.run, key=each.key, item=each.record,
                  warnings=each.warnings(), **each.place(loading.document.file))  # fmt: skip


def name_sources(question: Question, refs: list[SourceRef], loading: "DocumentLoad") -> list[Origin]:
    """Origins without an item, for further sources that an item of this question names."""
    return [
        Origin(source=loading.source(ref.title), question=question, load=loading.run, title=question.title,
               key=f"{question.key} {ref.number or ''}".strip(), number=ref.number, url=ref.url, file=ref.file)
        for ref in refs
    ]  # fmt: skip


def other_answer(
    other: OtherAnswer, question: Question, own: Origin, named: dict[tuple[int, str, int | None], Origin]
) -> Answer:
    origin = None
    if other.source:
        origin = named.get((question.pk, other.source.title, other.source.number), own)
    return Answer(question=question, owner=question.owner, origin=origin, short=other.short, answer=other.answer)


def tag_rows(names: set[str]) -> dict[str, Tag]:
    """Tags by name in lower case, made where they are missing."""
    wanted = {name.casefold(): name for name in sorted(names)}
    found = {tag.name.casefold(): tag for tag in Tag.objects.all()} if wanted else {}
    return {key: found.get(key) or Tag.objects.create(name=name) for key, name in wanted.items()}
