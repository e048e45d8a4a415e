"""Querysets that are compiled once: to build one again for every request costs more than to run it.

    @prepared
    def titles_of(owner: int, since: datetime) -> QuerySet:
        return Question.objects.filter(owner=owner, updated_at__gte=since).values_list("title")

    titles_of(7, yesterday)  ->  [("How?",), ("Why?",)]

Arguments are ids, moments, and texts that are compared as they are; or, keyword-only, whatever else decides how the
query is built. A queryset that depends on more than its arguments would keep what it depended on first.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache, wraps
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet

# Of one function: more shapes than these, and the ones used least are compiled again.
SHAPES = 256

Value = int | str | datetime
KINDS = (int, str, datetime)


def mark(kind: type, at: int) -> Value:
    """Stands for an argument while a query is built: no query has anything like it."""
    if kind is int:
        return 8_070_605_040_302_010_000 + at
    if kind is datetime:
        return datetime(9990, 1, 1, tzinfo=UTC) + timedelta(microseconds=at + 1)
    return f"\ue000{at}\ue000"


def kind_of(value: Value) -> type:
    kind = type(value)
    return kind if kind in KINDS else next(each for each in KINDS if isinstance(value, each))


class Statement(NamedTuple):
    """`places`: where among the parameters each argument goes, and whether it is a moment. `converters`: what makes
    Python's values of columns."""

    sql: str
    params: tuple[Any, ...]
    places: list[tuple[int, int, bool]]
    converters: list[tuple[int, Sequence[Callable[..., Any]], Any]]

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any], marks: Sequence[Value], database: BaseDatabaseWrapper) -> "Statement":
        compiler = queryset.query.get_compiler(connection=database)
        sql, params = compiler.as_sql()
        adapt = database.ops.adapt_datetimefield_value
        names: dict[Any, int] = {
            adapt(each) if isinstance(each, datetime) else each: at for at, each in enumerate(marks)
        }
        places = [
            (at, names[each], isinstance(marks[names[each]], datetime))
            for at, each in enumerate(params)
            if isinstance(each, Value) and each in names
        ]
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        return cls(sql, tuple(params), places, [(at, *converter) for at, converter in converters.items()])

    def rows(self, values: Sequence[Value], database: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
        params = list(self.params)
        for at, argument, is_moment in self.places:
            value: Any = values[argument]
            params[at] = database.ops.adapt_datetimefield_value(value) if is_moment else value
        with database.cursor() as cursor:
            cursor.execute(self.sql, params)
            found = cursor.fetchall()
        return list(self.converted(found, database)) if self.converters else found

    def converted(self, found: list[tuple[Any, ...]], database: BaseDatabaseWrapper) -> Iterator[tuple[Any, ...]]:
        for row in map(list, found):
            for at, converters, column in self.converters:
                for convert in converters:
                    row[at] = convert(row[at], column, database)
            yield tuple(row)


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., list[tuple[Any, ...]]]:
    @lru_cache(maxsize=SHAPES)
    def compiled(vendor: str, kinds: tuple[type, ...], shape: tuple[tuple[str, Hashable], ...]) -> Statement:
        marks = [mark(kind, at) for at, kind in enumerate(kinds)]
        return Statement.of(build(*marks, **dict(shape)), marks, connections[DEFAULT_DB_ALIAS])

    @wraps(build)
    def run(*values: Value, **shape: Hashable) -> list[tuple[Any, ...]]:
        # Looked up once: this thread's connection, and not each time what stands for it.
        database = connections[DEFAULT_DB_ALIAS]
        return compiled(database.vendor, tuple(map(kind_of, values)), tuple(shape.items())).rows(values, database)

    return run
