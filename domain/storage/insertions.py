"""Rows of a model made ahead of the transaction that inserts them: there, only the database works."""

from collections.abc import Sequence
from typing import Any, Final

from tortoise import Model

from domain.storage.statements import connection

# Some 10 ms of a connection.
_BATCH: Final = 500


def row_of(instance: Model) -> list[Any]:
    """Return what a new instance is stored as, in the order of its model's columns."""
    fields = instance._meta.fields_map  # noqa: SLF001 - what Tortoise itself inserts by
    names = _executor(type(instance)).regular_columns_all
    return [fields[name].to_db_value(getattr(instance, name), instance) for name in names]


def set_column(model: type[Model], rows: Sequence[list[Any]], name: str, value: object) -> None:
    """Give rows that `row_of` has made this value in a column."""
    place = _executor(model).regular_columns_all.index(name)
    stored = model._meta.fields_map[name].to_db_value(value, model)  # noqa: SLF001 - what Tortoise itself inserts by
    for row in rows:
        row[place] = stored


async def insert_rows(model: type[Model], rows: Sequence[list[Any]]) -> None:
    """Insert rows that `row_of` has made."""
    told = _executor(model).insert_query_all
    for start in range(0, len(rows), _BATCH):
        await connection().execute_many(told, list(rows[start : start + _BATCH]))


def _executor(model: type[Model]) -> Any:
    current = connection()
    return current.executor_class(model=model, db=current)
