"""Items that are gone from their document."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from questions.models import Origin, Question
from questions.models.history import overwrite

from .bulk import BATCH, batches
from .context import LoadContext
from .report import ReportEntry


def unseen_origins(context: LoadContext) -> list[Origin]:
    """What was loaded from this document before and has not been met in this run."""
    sources = [*context.sources.values(), *context.former_sources]
    loaded = Origin.objects.filter(source__in=sources, file=context.file).exclude(item={})
    loaded = loaded.exclude(source__in=context.new_sources)
    unseen = [pk for pk in loaded.values_list("pk", flat=True) if pk not in context.run.places]
    found: list[Origin] = []
    for pks in batches(unseen):
        found += Origin.objects.filter(pk__in=pks)
    return found


def mark_missing(origins: Sequence[Origin], context: LoadContext) -> None:
    for origin in origins:
        origin.missing_since = origin.missing_since or timezone.now()
        context.report.add(ReportEntry(state="missing", title=origin.title))
    Origin.objects.bulk_update(origins, ["missing_since"], batch_size=BATCH)
    if context.options.retire_missing:
        for batch in batches(origins):
            retire_questions(batch, context)


def retire_questions(origins: Sequence[Origin], context: LoadContext) -> None:
    """Those that no document has any more."""
    pks = {origin.question_id for origin in origins}
    standing = Origin.objects.filter(question=OuterRef("pk"), missing_since=None).exclude(item={})
    gone = Question.objects.filter(~Exists(standing), pk__in=pks)
    questions = list(gone.exclude(status=Question.Status.RETIRED).select_for_update())
    for question in questions:
        question.status = Question.Status.RETIRED
        question.updated_at = timezone.now()
        context.run.touched.add(question.pk)
    reason = "Gone from its document"
    overwrite(questions, ["status", "updated_at"], user=context.run.user, reason=reason)
