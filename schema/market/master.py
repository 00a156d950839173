"""What is known of instruments beside their prices, as the API shows it."""

from datetime import date
from typing import Annotated
from uuid import UUID

import strawberry
from strawberry.dataloader import DataLoader

from domain.kernel.errors import BadUserInput
from domain.market import master, repairing
from domain.market.master import Details, PastSymbol
from schema.context import Context, Info
from schema.market.mending import BarRepair, repair_of
from schema.market.types import Instrument, instrument_of
from schema.shared.connection import After, Before, Connection, First, Last, connection, requested, selects
from schema.shared.cost import sized
from schema.shared.extension import extends
from schema.shared.permissions import Access, allowed


@strawberry.type(description="A symbol that an instrument has had.")
class PastSymbolOfInstrument:
    """A symbol."""

    symbol: str = strawberry.field(description="The symbol.")
    since: date | None = strawberry.field(description="First day; null where it is not known.")
    until: date | None = strawberry.field(description="Last day; null where it still is.")
    source: str = strawberry.field(description="Who says so.")


@strawberry.type(description="How far data of an instrument reach.")
class InstrumentCoverage:
    """Coverage."""

    first_session: date | None = strawberry.field(description="First session with a close; null without any.")
    last_session: date | None = strawberry.field(description="Last session with a close.")
    closes: int = strawberry.field(description="Sessions with a close.")
    opens: int = strawberry.field(description="Sessions with open, high and low.")
    volumes: int = strawberry.field(description="Sessions with a volume.")
    corporate_actions: int = strawberry.field(description="Corporate actions that are recorded.")
    statements: int = strawberry.field(description="Financial statements that are stored.")
    news: int = strawberry.field(description="Pieces of news that are stored.")
    missing: list[str] = strawberry.field(
        description="What is not covered, and what would mend it, in words: at most 6.", metadata=sized(3)
    )


class MasterLoaders:
    """What one operation reads of instruments, together."""

    def __init__(self, context: Context) -> None:
        del context  # The same for everybody.
        self.details: DataLoader[UUID, Details | None] = DataLoader(load_fn=master.details_by_id)
        self.symbols: DataLoader[UUID, list[PastSymbol]] = DataLoader(load_fn=master.symbols_by_id)


@extends(Instrument)
@strawberry.type
class InstrumentWithMaster:
    """What is known of an instrument."""

    @strawberry.field(description="Industry within its sector; null where no source says it.")
    async def industry(self, info: Info, root: strawberry.Parent[Instrument]) -> str | None:
        """Read it."""
        found = await info.context.loaders(MasterLoaders).details.load(root.row.id)
        return None if found is None else found.industry

    @strawberry.field(description="Country of its seat (ISO 3166-1 alpha-2); null where no source says it.")
    async def country(self, info: Info, root: strawberry.Parent[Instrument]) -> str | None:
        """Read it."""
        found = await info.context.loaders(MasterLoaders).details.load(root.row.id)
        return None if found is None else found.country

    @strawberry.field(description="Its CUSIP; null where no source says it.")
    async def cusip(self, info: Info, root: strawberry.Parent[Instrument]) -> str | None:
        """Read it."""
        found = await info.context.loaders(MasterLoaders).details.load(root.row.id)
        return None if found is None else found.cusip

    @strawberry.field(description="Its ISIN (ISO 6166); null where no source says it.")
    async def isin(self, info: Info, root: strawberry.Parent[Instrument]) -> str | None:
        """Read it."""
        found = await info.context.loaders(MasterLoaders).details.load(root.row.id)
        return None if found is None else found.isin

    @strawberry.field(description="The symbols that it has had, oldest first: at most 50.", metadata=sized(2))
    async def symbols(self, info: Info, root: strawberry.Parent[Instrument]) -> list[PastSymbolOfInstrument]:
        """Read them."""
        found = await info.context.loaders(MasterLoaders).symbols.load(root.row.id)
        return [
            PastSymbolOfInstrument(symbol=each.symbol, since=each.since, until=each.until, source=each.source)
            for each in found[:50]
        ]

    @strawberry.field(description="How far its data reach.")
    async def coverage(self, root: strawberry.Parent[Instrument]) -> InstrumentCoverage | None:
        """Count."""
        found = await master.coverage(root.row)
        return InstrumentCoverage(
            first_session=found.first,
            last_session=found.last,
            closes=found.closes,
            opens=found.opens,
            volumes=found.volumes,
            corporate_actions=found.actions,
            statements=found.statements,
            news=found.news,
            missing=_missing(found),
        )

    @strawberry.field(description="Its bars that were observed wrong and mended, by session.")
    async def bar_repairs(
        self,
        info: Info,
        root: strawberry.Parent[Instrument],
        first: First = None,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[BarRepair]:
        """Show a page of them."""
        request = requested(first, after, last, before, key=(date.fromisoformat, UUID))
        page = await repairing.repair_page(root.row.id, request, with_total=selects(info, "totalCount"))
        return connection(page, node=repair_of, key=lambda row: (row.session.isoformat(), row.id))


@strawberry.type
class MasterQuery:
    """The queries of what instruments are."""

    @strawberry.field(
        description=(
            "Instruments whose symbol, CUSIP or ISIN this is, or whose symbol, name or a word of the name begins with "
            "it, the best first: at most 50; options apart."
        ),
        metadata={**allowed(Access.ANYBODY), **sized(20)},
    )
    async def search_instruments(
        self,
        info: Info,
        text: Annotated[str, strawberry.argument(description="What to look for, in any case.")],
        first: Annotated[int, strawberry.argument(description="At most so many: 1 to 50.")] = 10,
    ) -> list[Instrument]:
        """Find them."""
        if not 1 <= first <= 50:
            raise BadUserInput(f"expected first from 1 to 50, got {first}")
        return [instrument_of(info.context, row) for row in await master.search(text, first)]


def _missing(found: master.Coverage) -> list[str]:
    told = (
        (found.closes, "no closes: track the instrument, with a provider of daily bars"),
        (found.opens, "no open, high and low: refresh its bars from a provider that has them"),
        (found.volumes, "no volumes: refresh its bars from a provider that has them"),
        (found.actions, "no dividends or splits: none were, or no provider of actions was asked"),
        (found.statements, "no statements: refresh them, with a provider of statements"),
        (found.news, "no news: refresh it, with a provider of news"),
    )
    return [message for count, message in told if not count]
