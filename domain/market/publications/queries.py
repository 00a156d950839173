"""What was published, read.  Nobody's alone: it is the same for everybody."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from tortoise.expressions import Subquery

from domain.kernel.errors import BadUserInput
from domain.kernel.paging import Page, PageRequest
from domain.market.publications.models import EconomicSeries, FinancialStatement, NewsItem, NewsMention
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.storage import statements
from domain.storage.pages import read_page
from domain.storage.readings import as_date
from domain.storage.statements import statement

# What the mirror slice of the schema reads, without naming the tables.
NewsRow: TypeAlias = NewsItem
SeriesRow: TypeAlias = EconomicSeries
StatementRow: TypeAlias = FinancialStatement

MAXIMUM_POINTS = 10_000

_POINTS = statement("""
    SELECT day, value FROM economic_points WHERE series = $1 AND day >= $2 AND day <= $3 ORDER BY day LIMIT $4
""")


@dataclass(frozen=True, slots=True)
class Points:
    """The values of a series, oldest first; None for a date whose value is missing."""

    days: tuple[date, ...]
    values: tuple[float | None, ...]


async def news_page(
    request: PageRequest, instrument_ids: Sequence[UUID] | None = None, *, with_total: bool = False
) -> Page[NewsRow]:
    """Return a page of news, about these instruments or all, oldest first.  Keys are (published at, id)."""
    rows = NewsItem.all()
    if instrument_ids is not None:
        mentioned = NewsMention.filter(instrument_id__in=list(instrument_ids)).values("item_id")
        rows = rows.filter(id__in=Subquery(mentioned))
    return await read_page(rows, ("published_at", "id"), request, with_total=with_total)


async def news_by_id(keys: Sequence[UUID]) -> list[NewsRow | None]:
    """Return news in the order asked for."""
    found = {row.id: row for row in await NewsItem.filter(id__in=set(keys))}
    return [found.get(key) for key in keys]


async def statement_page(
    instrument_id: UUID, kind: StatementKind, period: StatementPeriod, request: PageRequest, *, with_total: bool = False
) -> Page[StatementRow]:
    """Return a page of an instrument's statements, by the day on which they end.  Keys are (ends on, id)."""
    rows = FinancialStatement.filter(instrument_id=instrument_id, kind=kind, period=period)
    return await read_page(rows, ("ends_on", "id"), request, with_total=with_total)


async def statements_by_id(keys: Sequence[UUID]) -> list[StatementRow | None]:
    """Return statements in the order asked for."""
    found = {row.id: row for row in await FinancialStatement.filter(id__in=set(keys))}
    return [found.get(key) for key in keys]


async def series_by_code(code: str) -> SeriesRow | None:
    """Return the series of a code, None where there is none."""
    return await EconomicSeries.get_or_none(code=code) if 0 < len(code) <= 64 and code.isprintable() else None


async def series_by_id(keys: Sequence[UUID]) -> list[SeriesRow | None]:
    """Return series in the order asked for."""
    found = {row.id: row for row in await EconomicSeries.filter(id__in=set(keys))}
    return [found.get(key) for key in keys]


async def points(series: SeriesRow, start: date, end: date) -> Points:
    """Return the values of a series from one day to another, both included.  Raises `BadUserInput` past 10,000."""
    rows = await statements.fetch(_POINTS, series.number, start, end, MAXIMUM_POINTS + 1)
    if len(rows) > MAXIMUM_POINTS:
        raise BadUserInput(f"expected at most {MAXIMUM_POINTS} values, got more: ask for a shorter range")
    return Points(tuple(as_date(day) for day, _ in rows), tuple(value for _, value in rows))
