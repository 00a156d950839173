"""Rows of a model by a statement that is written out: to have the ORM write it takes longer than the database."""

from typing import Any, TypeVar

from tortoise import Model

from domain.storage import statements
from domain.storage.statements import Statement, statement

Row = TypeVar("Row", bound=Model)


def select(model: type[Model], condition: str) -> Statement:
    """Return the statement that reads all columns of a model where this holds: see `statement` for its words.

    Raises ValueError for a model with relations: their columns are known once the database is open.
    """
    meta = model._meta  # noqa: SLF001 - what Tortoise itself reads by
    if meta.fk_fields or meta.o2o_fields:
        raise ValueError(f"expected a model without relations, got {model.__name__}")
    columns = ", ".join(sorted(meta.fields_db_projection.values()))
    return statement(f"SELECT {columns} FROM {meta.db_table} WHERE {condition}")  # noqa: S608 - of our own words


async def rows_of(model: type[Row], asked: Statement, *parameters: Any) -> list[Row]:
    """Return what a statement of `select` finds, as the ORM would."""
    make = model._init_from_db  # noqa: SLF001 - what Tortoise itself makes rows by
    return [make(**dict(row)) for row in await statements.fetch(asked, *parameters)]
