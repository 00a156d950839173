"""`python -m workers`: all that runs without a request."""

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from uuid import UUID

import structlog

from domain.infra.database import is_sqlite
from domain.infra.settings import Settings
from domain.infra.sockets import open_socket
from domain.kernel.ports import Resources
from domain.kernel.work import Work
from domain.market.providers.provider import Credentials
from domain.market.streaming.alpaca import ALPACA
from domain.market.streaming.polygon import POLYGON
from domain.portfolios.jobs import BOOK_ACTIONS, REFRESH_MARKS
from domain.risk.jobs import COMPUTE_RISK
from domain.wiring import open_resources
from workers.engines import open_engine
from workers.streams.feed import Source, run_feed
from workers.streams.replay import run_replay
from workers.streams.schedule import run_schedule
from workers.tasks import companies as _companies
from workers.tasks import market as _market
from workers.tasks import portfolios as _portfolios
from workers.tasks import risk as _risk

# Importing the tasks registers their handlers.
TASKS = (_market, _companies, _portfolios, _risk)

# A SQLite file has one process.
_ONLY_ONE = UUID(int=1)

_log = structlog.get_logger("workers")


@asynccontextmanager
async def run_in_process(resources: Resources, settings: Settings) -> AsyncIterator[None]:
    """Run the engine of jobs and the streams beside whatever else this process does."""
    async with open_engine(resources), asyncio.TaskGroup() as group:
        driving = _replay(resources, settings) if settings.loads_demo_data else _feed(resources, settings)
        streams = [group.create_task(driving), group.create_task(run_schedule(resources))]
        try:
            yield
        finally:
            for stream in streams:
                stream.cancel()


async def run_until_told(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, told.set)
    async with open_resources(settings) as resources, run_in_process(resources, settings):
        _log.info("worker is running")
        await told.wait()


async def _replay(resources: Resources, settings: Settings) -> None:
    await run_replay(
        resources,
        settings.replay_session_seconds,
        settings.replay_tick_seconds,
        on_session_closed=_close_session,
        on_session_opened=_book_actions,
        owner=_ONLY_ONE if is_sqlite(settings.database) else None,
    )


async def _feed(resources: Resources, settings: Settings) -> None:
    if not settings.feed:
        return
    dialect = {dialect.name: dialect for dialect in (POLYGON, ALPACA)}[settings.feed]
    access = settings.access(settings.feed)
    source = Source(
        dialect=dialect,
        credentials=Credentials(access.key, access.secret),
        url=settings.feed_url or dialect.socket_url,
    )
    open_feed = partial(open_socket, allows_private=settings.allow_private_addresses)
    await run_feed(resources, source, open_feed, owner=_ONLY_ONE if is_sqlite(settings.database) else None)


async def _close_session(work: Work, session: object) -> None:
    await _refresh_marks(work, session)
    await work.enqueue(COMPUTE_RISK, {"session": session}, run_once_key=f"compute_risk:{session}")


async def _refresh_marks(work: Work, session: object) -> None:
    await work.enqueue(REFRESH_MARKS, {"session": session}, run_once_key=f"refresh_marks:{session}")


async def _book_actions(work: Work, session: object) -> None:
    del session  # What is due, the job reads from the market's clock.
    await work.enqueue(BOOK_ACTIONS, {}, run_once_key="book_actions")
