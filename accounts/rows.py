"""Rows read and written without a query being built for each: what prepared queries find, and what they leave to write.

Nothing is sent, validated or cascaded, as with the bulk methods of querysets.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import islice
from typing import Any, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Field, Model
from django.db.models.fields import AutoFieldMixin

Row = TypeVar("Row", bound=Model)


@cache
def names(model: type[Model], prefix: str = "") -> tuple[str, ...]:
    """The columns of a model, as values_list takes them; those of a related row with a prefix such as `user__`."""
    return tuple(f"{prefix}{field.attname}" for field in model._meta.concrete_fields)


def instance(model: type[Row], values: Sequence[Any]) -> Row:
    """A row of all the model's columns, in their order."""
    return model.from_db(DEFAULT_DB_ALIAS, names(model), values)


def related(model: type[Row], values: Sequence[Any]) -> Row | None:
    """The same of an outer join: without a primary key there is no row."""
    return None if values[_key(model)] is None else instance(model, values)


def together(values: Iterable[Any], *models: type[Model]) -> list[Any]:
    """One row of several models' columns, side by side, as a row of each; None of an outer join that found none."""
    columns = iter(values)
    return [related(model, [*islice(columns, len(names(model)))]) for model in models]


def insert(row: Model) -> None:
    """Stores a new row and gives it the primary key that the database numbers it with."""
    statement, fields = _insert(type(row))
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(statement, _values(row, fields, database, add=True))
        row.pk = cursor.fetchone()[0]
    row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS


def update(row: Model, columns: Iterable[str]) -> None:
    """Stores these columns of a row."""
    statement, fields = _update(type(row), tuple(columns))
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        cursor.execute(statement, [*_values(row, fields, database, add=False), row.pk])


@cache
def _key(model: type[Model]) -> int:
    return next(at for at, field in enumerate(model._meta.concrete_fields) if field.primary_key)


@cache
def _insert(model: type[Model]) -> tuple[str, list[Field]]:
    fields = [field for field in model._meta.concrete_fields if not isinstance(field, AutoFieldMixin)]
    columns, places = ", ".join(map(_quoted, fields)), ", ".join(["%s"] * len(fields))
    return f"INSERT INTO {_table(model)} ({columns}) VALUES ({places}) RETURNING {_quoted(model._meta.pk)}", fields  # noqa: S608


@cache
def _update(model: type[Model], columns: tuple[str, ...]) -> tuple[str, list[Field]]:
    known = {field.attname: field for field in model._meta.concrete_fields}
    fields = [known[column] for column in columns]
    changes = ", ".join(f"{_quoted(field)} = %s" for field in fields)
    return f"UPDATE {_table(model)} SET {changes} WHERE {_quoted(model._meta.pk)} = %s", fields  # noqa: S608


def _quoted(field: Field) -> str:
    return connection.ops.quote_name(str(field.column))


def _table(model: type[Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _values(row: Model, fields: Iterable[Field], database: BaseDatabaseWrapper, *, add: bool) -> list[Any]:
    values = ((field, field.pre_save(row, add)) for field in fields)
    return [None if value is None else field.get_db_prep_save(value, database) for field, value in values]
