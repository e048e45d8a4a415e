"""Items that are gone from their document."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef
from django.utils import timezone

from questions.models import Origin, Question
from questions.models.history import overwrite

from .bulk import batches
from .context import DocumentContext
from .report import Entry


def unseen_origins(context: DocumentContext) -> list[Origin]:
    """What was loaded from this document before and has not been met in this run."""
    sources = [*context.sources.values(), *context.former_sources]
    old = [source for source in sources if source.pk not in context.new_sources]
    loaded = Origin.objects.filter(source__in=old, file=context.file).exclude(item={})
    unseen = [pk for pk in loaded.values_list("pk", flat=True) if pk not in context.run.places]
    found: list[Origin] = []
    for pks in batches(unseen):
        found += Origin.objects.filter(pk__in=pks)
    return found


def mark_missing(origins: Sequence[Origin], context: DocumentContext) -> None:
    for batch in batches(origins):
        for origin in batch:
            origin.missing_since = origin.missing_since or timezone.now()
            context.report.add(Entry(state="missing", title=origin.title))
        Origin.objects.bulk_update(batch, ["missing_since"])
        if context.options.retire_missing:
            retire_questions({origin.question_id for origin in batch}, context)


def retire_questions(ids: set[int], context: DocumentContext) -> None:
    """Those of them that no document has any more."""
    standing = Origin.objects.filter(question=OuterRef("pk"), missing_since=None).exclude(item={})
    gone = Question.objects.filter(~Exists(standing), pk__in=ids)
    questions = list(gone.exclude(status=Question.Status.RETIRED).select_for_update())
    for question in questions:
        question.status = Question.Status.RETIRED
        question.updated_at = timezone.now()
        context.run.touched.add(question.pk)
    user = context.run.user
    overwrite(questions, ["status", "updated_at"], user=user, reason="Gone from its document")
