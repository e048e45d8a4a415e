"""Querysets that are compiled once: those with which every request begins.

To build one of them again for each request costs more than to run it.

    @prepared
    def teams_since(name: str, since: datetime) -> QuerySet:
        return Team.objects.filter(name=name, made_at__gte=since).values_list("slug", "name")

    teams_since("Wren", yesterday)  ->  [("wren", "Wren")]

Arguments are ids, moments, and texts that are compared as they are. A queryset that depends on more
than its arguments would keep what it depended on first.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cache, wraps
from typing import Any, TypeVar, get_type_hints

from django.db import connection
from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)
Rows = list[list[Any]]
# They stand for arguments while a query is built: no query has anything like them.
MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 2_147_000_000 + place,
    str: lambda place: f"\ue000{place}",
    datetime: lambda place: datetime(9990, 1, 1, tzinfo=UTC) + timedelta(place),
}


def prepared(build: Callable[..., QuerySet[Any, Any]]) -> Callable[..., Rows]:
    hints = get_type_hints(build)
    kinds = [kind for name, kind in hints.items() if name != "return"]

    @cache
    def statement() -> Statement:
        marks = [MARKS[kind](place) for place, kind in enumerate(kinds)]
        return Statement(build(*marks), marks)

    @wraps(build)
    def run(*values: Any) -> Rows:
        return statement().rows(values)

    return run


class Statement:
    """The SQL of a queryset, and where among its parameters each argument goes."""

    def __init__(self, queryset: QuerySet[Any, Any], marks: Sequence[Any]) -> None:
        compiler = queryset.query.get_compiler(connection=connection)
        self.sql, self.params = compiler.as_sql()
        self.converters = compiler.get_converters([column for column, *_ in compiler.select])
        if not {*map(adapted, marks)} <= {*self.params}:
            raise TypeError("An argument is changed before it gets into the query.")
        self.places = [self.params.index(adapted(mark)) for mark in marks]

    def rows(self, values: Sequence[Any]) -> Rows:
        params = list(self.params)
        for place, value in zip(self.places, values, strict=True):
            params[place] = adapted(value)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, params)
            rows = list(map(list, cursor.fetchall()))
        self.convert(rows)
        return rows

    def convert(self, rows: Rows) -> None:
        """Makes Python's values of the database's, in place."""
        for column, (converters, expression) in self.converters.items():
            for row in rows:
                for convert in converters:
                    row[column] = convert(row[column], expression, connection)


def adapted(value: Any) -> Any:
    """As the database takes it."""
    is_moment = isinstance(value, datetime)
    return connection.ops.adapt_datetimefield_value(value) if is_moment else value


def columns_of(model: type[Model]) -> list[str]:
    """For `values_list`: what `instance_of` makes a row of."""
    return [field.attname for field in model._meta.concrete_fields]


def instance_of(model: type[Row], values: Sequence[Any]) -> Row:
    return model.from_db(connection.alias, columns_of(model), values)
