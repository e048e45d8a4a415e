"""Items that were loaded before, merged field by field into what stands."""

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from rapidfuzz import fuzz, process

from questions.models import Answer, KeyPoint, Origin, Question, TaggedQuestion
from questions.models.history import overwrite
from questions.readers import normal
from questions.readers.items import DIFFICULTIES, Link

from .creating import tag_rows
from .incoming import REPEATS, Arrival
from .other_sources import REASON, name_sources, set_others
from .records import ANSWER, COLUMNS, Record, link_lines, record, to_item, with_rows
from .report import Entry
from .threeway import Merge, merge

if TYPE_CHECKING:
    from .document import DocumentLoad

POINT_LIKENESS = 70
# More key points than this are not compared with one another.
POINT_LIMIT = 100


def update(batch: list[Arrival], loading: "DocumentLoad") -> Iterator[Entry]:
    same = [each for each in batch if each.origin and each.origin.item == each.record]
    differing = [each for each in batch if not (each.origin and each.origin.item == each.record)]
    keep_place(same, loading)
    for each in same:
        yield Entry(state="unchanged", title=each.item.title, line=each.item.line, question_id=each.question_id)
    if not differing:
        return
    # On PostgreSQL an edit that is being saved is waited for, so that it is seen and kept.
    rows = with_rows(Question.objects.filter(pk__in={each.question_id for each in differing}).select_for_update())
    questions = {question.pk: question for question in rows}
    merged = [(each, questions[each.question_id or 0]) for each in differing]
    yield from apply(merged, loading)


def keep_place(batch: list[Arrival], loading: "DocumentLoad") -> None:
    """An item that says the same may stand elsewhere now, and nothing waits for review any more."""
    moved = []
    for each, origin in ((each, each.origin) for each in batch if each.origin):
        loading.see(origin.pk, each.item)
        place = each.place(loading.document.file) | {"missing_since": None, "incoming": None, "key": each.key}
        if any(getattr(origin, name) != value for name, value in place.items()):
            for name, value in place.items():
                setattr(origin, name, value)
            moved.append(origin)
    fields = ["title", "line", "number", "url", "file", "key", "missing_since", "incoming"]
    Origin.objects.bulk_update(moved, fields, batch_size=500)


def apply(merged: list[tuple[Arrival, Question]], loading: "DocumentLoad") -> Iterator[Entry]:
    questions: list[Question] = []
    answers: list[Answer] = []
    columns: set[str] = set()
    for each, question in merged:
        origin = each.origin or Origin(source=each.source, question=question, load=loading.run)
        own = answer_of(question, origin)
        current = record(normal.item(to_item(question, own=own)))
        each.record["status"] = each.record["status"] or current["status"]
        result = merge(origin.item, current, each.record)
        if set(result.take) & set(COLUMNS):
            set_columns(question, result.take)
            columns |= set(result.take) & set(COLUMNS)
            questions.append(question)
        if set(result.take) & set(ANSWER):
            answers.append(set_answer(question, origin, own, result.take))
        write_origin(each, origin, result, loading)
        set_points(question, result.take)
        if "tags" in result.take:
            set_tags(question, each.item.tags)
        places = name_sources(each, question, loading)
        if "answers" in result.take:
            set_others(each, question, origin, places, loading)
        loading.touched.add(question.pk)
        yield entry(each, question, result)
    fields = [*sorted(columns), "updated_at"]
    overwrite(list(dict.fromkeys(questions)), fields, user=loading.user, reason=REASON)
    standing = [answer for answer in answers if answer.pk]
    overwrite(standing, [*ANSWER, "updated_at"], user=loading.user, reason=REASON)
    Answer.objects.bulk_create([answer for answer in answers if not answer.pk])
    now = timezone.now()
    accepted = {answer.question_id for answer in answers if answer.accepted}
    Question.objects.filter(pk__in=accepted).update(answer_changed_at=now, updated_at=now)


def entry(each: Arrival, question: Question, result: Merge) -> Entry:
    state = "kept" if result.keep else "renamed" if each.renamed else "changed" if result.take else "unchanged"
    return Entry(
        state=state,
        title=each.item.title,
        line=each.item.line,
        question_id=question.pk,
        fields=result.keep or tuple(result.take),
        warnings=each.item.warnings,
    )


def set_columns(question: Question, take: Record) -> None:
    for name in set(take) & set(COLUMNS):
        setattr(question, name, column(name, take[name]))
    question.updated_at = timezone.now()


def column(name: str, value: Any) -> Any:
    """A record's value as the question's column holds it."""
    if name == "difficulty":
        return DIFFICULTIES.index(value) + 1 if value else None
    if name == "verified_on":
        return date.fromisoformat(value) if value else None
    if name == "wordings":
        return "\n".join(value)
    if name == "links":
        return link_lines(Link(title=title, url=url) for title, url in value)
    return value


def answer_of(question: Question, origin: Origin) -> Answer | None:
    """The origin's own answer; for a question met by its id, before it has an origin here, the accepted one."""
    if not origin.pk:
        return question.accepted_answer
    return next((answer for answer in question.answers.all() if answer.origin_id == origin.pk), None)


def set_answer(question: Question, origin: Origin, own: Answer | None, take: Record) -> Answer:
    accepted = question.accepted_answer
    answer = own or Answer(question=question, owner=question.owner, origin=origin, accepted=accepted is None)
    for name in set(take) & set(ANSWER):
        setattr(answer, name, take[name])
    answer.updated_at = timezone.now()
    if answer.accepted:
        question.answer_changed_at = timezone.now()
    return answer


def write_origin(each: Arrival, origin: Origin, result: Merge, loading: "DocumentLoad") -> None:
    for name, value in each.place(loading.document.file).items():
        setattr(origin, name, value)
    origin.source, origin.key, origin.load, origin.missing_since = each.source, each.key, loading.run, None
    origin.item, origin.incoming = result.base, each.record if result.keep else None
    repeats = [line for line in origin.warnings.splitlines() if line.startswith(REPEATS)]
    origin.warnings = "\n".join([*filter(None, [each.warnings()]), *repeats])
    origin.save()
    loading.see(origin.pk, each.item)


def set_points(question: Question, take: Record) -> None:
    """Key points that stay keep their rows, reworded ones too; a row whose point is gone goes."""
    if "key_points" not in take:
        return
    rows = {point.text: point for point in question.key_points.all()}
    wanted = list(dict.fromkeys(take["key_points"]))
    gone = [text for text in rows if text not in set(wanted)]
    for at, text in enumerate(wanted, start=1):
        point = rows.get(text)
        likely = gone if len(gone) <= POINT_LIMIT and len(wanted) <= POINT_LIMIT else []
        if not point and (best := process.extractOne(text, likely, scorer=fuzz.WRatio, score_cutoff=POINT_LIKENESS)):
            gone.remove(best[0])
            point = rows[best[0]]
        point = point or KeyPoint(question=question)
        point.text, point.position = text, at
        point.save()
    question.key_points.filter(text__in=gone).delete()


def set_tags(question: Question, names: tuple[str, ...]) -> None:
    tags = tag_rows(set(names))
    TaggedQuestion.objects.filter(content_object=question).exclude(tag__in=tags.values()).delete()
    rows = [TaggedQuestion(content_object=question, tag=tag) for tag in tags.values()]
    TaggedQuestion.objects.bulk_create(rows, ignore_conflicts=True)
