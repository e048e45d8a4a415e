"""What simple-history leaves out: rows written in bulk have no version to go back to."""

from collections.abc import Iterable, Sequence
from typing import Any

from simple_history.utils import bulk_update_with_history

from accounts.models import User

from .questions import Answer, Question

BATCH = 500
Row = Question | Answer


def keep_first_version(objects: Iterable[Row]) -> None:
    """Remembers rows of one model as the database has them, where nothing is remembered yet.

    To be called before the first overwrite; the objects themselves may have been changed already.
    """
    rows = list(objects)
    for start in range(0, len(rows), BATCH):
        model = type(rows[start])
        ids = {row.pk for row in rows[start : start + BATCH]}
        remembered = model.history.filter(id__in=ids).order_by().values_list("id", flat=True)
        stored = model._base_manager.filter(pk__in=ids - set(remembered.distinct()))
        model.history.bulk_create([first_version(row) for row in stored])


def first_version(row: Row) -> Any:
    """Nobody's version, of the moment the row was written."""
    model = type(row).history.model
    fields = {field.attname: getattr(row, field.attname) for field in model.tracked_fields}
    return model(history_date=row.updated_at, history_type="+", **fields)


def overwrite(rows: Sequence[Row], fields: list[str], *, user: User | None, reason: str) -> None:
    """Saves these fields of rows of one model, keeping the versions before and after."""
    if not rows:
        return
    keep_first_version(rows)
    bulk_update_with_history(
        rows,
        type(rows[0]),
        fields,
        batch_size=BATCH,
        default_user=user,
        default_change_reason=reason,
    )
