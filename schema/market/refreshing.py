"""Asking for what providers know: which instruments are followed, and jobs that bring them up to date."""

import strawberry

from domain.kernel.errors import InvalidInput, NotSupported
from domain.market.jobs import REFRESH_MARKET, REFRESHED, TRACK_INSTRUMENTS
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


def _expect_provider(info: Info, capability: Capability) -> None:
    if not info.context.resources.shared(Sourcing).offers(capability):
        what = capability.value.replace("_", " ")
        raise NotSupported(f"expected a provider of {what}, but none is configured: see `providers`")
