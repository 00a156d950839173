"""What anybody may ask of the market."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated
from uuid import UUID

import strawberry

from domain.kernel.errors import BadUserInput
from domain.market import bars as history
from domain.market import queries
from domain.market import types as domain
from domain.market.providers.provider import Capability
from domain.market.sourcing.quoting import Untold
from domain.market.sourcing.sourcing import Sourcing
from schema.context import Info
from schema.market.bars import FirstDay, LastDay
from schema.market.current_quotes import bring_up_to_date
from schema.market.packing import prices_of
from schema.market.quotes import Quote, missing_quote, present_quotes_of
from schema.market.types import (
    Instrument,
    InstrumentKind,
    instrument_of,
    instruments_of,
)
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.node import global_id
from schema.shared.permissions import Access, allowed

MoverDirection = strawberry.enum(
    domain.MoverDirection, description="Which way a price has moved since the previous close."
)

MAXIMUM_SYMBOLS = 100
Symbols = Annotated[list[str], strawberry.argument(description="Symbols, exactly as they are spelled: at most 100.")]


@strawberry.type(description="The adjusted closes of one instrument.")
class AlignedSeries:
    """One series."""

    symbol: str = strawberry.field(description="Symbol of the instrument.")
    adjusted_close: list[Decimal] = strawberry.field(description="One for each of the dates: at most 5,000.")


@strawberry.type(description="Adjusted closes of several instruments, on the dates on which all of them traded.")
class AlignedHistory:
    """Several series."""

    id: strawberry.ID = strawberry.field(description="Names the symbols and the range, as they were given.")
    dates: list[date] = strawberry.field(description="The dates, oldest first: at most 5,000.")
    series: list[AlignedSeries] = strawberry.field(
        description="One series for each symbol, in the order asked: at most 100.", metadata=sized(10)
    )


@strawberry.type(description="The market as a whole, now.")
class MarketOverview:
    """An overview."""

    id: strawberry.ID = strawberry.field(description="The same always: there is one market.")
    as_of: datetime = strawberry.field(description="The market's time.")

    @strawberry.field(description="The indices, by symbol: at most 100.", metadata=sized(5))
    async def indices(self, info: Info) -> list[Quote]:
        """Read the quotes of the indices."""
        return await present_quotes_of(info.context.resources.clock, await queries.index_quotes())

    @strawberry.field(
        description=(
            "The instruments, indices apart, that moved furthest one way since the previous close, furthest first; at "
            "most 100."
        )
    )
    async def movers(
        self,
        info: Info,
        direction: Annotated[MoverDirection, strawberry.argument(description="Which way.")],  # type: ignore[valid-type]
        first: Annotated[int, strawberry.argument(description="At most so many: 1 to 100.")] = 5,
    ) -> list[Quote]:
        """Read the quotes of those that moved furthest."""
        if not 1 <= first <= 100:
            raise BadUserInput(f"expected first from 1 to 100, got {first}")
        return await present_quotes_of(info.context.resources.clock, await queries.movers(direction, first))


@strawberry.type
class MarketQuery:
    """The queries of the market."""

    @strawberry.field(
        description="The instrument of this symbol; null where there is none.", metadata=allowed(Access.ANYBODY)
    )
    async def instrument(
        self,
        info: Info,
        symbol: Annotated[str, strawberry.argument(description="Symbol, exactly as it is spelled.")],
    ) -> Instrument | None:
        """Find an instrument."""
        row = (await queries.instruments_by_symbol([symbol])).get(symbol)
        return None if row is None else instrument_of(info.context, row)

    @strawberry.field(
        description="All instruments, by symbol; option contracts, of which there are many, when asked for by `kind`.",
        metadata=allowed(Access.ANYBODY),
    )
    async def instruments(
        self,
        info: Info,
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
        kind: Annotated[
            InstrumentKind | None, strawberry.argument(description="Only those of this kind.")  # type: ignore[valid-type]
        ] = None,
    ) -> Connection[Instrument]:
        """Read a page of instruments."""
        request = requested(first, after, last, before)
        page = await queries.instrument_page(request, kind=kind, with_total=selects(info, "totalCount"))
        with_quotes = selects(info, "edges", "node", "quote")
        shown = dict(
            zip(
                (row.id for row in page.rows),
                await instruments_of(info.context, page.rows, with_quotes=with_quotes),
                strict=True,
            )
        )
        return connection(page, node=lambda row: shown[row.id], key=lambda row: (row.symbol,))

    @strawberry.field(
        description=(
            "The latest quotes of at most 100 symbols, in the order asked; old ones are asked of providers first, where"
            " some are configured. An unknown symbol is an error that names it."
        ),
        metadata={**allowed(Access.ANYBODY), **sized(by="symbols")},
    )
    async def quotes(self, info: Info, symbols: Symbols) -> list[Quote]:
        """Read the latest quotes."""
        asked = checked_symbols(symbols)
        resources = info.context.resources
        rows: Mapping[str, domain.InstrumentRow] = {}
        untold: Mapping[UUID, Untold] = {}
        if resources.shared(Sourcing).offers(Capability.QUOTES):
            rows = await queries.instruments_by_symbol(asked)
            untold = await bring_up_to_date(resources, list(rows.values()))
        found = await queries.quotes_by_symbol(asked)
        if len(found) < len(set(asked)):
            await history.known_instruments(asked)
        present = await present_quotes_of(resources.clock, list(found.values()), untold)
        shown = {quote.symbol: quote for quote in present}
        now = resources.clock.now()
        shown |= {
            symbol: missing_quote(row, untold[row.id], now)
            for symbol, row in rows.items()
            if symbol not in shown and row.id in untold
        }
        return [shown[symbol] for symbol in asked if symbol in shown]

    @strawberry.field(
        description="Adjusted closes of several instruments, on the dates in a range on which all of them traded.",
        metadata=allowed(Access.ANYBODY),
    )
    async def aligned_history(
        self, info: Info, symbols: Symbols, start: FirstDay, end: LastDay
    ) -> AlignedHistory | None:
        """Read past closes."""
        compute = info.context.resources.compute
        now = await queries.market_now(info.context.resources.clock)
        asked = checked_symbols(symbols)
        found = await history.aligned_history(compute, asked, start, end, now, info.context.spend_sessions)
        return AlignedHistory(
            id=global_id("AlignedHistory", ",".join(symbols), start, end),
            dates=list(found.sessions),
            series=await compute.run(_series, found),
        )

    @strawberry.field(description="The market as a whole, now.", metadata=allowed(Access.ANYBODY))
    async def market(self, info: Info) -> MarketOverview | None:
        """Read the market's time; the rest as it is selected."""
        return overview_at(await queries.market_now(info.context.resources.clock))


def overview_at(now: datetime) -> MarketOverview:
    """Return the market as it is at its own time; what is selected of it is read then."""
    return MarketOverview(id=global_id("MarketOverview", "now"), as_of=now)


def _series(found: domain.AlignedHistory) -> list[AlignedSeries]:
    return [
        AlignedSeries(symbol=symbol, adjusted_close=[price for price in prices_of(closes) if price is not None])
        for symbol, closes in zip(found.symbols, found.closes.T, strict=True)
    ]


def checked_symbols(symbols: list[str]) -> list[str]:
    """Return the symbols.  Raises `BadUserInput` when there are none, or more than 100."""
    if not 1 <= len(symbols) <= MAXIMUM_SYMBOLS:
        raise BadUserInput(f"expected 1 to {MAXIMUM_SYMBOLS} symbols, got {len(symbols)}")
    return symbols
