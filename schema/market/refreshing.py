"""Asking for what providers know: which instruments are followed, and jobs that bring them up to date."""

from datetime import date

import strawberry

from domain.kernel.errors import InvalidInput, NotFound, NotSupported
from domain.market import queries
from domain.market.jobs import REFRESH_MARKET, REFRESH_OPTION_CHAIN, REFRESHED, TRACK_INSTRUMENTS
from domain.market.listing import checked_symbol
from domain.market.providers.provider import Capability
from domain.market.sourcing import types
from domain.market.sourcing.sourcing import Sourcing
from schema.context import Info
from schema.jobs.types import Job, find_jobs
from schema.shared.permissions import Access, allowed
from schema.shared.problems import UserError, answers_refusals

_MOST_SYMBOLS = 500

RefreshTask = strawberry.enum(
    types.RefreshTask,
    name="RefreshTask",
    description="What is asked of providers by jobs. PROFILES and ACTIONS come with instruments and their bars.",
)


@strawberry.input(description="Instruments that are to be followed.")
class TrackInstrumentsInput:
    """Which."""

    symbols: list[str] = strawberry.field(description="Symbols in capitals, a class behind a point: BRK.B; 1 to 500.")


@strawberry.input(description="What is to be asked of providers.")
class RefreshMarketInput:
    """What."""

    task: RefreshTask = strawberry.field(description="What to ask for.")  # type: ignore[valid-type]


@strawberry.input(description="Option contracts whose quotes are to be asked of providers.")
class RefreshOptionChainInput:
    """Which."""

    symbol: str = strawberry.field(description="Symbol of the underlying, which is known.")
    expiry: date | None = strawberry.field(description="Of one expiry alone; null for all.", default=None)


@strawberry.type(description="The job that asks for quotes of options, or why there is none.")
class RefreshOptionChainPayload:
    """The answer of `refreshOptionChain`."""

    job: Job | None = strawberry.field(
        description="The job; its result says what was stored and what was refused.", default=None
    )
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type(description="The job that adds the instruments and their past, or why there is none.")
class TrackInstrumentsPayload:
    """The answer of `trackInstruments`."""

    job: Job | None = strawberry.field(
        description="The job; its result names the symbols that nobody knows.", default=None
    )
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type(description="The job that asks providers, or why there is none.")
class RefreshMarketPayload:
    """The answer of `refreshMarket`."""

    job: Job | None = strawberry.field(description="The job.", default=None)
    user_errors: list[UserError] = strawberry.field(
        description="What the user can mend; empty when it was done.", default_factory=list
    )


@strawberry.type
class RefreshingMutation:
    """What administrators ask of providers."""

    @strawberry.mutation(
        description=(
            "Follow instruments: what providers say of them, their dividends, splits and bars become known, and are "
            "brought up to date from then on."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(TrackInstrumentsPayload)
    async def track_instruments(self, info: Info, input: TrackInstrumentsInput) -> TrackInstrumentsPayload:
        """Ask for the job."""
        if not 1 <= len(input.symbols) <= _MOST_SYMBOLS:
            message = f"expected 1 to {_MOST_SYMBOLS} symbols, got {len(input.symbols)}"
            raise InvalidInput(message, field=("symbols",))
        symbols = list(dict.fromkeys(map(checked_symbol, input.symbols)))
        _expect_provider(info, Capability.PROFILES)
        _expect_provider(info, Capability.DAILY_BARS)
        async with info.context.unit_of_work() as work:
            job_id = await work.enqueue(TRACK_INSTRUMENTS, {"symbols": symbols})
        return TrackInstrumentsPayload(job=(await find_jobs(info.context, [job_id]))[0])

    @strawberry.mutation(
        description="Ask providers for what is due of one kind, without waiting for the schedule.",
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(RefreshMarketPayload)
    async def refresh_market(self, info: Info, input: RefreshMarketInput) -> RefreshMarketPayload:
        """Ask for the job."""
        task = types.RefreshTask(input.task)
        if task not in REFRESHED:
            raise InvalidInput(f"expected one of {', '.join(sorted(REFRESHED))}, got {task}", field=("task",))
        _expect_provider(info, Capability(task.value.lower()))
        key = f"refresh_market:{task.value}:{info.context.actor.user_id}"
        async with info.context.unit_of_work() as work:
            job_id = await work.enqueue(REFRESH_MARKET, {"task": task.value}, run_once_key=key)
        return RefreshMarketPayload(job=(await find_jobs(info.context, [job_id]))[0])

    @strawberry.mutation(
        description=(
            "Ask providers what options on an instrument are quoted at. What options have once been known of is asked "
            "for after each session's close without that."
        ),
        metadata=allowed(Access.ADMIN),
    )
    @answers_refusals(RefreshOptionChainPayload)
    async def refresh_option_chain(self, info: Info, input: RefreshOptionChainInput) -> RefreshOptionChainPayload:
        """Ask for the job."""
        _expect_provider(info, Capability.OPTION_CHAINS)
        if input.symbol not in await queries.instruments_by_symbol([input.symbol]):
            message = f"expected the symbol of an instrument that is known, got {input.symbol[:40]!r}"
            raise NotFound(message, field=("symbol",))
        expiry = None if input.expiry is None else input.expiry.isoformat()
        key = f"refresh_option_chain:{input.symbol}:{expiry}"
        async with info.context.unit_of_work() as work:
            arguments = {"symbol": input.symbol, "expiry": expiry}
            job_id = await work.enqueue(REFRESH_OPTION_CHAIN, arguments, run_once_key=key)
        return RefreshOptionChainPayload(job=(await find_jobs(info.context, [job_id]))[0])


def _expect_provider(info: Info, capability: Capability) -> None:
    if not info.context.resources.shared(Sourcing).offers(capability):
        what = capability.value.replace("_", " ")
        raise NotSupported(f"expected a provider of {what}, but none is configured: see `providers`")
