"""Statements that the ORM writes once and a process runs many times.

For a statement by key the ORM spends several times what the database does, and on writing the
same text again each time. The few that every verb runs (lock the case, read its acts, add an
act, log it) are therefore written once for each kind of database. Values still pass through
their fields, and rows come back through `QuerySet.raw`: both are what the ORM would make.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Field, Model, QuerySet
from django.db.transaction import TransactionManagementError

Row = TypeVar("Row", bound=Model)


class RowsBy(Generic[Row]):
    """The rows of a query whose `field` has one value; joins nothing.

    A query that locks its rows must be run within a transaction, as any other that does.
    """

    def __init__(self, rows: QuerySet[Row], field: str) -> None:
        self._rows = rows
        self._field: Field = rows.model._meta.get_field(field)
        self._written: dict[str, str] = {}

    def __call__(self, value: Any) -> list[Row]:
        """Return the rows of now, in the order of the query."""
        if self._rows.query.select_for_update and not connection.in_atomic_block:
            raise TransactionManagementError("rows are locked within a transaction only")
        sql = self._written.get(connection.vendor)
        if sql is None:
            query = self._rows.filter(**{self._field.name: value}).query
            sql, (_,) = query.sql_with_params()
            self._written[connection.vendor] = sql
        wanted = self._field.get_db_prep_value(value, connection)
        return list(self._rows.model._base_manager.raw(sql, [wanted]))


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
