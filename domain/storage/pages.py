"""Keyset pages over a query of the ORM: one statement, or two when the total is asked for."""

from collections.abc import Sequence
from typing import Any, TypeVar

from tortoise import Model
from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from domain.kernel.paging import Page, PageRequest, cut

Row = TypeVar("Row", bound=Model)


async def read_page(
    rows: "QuerySet[Row]", order: Sequence[str], request: PageRequest, *, with_total: bool = False
) -> Page[Row]:
    """Read one page of rows in this order.

    `order` names columns, "-" before the descending ones; the last must be unique.  Keys in the request are in the
    same order.
    """
    total = await rows.count() if with_total else None
    if request.after is not None:
        rows = rows.filter(_beyond(order, request.after, forwards=True))
    if request.before is not None:
        rows = rows.filter(_beyond(order, request.before, forwards=False))
    reading = [_opposite(column) for column in order] if request.backwards else list(order)
    return cut(await rows.order_by(*reading).limit(request.limit + 1), request, total)


def _opposite(column: str) -> str:
    return column[1:] if column.startswith("-") else f"-{column}"


def _beyond(order: Sequence[str], key: Sequence[Any], *, forwards: bool) -> Q:
    """Rows strictly after (or before) the key: a > x, or a = x and b > y, and so on."""
    alternatives = []
    for depth, column in enumerate(order):
        descending = column.startswith("-")
        comparison = "gt" if forwards != descending else "lt"
        equal = {name.removeprefix("-"): value for name, value in zip(order[:depth], key, strict=False)}
        alternatives.append(Q(**equal, **{f"{column.removeprefix('-')}__{comparison}": key[depth]}))
    return Q(*alternatives, join_type=Q.OR)
