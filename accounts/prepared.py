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

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.db.transaction import TransactionManagementError

# Of one function: more shapes than these, and the ones used least are compiled again.
SHAPES = 256

Value = int | str | datetime
KINDS = (int, str, datetime)
# Marks stand for arguments while a query is built: no query has anything like them.
FIRST, SIGN, NEVER = 2_147_000_000, "\ue000", datetime(9990, 1, 1, tzinfo=UTC)


def mark(kind: type, at: int) -> Value:
    if kind is int:
        return FIRST + at
    return NEVER + timedelta(microseconds=at + 1) if kind is datetime else f"{SIGN}{at}{SIGN}"


def is_like_a_mark(param: Any) -> bool:
    """Made of one, but no longer the same."""
    if isinstance(param, int):
        return abs(param - FIRST) < 100_000
    return str(param).startswith(("9989-", "9990-")) or SIGN in str(param)


def kind_of(value: Value) -> type:
    kind = type(value)
    if kind in KINDS:
        return kind
    if isinstance(value, str | datetime):
        return str if isinstance(value, str) else datetime
    raise TypeError(f"{value!r} is neither an id, nor a text, nor a moment.")


def places_of(
    params: Sequence[Any], marks: Sequence[Value], database: BaseDatabaseWrapper
) -> list[tuple[int, int, bool]]:
    adapt = database.ops.adapt_datetimefield_value
    names: dict[Any, int] = {}
    for argument, each in enumerate(marks):
        names[adapt(each) if isinstance(each, datetime) else each] = argument
    places = []
    for at, param in enumerate(params):
        argument = names.get(param, -1) if isinstance(param, Value) else -1
        if argument >= 0:
            places.append((at, argument, isinstance(marks[argument], datetime)))
        elif is_like_a_mark(param):
            raise TypeError(f"An argument is changed before it gets into the query, where it stands as {param!r}.")
    return places


class Statement(NamedTuple):
    """`places`: where among the parameters each argument goes, and whether it is a moment. `converters`: what makes
    Python's values of columns. `locks`: its rows are held to the end of the transaction. Empty: it can find nothing."""

    sql: str
    params: tuple[Any, ...] = ()
    places: list[tuple[int, int, bool]] = []
    converters: list[tuple[int, Sequence[Callable[..., Any]], Any]] = []
    locks: bool = False

    @classmethod
    def of(cls, queryset: QuerySet[Any, Any], marks: Sequence[Value], database: BaseDatabaseWrapper) -> "Statement":
        compiler = queryset.query.get_compiler(connection=database)
        try:
            sql, params = compiler.as_sql()
        except EmptyResultSet:
            return cls("")
        converters = compiler.get_converters([column for column, *_ in compiler.select])
        found = [(at, *converter) for at, converter in converters.items()]
        return cls(sql, tuple(params), places_of(params, marks, database), found, queryset.query.select_for_update)

    def rows(self, values: Sequence[Value], database: BaseDatabaseWrapper) -> list[tuple[Any, ...]]:
        if not self.sql:
            return []
        if self.locks and not database.in_atomic_block:
            raise TransactionManagementError("Rows can be locked in a transaction only.")
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
