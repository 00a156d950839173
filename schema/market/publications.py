"""News, financial statements and economic series, as the API shows them."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import orjson
import strawberry

from domain.market import queries as market
from domain.market.publications import queries, types
from domain.market.publications.queries import NewsRow, SeriesRow, StatementRow
from schema.context import Context, Info
from schema.market.bars import FirstDay, LastDay
from schema.market.queries import Symbols, checked_symbols
from schema.market.types import Instrument
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.node import Node, global_id, loads_nodes
from schema.shared.permissions import Access, allowed

StatementKind = strawberry.enum(types.StatementKind, description="The three financial statements.")
StatementPeriod = strawberry.enum(
    types.StatementPeriod, description="How much time a statement covers; a balance sheet is of the end of it."
)

_NEWS_KEY = (datetime.fromisoformat, UUID)
_STATEMENT_KEY = (date.fromisoformat, UUID)


@strawberry.type(description="A piece of news, as one provider tells it. Its texts are plain.")
class NewsItem(Node):
    """News."""

    title: str = strawberry.field(description="Title.")
    summary: str | None = strawberry.field(description="Summary; null where the provider has none.")
    url: str | None = strawberry.field(description="Where the whole text stands, by http or https.")
    publisher: str | None = strawberry.field(description="Who published it.")
    published_at: datetime = strawberry.field(description="When it was published.")
    provider: str = strawberry.field(description="Which provider told it, as in `providers`.")


@strawberry.type(description="One line of a statement.")
class StatementLine:
    """A line."""

    name: str = strawberry.field(description="Name of the line, as the source calls it.")
    value: Decimal | None = strawberry.field(description="Amount, or units of shares; null where the source has none.")


@strawberry.type(description="One financial statement of a company, as one source has it.")
class FinancialStatement(Node):
    """A statement."""

    kind: StatementKind = strawberry.field(description="Which statement.")  # type: ignore[valid-type]
    period: StatementPeriod = strawberry.field(description="How much time it covers.")  # type: ignore[valid-type]
    fiscal_year: int = strawberry.field(description="The company's year.")
    fiscal_quarter: int | None = strawberry.field(description="Its quarter, 1 to 4; null for a year.")
    ends_on: date = strawberry.field(description="Last day that it covers.")
    filed_on: date | None = strawberry.field(description="When it was filed; null where the source does not say.")
    currency: str = strawberry.field(description="Currency of its amounts (ISO 4217).")
    source: str = strawberry.field(description="Which provider has it, as in `providers`.")
    row: strawberry.Private[StatementRow]

    @strawberry.field(description="Its lines, by name: at most 500.", metadata=sized(50))
    def lines(self) -> list[StatementLine]:
        """Read the figures."""
        figures: dict[str, str | None] = orjson.loads(self.row.figures)
        return [
            StatementLine(name=name, value=None if value is None else Decimal(value))
            for name, value in list(figures.items())[:500]
        ]


@strawberry.type(description="The values of an economic series, column by column: one entry of each list a date.")
class EconomicPoints:
    """Values."""

    dates: list[date] = strawberry.field(description="The dates, oldest first: at most 10,000.")
    values: list[float | None] = strawberry.field(
        description="The values, one for each of the dates: at most 10,000; null for a date whose value is missing."
    )


@strawberry.type(description="A series of an economy, as its source publishes it.")
class EconomicSeries(Node):
    """A series."""

    code: str = strawberry.field(description="Its code at its source.")
    title: str = strawberry.field(description="What it is.")
    units: str = strawberry.field(description="What its values are in.")
    frequency: str = strawberry.field(description="How often it has a value.")
    seasonal_adjustment: str | None = strawberry.field(description="How it is adjusted; null where it is not said.")
    source: str = strawberry.field(description="Which provider has it, as in `providers`.")
    updated_at: datetime = strawberry.field(description="When it was last asked for.")
    row: strawberry.Private[SeriesRow]

    @strawberry.field(description="Its values in a range of days.")
    async def points(self, info: Info, start: FirstDay, end: LastDay) -> EconomicPoints | None:
        """Read them."""
        found = await queries.points(self.row, start, end)
        info.context.spend_sessions(len(found.days))
        return EconomicPoints(dates=list(found.days), values=list(found.values))


@extends(Instrument)
@strawberry.type
class InstrumentWithPublications:
    """What was published of an instrument."""

    @strawberry.field(description="News about it, oldest first: ask for the `last` ones.")
    async def news(
        self,
        info: Info,
        root: strawberry.Parent[Instrument],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[NewsItem]:
        """Show a page of it."""
        request = requested(first, after, last, before, key=_NEWS_KEY)
        page = await queries.news_page(request, [root.row.id], with_total=selects(info, "totalCount"))
        return connection(page, node=_news_of, key=lambda row: (row.published_at.isoformat(), row.id))

    @strawberry.field(description="Its company's financial statements, oldest first: ask for the `last` ones.")
    async def statements(
        self,
        info: Info,
        root: strawberry.Parent[Instrument],
        *,
        kind: Annotated[StatementKind, strawberry.argument(description="Which statement.")],  # type: ignore[valid-type]
        period: Annotated[
            StatementPeriod, strawberry.argument(description="How much time each covers.")  # type: ignore[valid-type]
        ] = types.StatementPeriod.YEAR,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[FinancialStatement]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=_STATEMENT_KEY)
        with_total = selects(info, "totalCount")
        page = await queries.statement_page(root.row.id, kind, period, request, with_total=with_total)
        return connection(page, node=_statement_of, key=lambda row: (row.ends_on.isoformat(), row.id))


@strawberry.type
class PublicationsQuery:
    """The queries of what was published."""

    @strawberry.field(
        description="News about some instruments, or all of it, oldest first: ask for the `last` ones.",
        metadata=allowed(Access.ANYBODY),
    )
    async def news(
        self,
        info: Info,
        symbols: Symbols | None = None,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[NewsItem]:
        """Show a page of it."""
        request = requested(first, after, last, before, key=_NEWS_KEY)
        ids = None
        if symbols is not None:
            ids = [row.id for row in (await market.instruments_by_symbol(checked_symbols(symbols))).values()]
        page = await queries.news_page(request, ids, with_total=selects(info, "totalCount"))
        return connection(page, node=_news_of, key=lambda row: (row.published_at.isoformat(), row.id))

    @strawberry.field(
        description="The economic series of a code, such as UNRATE; null where it is not known.",
        metadata=allowed(Access.ANYBODY),
    )
    async def economic_series(
        self, code: Annotated[str, strawberry.argument(description="Its code at its source.")]
    ) -> EconomicSeries | None:
        """Find it."""
        row = await queries.series_by_code(code)
        return None if row is None else _series_of(row)


def _news_of(row: NewsRow) -> NewsItem:
    return NewsItem(
        id=global_id("NewsItem", row.id),
        title=row.title,
        summary=row.summary,
        url=row.url,
        publisher=row.publisher,
        published_at=row.published_at,
        provider=row.provider,
    )


def _statement_of(row: StatementRow) -> FinancialStatement:
    return FinancialStatement(
        id=global_id("FinancialStatement", row.id),
        kind=row.kind,
        period=row.period,
        fiscal_year=row.fiscal_year,
        fiscal_quarter=row.fiscal_quarter,
        ends_on=row.ends_on,
        filed_on=row.filed_on,
        currency=row.currency,
        source=row.source,
        row=row,
    )


def _series_of(row: SeriesRow) -> EconomicSeries:
    return EconomicSeries(
        id=global_id("EconomicSeries", row.id),
        code=row.code,
        title=row.title,
        units=row.units,
        frequency=row.frequency,
        seasonal_adjustment=row.seasonal_adjustment,
        source=row.source,
        updated_at=row.updated_at,
        row=row,
    )


@loads_nodes("NewsItem")
async def _find_news(context: Context, keys: Sequence[UUID]) -> list[NewsItem | None]:
    del context  # Everybody's.
    return [None if row is None else _news_of(row) for row in await queries.news_by_id(keys)]


@loads_nodes("FinancialStatement")
async def _find_statements(context: Context, keys: Sequence[UUID]) -> list[FinancialStatement | None]:
    del context  # Everybody's.
    return [None if row is None else _statement_of(row) for row in await queries.statements_by_id(keys)]


@loads_nodes("EconomicSeries")
async def _find_series(context: Context, keys: Sequence[UUID]) -> list[EconomicSeries | None]:
    del context  # Everybody's.
    return [None if row is None else _series_of(row) for row in await queries.series_by_id(keys)]
