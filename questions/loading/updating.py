"""Items that were loaded before, merged field by field into what stands."""

from collections.abc import Sequence

from django.utils import timezone

from questions.catalogue.answers import changed_since, shown_texts
from questions.models import Answer, Origin, Question
from questions.models.history import overwrite
from questions.readers import normal

from .bulk import BATCH
from .context import LoadContext
from .fields import answer_of, set_answer, set_columns, set_key_points, set_tags
from .incoming import REPEATS, IncomingItem
from .other_sources import REASON, OtherSources, save_answers
from .records import ANSWER, Record, record, to_item, with_rows
from .report import ReportEntry
from .threeway import Merge, merge

PLACE = ["title", "line", "number", "url", "file", "key", "missing_since", "incoming"]


def update(batch: Sequence[IncomingItem], context: LoadContext) -> None:
    differing: list[IncomingItem] = []
    moved: list[Origin] = []
    for each in batch:
        if each.origin is None or each.is_changed:
            differing.append(each)
        else:
            moved += keep_place(each, each.origin, context)
    Origin.objects.bulk_update(moved, PLACE, batch_size=BATCH)
    if differing:
        BatchMerge(context).merge(differing)


def keep_place(each: IncomingItem, origin: Origin, context: LoadContext) -> list[Origin]:
    """An item that says the same may stand elsewhere now, and nothing waits for review any more.

    Returns the origin if that changed it.
    """
    context.mark_seen(origin.pk, each.item)
    context.report.add(ReportEntry(state="unchanged", title=each.item.title, line=each.item.line))
    place = each.place(context.file) | {"key": each.key, "missing_since": None, "incoming": None}
    before = {name: getattr(origin, name) for name in place}
    for name, value in place.items():
        setattr(origin, name, value)
    return [origin] if place != before else []


class BatchMerge:
    """Items that differ from what was loaded before; their texts are saved together at the end."""

    def __init__(self, context: LoadContext) -> None:
        self.context = context
        self.questions: dict[int, Question] = {}
        self.columns: set[str] = set()
        self.answers: list[Answer] = []

    def merge(self, batch: Sequence[IncomingItem]) -> None:
        # On PostgreSQL an edit that is being saved is waited for, so that it is seen and kept.
        ids = {each.question_id for each in batch}
        rows = with_rows(Question.objects.filter(pk__in=ids).select_for_update())
        questions = {question.pk: question for question in rows}
        texts_before = shown_texts(ids)
        for each in batch:
            self.merge_item(each, questions[each.question_id])
        self.save()
        now = timezone.now()
        reworded = Question.objects.filter(pk__in=changed_since(texts_before, ids))
        reworded.update(answer_changed_at=now, updated_at=now)

    def save(self) -> None:
        questions = list(self.questions.values())
        columns = [*sorted(self.columns), "updated_at"]
        overwrite(questions, columns, user=self.context.run.user, reason=REASON)
        save_answers(self.answers, self.context)

    def merge_item(self, each: IncomingItem, question: Question) -> None:
        origin = each.origin or Origin(source=each.source, question=question)
        own = answer_of(question, origin)
        current = record(normal.item(to_item(question, own=own)))
        each.record["status"] = each.record["status"] or current["status"]
        result = merge(origin.item, current, each.record)
        self.set_texts(question, origin, own, result.take)
        write_origin(each, origin, result, self.context)
        others = OtherSources(each, question, origin, self.context)
        if "answers" in result.take:
            others.set_answers([row for row in question.own_answers if row != own])
        if "key_points" in result.take:
            set_key_points(question, result.take["key_points"])
        if "tags" in result.take:
            set_tags(question, each.item.tags)
        self.context.run.touched.add(question.pk)
        self.context.report.add(each.entry(state_of(each, result), result.fields))

    def set_texts(
        self,
        question: Question,
        origin: Origin,
        own: Answer | None,
        values: Record,
    ) -> None:
        columns = set_columns(question, values)
        if columns:
            self.questions[question.pk] = question
            self.columns |= columns
        if values.keys() & set(ANSWER):
            self.answers.append(set_answer(question, origin, own, values))


def state_of(each: IncomingItem, result: Merge) -> str:
    if result.keep:
        return "kept"
    if each.is_renamed:
        return "renamed"
    return "changed" if result.take else "unchanged"


def write_origin(each: IncomingItem, origin: Origin, result: Merge, context: LoadContext) -> None:
    for name, value in each.place(context.file).items():
        setattr(origin, name, value)
    origin.source = each.source
    origin.key = each.key
    origin.load = context.run.load
    origin.missing_since = None
    origin.item = result.base
    origin.incoming = each.record if result.keep else None
    repeats = [line for line in origin.warnings.splitlines() if line.startswith(REPEATS)]
    origin.warnings = "\n".join(filter(None, [each.warnings(), *repeats]))
    origin.save()
    context.mark_seen(origin.pk, each.item)
