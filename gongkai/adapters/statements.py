"""Statements that the ORM writes once and a process runs many times.

For a statement by key the ORM spends several times what the database does, and on writing the
same text again each time. The few that every verb runs (lock the case, read its acts, add an
act, log it) are therefore written once for each kind of database. Values still pass through
their fields, and columns are read by their converters: both are what the ORM would make.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class _Written:
    """A statement, the values of the query's own conditions, and how its columns are read."""

    sql: str
    own: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, Sequence[Callable[..., Any]], Any], ...]


class RowsBy(Generic[Row]):
    """The rows of a query whose `fields` have one value each; nothing is selected along.

    A query that locks its rows must be run within a transaction, as any other that does.
    """

    def __init__(self, rows: QuerySet[Row], *fields: str) -> None:
        self._rows = rows
        self._fields: list[Field] = [rows.model._meta.get_field(name) for name in fields]
        self._written: dict[str, _Written] = {}

    def __call__(self, *wanted: Any) -> list[Row]:
        """Return the rows of now, in the order of the query."""
        if self._rows.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked within a transaction only")
        written = self._written.get(connection.vendor)
        if written is None:
            written = self._written[connection.vendor] = self._write(wanted)
        told = zip(self._fields, wanted, strict=True)
        values = [field.get_db_prep_value(value, connection) for field, value in told]
        with connection.cursor() as cursor:
            cursor.execute(written.sql, [*written.own, *values])
            found = cursor.fetchall()
        make, alias, names = self._rows.model.from_db, connection.alias, written.names
        return [make(alias, names, _read(row, written.converters)) for row in found]

    def _write(self, wanted: Sequence[Any]) -> _Written:
        rows = self._rows
        for field, value in zip(self._fields, wanted, strict=True):
            rows = rows.filter(**{field.name: value})
        compiler = rows.query.get_compiler(connection=connection)
        sql, values = compiler.as_sql()
        columns = [column for column, *_ in compiler.select]
        converters = compiler.get_converters(columns)
        return _Written(
            sql,
            tuple(values[: len(values) - len(wanted)]),
            tuple(column.target.attname for column in columns),
            # They look at settings alone, not at the connection that they were asked of.
            tuple((at, each, column) for at, (each, column) in converters.items()),
        )


def _read(
    row: Sequence[Any], converters: Iterable[tuple[int, Sequence[Callable[..., Any]], Any]]
) -> list[Any]:
    values = list(row)
    for at, each, column in converters:
        for converter in each:
            values[at] = converter(values[at], column, connection)
    return values


def insert(row: Model) -> None:
    """Insert a new row as `save(force_insert=True)` does; no signal of Django's is sent.

    For tables whose key the database gives; it is then set on the row. Fields that fill
    themselves in when saved (`auto_now`) are not.
    """
    if not row._state.adding:
        raise ValueError(f"{row!r} is in the database already")
    sql, fields = _insertion(type(row), connection.vendor)
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        returns = connection.features.can_return_columns_from_insert
        row.pk = cursor.fetchone()[0] if returns else cursor.lastrowid
    row._state.adding, row._state.db = False, connection.alias


def update(row: Model, names: Collection[str]) -> int:
    """Write the named fields of a row that is there; return 1, or 0 when it is gone.

    Like `filter(pk=...).update(...)`: no signal, nothing else of the row is written.
    """
    sql, fields = _change(type(row), tuple(sorted(names)), connection.vendor)
    values = [each.get_db_prep_save(getattr(row, each.attname), connection) for each in fields]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.rowcount)


@lru_cache(maxsize=64)
def _insertion(model: type[Model], vendor: str) -> tuple[str, tuple[Field, ...]]:
    meta, quoted = model._meta, connection.ops.quote_name
    fields = tuple(each for each in meta.local_concrete_fields if each is not meta.auto_field)
    columns = ", ".join(quoted(each.column) for each in fields)
    places = ", ".join(["%s"] * len(fields))
    sql = f"INSERT INTO {quoted(meta.db_table)} ({columns}) VALUES ({places})"  # noqa: S608 -- names of the model
    if connection.features.can_return_columns_from_insert:
        sql += f" RETURNING {quoted(meta.pk.column)}"
    return sql, fields


@lru_cache(maxsize=512)
def _change(
    model: type[Model], names: tuple[str, ...], vendor: str
) -> tuple[str, tuple[Field, ...]]:
    meta, quoted = model._meta, connection.ops.quote_name
    fields = tuple(meta.get_field(name) for name in names)
    columns = ", ".join(f"{quoted(each.column)} = %s" for each in fields)
    sql = f"UPDATE {quoted(meta.db_table)} SET {columns} WHERE {quoted(meta.pk.column)} = %s"  # noqa: S608 -- names of the model
    return sql, (*fields, meta.pk)
