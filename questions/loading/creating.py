"""New items to rows, many at a time."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from accounts.models import Team
from questions.models import Answer, KeyPoint, Origin, Question, Tag, TaggedQuestion
from questions.readers.items import DIFFICULTIES, Item, SourceRef

from .bulk import Row, insert, new_ids
from .incoming import Arrival
from .keys import named_key, question_keys
from .records import link_lines
from .report import Entry

if TYPE_CHECKING:
    from .document import DocumentLoad
    from .options import Options


def create(batch: list[Arrival], loading: "DocumentLoad") -> Iterator[Entry]:
    if not batch:
        return
    questions = new_ids(Question, len(batch))
    keys = question_keys(
        [(each.item, each.source.title) for each in batch], partial(taken, owner=loading.options.owner)
    )
    origins = origin_rows(batch, questions, loading)
    insert(Question, question_rows(batch, questions, keys, loading))
    insert(Origin, [row for rows in origins for row in rows])
    insert_parts(batch, questions, origins, loading)
    for each, pk, rows in zip(batch, questions, origins, strict=True):
        loading.see(rows[0]["id"], each.item)
        loading.touched.add(pk)
        yield Entry(
            state="new",
            title=each.item.title,
            line=each.item.line,
            question_id=pk,
            warnings=each.item.warnings,
            repeats=each.repeats,
        )


def insert_parts(batch: list[Arrival], questions: list[int], origins: list[list[Row]], loading: "DocumentLoad") -> None:
    """Answers, key points and tags."""
    tags = tag_rows({tag for each in batch for tag in each.item.tags})
    answers, points, tagged = [], [], []
    for each, pk, rows in zip(batch, questions, origins, strict=True):
        texts = dict.fromkeys(each.item.key_points)
        wanted = dict.fromkeys(tags[name.casefold()].pk for name in each.item.tags)
        answers += [{"question_id": pk, "owner_id": loading.owner_id, **row} for row in answer_rows(each, rows)]
        points += [{"question_id": pk, "text": text, "position": at} for at, text in enumerate(texts, start=1)]
        tagged += [{"content_object_id": pk, "tag_id": tag} for tag in wanted]
    insert(Answer, answers)
    insert(KeyPoint, points)
    insert(TaggedQuestion, tagged)


def taken(keys: set[str], *, owner: Team | None) -> set[str]:
    return set(Question.objects.filter(owner=owner, key__in=keys).values_list("key", flat=True))


def question_rows(batch: list[Arrival], questions: list[int], keys: list[str], loading: "DocumentLoad") -> list[Row]:
    return [
        {"id": pk, "key": key, "owner_id": loading.owner_id, **first_values(each.item, loading.options)}
        for each, pk, key in zip(batch, questions, keys, strict=True)
    ]


def first_values(item: Item, options: "Options") -> Row:
    return {
        "status": first_status(item, options),
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


def origin_rows(batch: list[Arrival], questions: list[int], loading: "DocumentLoad") -> list[list[Row]]:
    """For each item its own origin, then those of further sources that it names."""
    rows = []
    for each, pk in zip(batch, questions, strict=True):
        # Where the document names no status, the one given here counts as what it said.
        item = each.record | {"status": each.item.status or first_status(each.item, loading.options)}
        own = {
            "source_id": each.source.pk,
            "key": each.key,
            "item": item,
            "warnings": each.warnings(),
            **each.place(loading.document.file),
        }
        further = [named_origin(ref, pk, each.item.title, loading) for ref in each.others]
        rows.append([{"question_id": pk, "load_id": loading.run.pk, **row} for row in (own, *further)])
    ids = iter(new_ids(Origin, sum(map(len, rows))))
    return [[{"id": next(ids), **row} for row in group] for group in rows]


def named_origin(ref: SourceRef, question: int, title: str, loading: "DocumentLoad") -> Row:
    """An origin without an item, for a further source that an item names."""
    return {
        "source_id": loading.source(ref.title).pk,
        "key": named_key(question, ref.number),
        "title": title,
        "number": ref.number,
        "url": ref.url,
        "file": ref.file,
    }


def answer_rows(each: Arrival, origins: list[Row]) -> Iterator[Row]:
    if each.item.short or each.item.answer:
        yield {"short": each.item.short, "answer": each.item.answer, "accepted": True, "origin_id": origins[0]["id"]}
    by_name = {(ref.title, ref.number): row["id"] for ref, row in zip(each.others, origins[1:], strict=True)}
    for other in each.item.answers:
        origin = by_name.get((other.source.title, other.source.number), origins[0]["id"]) if other.source else None
        yield {"short": other.short, "answer": other.answer, "origin_id": origin}


def tag_rows(names: set[str]) -> dict[str, Tag]:
    """Tags by name in lower case, made where they are missing."""
    wanted = {name.casefold(): name for name in sorted(names)}
    found = {tag.name.casefold(): tag for tag in Tag.objects.filter(name__in=names)}
    if wanted.keys() - found.keys():
        found |= {tag.name.casefold(): tag for tag in Tag.objects.all() if tag.name.casefold() not in found}
    return {key: found.get(key) or Tag.objects.create(name=name) for key, name in wanted.items()}
