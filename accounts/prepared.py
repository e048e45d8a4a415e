"""Querysets that are compiled once: to build one again for every request costs more than to run it.

    @prepared
    def title_of(pk: int) -> QuerySet:
        return Question.objects.filter(pk=pk).values_list("title")

    title_of(7)  ->  [("How?",)]

Arguments are whole numbers, or, keyword-only, whatever else decides how the query is built. Only columns that come out
of every database as they are (numbers and texts) may be asked for.
"""

from collections.abc import Callable, Hashable
from functools import wraps
from typing import Any

from django.db import connection
from django.db.models import QuerySet

# Stands for the first argument, the next number for the second: nothing else in a query is as large.
MARK = 8_070_605_040_302_010_000


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., list[tuple[Any, ...]]]:
    compiled: dict[Hashable, tuple[str, tuple[Any, ...]]] = {}

    @wraps(build)
    def run(*values: int, **shape: Hashable) -> list[tuple[Any, ...]]:
        key = (connection.vendor, len(values), *shape.items())
        if key not in compiled:
            marks = range(MARK, MARK + len(values))
            compiled[key] = build(*marks, **shape).query.sql_with_params()
        sql, params = compiled[key]
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[each - MARK] if is_mark(each) else each for each in params])
            return cursor.fetchall()

    return run


def is_mark(value: object) -> bool:
    return type(value) is int and value >= MARK
