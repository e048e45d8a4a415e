"""Items that were loaded before, merged field by field into what stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils import timezone

from accounts.models import User
from questions.catalogue.answers import changed_since, shown_texts
from questions.models import Answer, Origin, Question
from questions.models.history import overwrite
from questions.readers import normal

from .bulk import BATCH
from .context import DocumentContext
from .fields import answer_of, set_answer, set_columns, set_key_points, set_tags
from .incoming import REPEATS, IncomingItem
from .other_sources import REASON, name_sources, set_other_answers
from .records import ANSWER, record, to_item, with_rows
from .report import Entry
from .threeway import Merge, merge

PLACE = ["title", "line", "number", "url", "file", "key", "missing_since", "incoming"]


@dataclass(slots=True)
class ChangedRows:
    """Rows to be saved once all items of a batch are merged."""

    questions: dict[int, Question] = field(default_factory=dict)
    columns: set[str] = field(default_factory=set)
    answers: list[Answer] = field(default_factory=list)

    def save(self, user: User | None) -> None:
        columns = [*sorted(self.columns), "updated_at"]
        overwrite(list(self.questions.values()), columns, user=user, reason=REASON)
        old = [answer for answer in self.answers if answer.pk]
        overwrite(old, [*ANSWER, "updated_at"], user=user, reason=REASON)
        Answer.objects.bulk_create([answer for answer in self.answers if not answer.pk])


def update(batch: Sequence[IncomingItem], context: DocumentContext) -> None:
    differing: list[IncomingItem] = []
    moved: list[Origin] = []
    for each in batch:
        origin = each.origin
        if origin is None or origin.item != each.record:
            differing.append(each)
            continue
        if keep_place(each, origin, context):
            moved.append(origin)
        context.report.add(Entry(state="unchanged", title=each.item.title, line=each.item.line))
    Origin.objects.bulk_update(moved, PLACE, batch_size=BATCH)
    if differing:
        merge_all(differing, context)


def keep_place(each: IncomingItem, origin: Origin, context: DocumentContext) -> bool:
    """An item that says the same may stand elsewhere now, and nothing waits for review any more. True where that is
    news."""
    context.mark_seen(origin.pk, each.item)
    place = each.place(context.file) | {"key": each.key, "missing_since": None, "incoming": None}
    news = {name: value for name, value in place.items() if getattr(origin, name) != value}
    for name, value in news.items():
        setattr(origin, name, value)
    return bool(news)


def merge_all(batch: Sequence[IncomingItem], context: DocumentContext) -> None:
    # On PostgreSQL an edit that is being saved is waited for, so that it is seen and kept.
    ids = {each.question_id for each in batch}
    rows = with_rows(Question.objects.filter(pk__in=ids).select_for_update())
    questions = {question.pk: question for question in rows}
    texts_before = shown_texts(ids)
    changed = ChangedRows()
    for each in batch:
        merge_item(each, questions[each.question_id], changed, context)
    changed.save(context.run.user)
    now = timezone.now()
    reworded = Question.objects.filter(pk__in=changed_since(texts_before, ids))
    reworded.update(answer_changed_at=now, updated_at=now)


def merge_item(each: IncomingItem, question: Question, changed: ChangedRows, context: DocumentContext) -> None:
    origin = each.origin or Origin(source=each.source, question=question)
    own = answer_of(question, origin)
    current = record(normal.item(to_item(question, own=own)))
    each.record["status"] = each.record["status"] or current["status"]
    result = merge(origin.item, current, each.record)
    take = result.take
    if columns := set_columns(question, take):
        changed.columns |= columns
        changed.questions[question.pk] = question
    if take.keys() & set(ANSWER):
        changed.answers.append(set_answer(question, origin, own, take))
    write_origin(each, origin, result, context)
    if "key_points" in take:
        set_key_points(question, take["key_points"])
    if "tags" in take:
        set_tags(question, each.item.tags)
    origins = name_sources(each, question, origin, context)
    if "answers" in take:
        standing = [row for row in question.answers.all() if row != own]
        set_other_answers(each, question, standing, origins, context)
    context.run.touched.add(question.pk)
    context.report.add(each.entry(state_of(each, result), result.keep or tuple(take)))


def state_of(each: IncomingItem, result: Merge) -> str:
    if result.keep:
        return "kept"
    if each.is_renamed:
        return "renamed"
    return "changed" if result.take else "unchanged"


def write_origin(each: IncomingItem, origin: Origin, result: Merge, context: DocumentContext) -> None:
    for name, value in each.place(context.file).items():
        setattr(origin, name, value)
    origin.source = each.source
    origin.key = each.key
    origin.load = context.run.load
    origin.missing_since = None
    origin.item = result.base
    origin.incoming = each.record if result.keep else None
    repeats = [line for line in origin.warnings.splitlines() if line.startswith(REPEATS)]
    origin.warnings = "\n".join([*filter(None, [each.warnings()]), *repeats])
    origin.save()
    context.mark_seen(origin.pk, each.item)
