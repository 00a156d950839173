"""Instruments, quotes and bars, as the API shows them."""

from collections.abc import Sequence
from datetime import date
from enum import Enum
from typing import Any, Final
from uuid import UUID

import strawberry

from domain.market import queries
from domain.market import types as domain
from schema.context import Context, Info
from schema.market.bars import (
    Bar,
    BarColumns,
    BarInterval,
    FirstDay,
    Interval,
    KnownAt,
    LastDay,
    bars_of,
    columns_of,
    read_bars,
)
from schema.market.loaders import MarketLoaders
from schema.market.mending import Mended, read_mended
from schema.market.quotes import Quote, load_quote, quotes_of
from schema.shared.cost import sized
from schema.shared.node import Node, global_id, loads_nodes

InstrumentKind = strawberry.enum(
    domain.InstrumentKind, description="What an instrument is. An index can be looked at and not held."
)


class _Missing(Enum):
    MISSING = 0


MISSING: Final = _Missing.MISSING


@strawberry.type(description="Something that has a price.")
class Instrument(Node):
    """An instrument."""

    symbol: str = strawberry.field(description="Symbol, in capitals.")
    name: str = strawberry.field(description="Name.")
    kind: InstrumentKind = strawberry.field(description="What it is.")  # type: ignore[valid-type]
    exchange: str | None = strawberry.field(
        description="Exchange of the primary listing, as its MIC (ISO 10383); null for an index."
    )
    currency: str = strawberry.field(description="Currency of its prices (ISO 4217).")
    sector: str | None = strawberry.field(description="GICS sector; null for funds and indices.")
    first_session: date = strawberry.field(description="First session that its prices cover.")
    row: strawberry.Private[Any]
    context: strawberry.Private[Context]
    # Filled by lists that saw that quotes are selected.
    held_quote: strawberry.Private[Quote | _Missing | None] = MISSING

    @strawberry.field(
        description=(
            "Its latest quote, asked of providers first where it is old and some are configured; null where there is "
            "none and nobody to ask."
        )
    )
    def quote(self) -> Quote | None:
        """Return the quote that is there, or what reads it together with those of other instruments."""
        if self.held_quote is MISSING:
            return load_quote(self.context, self.row)  # type: ignore[return-value]
        return self.held_quote

    @strawberry.field(
        description=(
            "Its bars in a range of days, oldest first: at most 5,000, or of 5,000 sessions, and none that the "
            "market's clock has not closed yet. A week or month that the range cuts has the sessions in the range."
        ),
        metadata=sized(100),
    )
    async def bars(
        self,
        info: Info,
        start: FirstDay,
        end: LastDay,
        interval: Interval = BarInterval.DAY,
        known_at: KnownAt = None,
    ) -> list[Bar]:
        """Read past sessions."""
        found = await read_bars(info.context, self.row, start, end, interval, known_at)
        if domain.BarInterval(interval) is not domain.BarInterval.DAY:
            return bars_of(found, Mended())
        return bars_of(found, await read_mended(info, self.row.id, found, known_at))

    @strawberry.field(description="The same as `bars`, column by column.")
    async def bar_columns(
        self,
        info: Info,
        start: FirstDay,
        end: LastDay,
        interval: Interval = BarInterval.DAY,
        known_at: KnownAt = None,
    ) -> BarColumns | None:
        """Read past sessions."""
        return columns_of(await read_bars(info.context, self.row, start, end, interval, known_at))


def instrument_of(context: Context, row: Any, quote: Quote | _Missing | None = MISSING) -> Instrument:
    """Return an instrument as the API shows it; `quote` where it was read already."""
    return Instrument(
        id=global_id("Instrument", row.id),
        symbol=row.symbol,
        name=row.name,
        kind=row.kind,
        exchange=row.exchange,
        currency=row.currency,
        sector=row.sector,
        first_session=row.first_session,
        row=row,
        context=context,
        held_quote=quote,
    )


async def instruments_of(context: Context, rows: Sequence[Any], *, with_quotes: bool) -> list[Instrument]:
    """Return instruments as the API shows them, their quotes, if they are selected, read in one statement."""
    if not with_quotes:
        return [instrument_of(context, row) for row in rows]
    quotes = await quotes_of(context.resources.clock, await queries.latest_quotes([row.id for row in rows]))
    return [instrument_of(context, row, quote) for row, quote in zip(rows, quotes, strict=True)]


@loads_nodes("Instrument")
async def find_instruments(context: Context, keys: Sequence[UUID]) -> list[Instrument | None]:
    """Return the instruments of these ids, None where there is none; each is read once in an operation."""
    rows = await context.loaders(MarketLoaders).instruments.load_many(keys)
    return [None if row is None else instrument_of(context, row) for row in rows]
