"""Asks for the jobs of the market when they are due, by the exchange's calendar, and ends what jobs have left behind.

Every worker runs this: a job that waits already is not asked for twice, and one that finds nothing due does nothing.
"""

import asyncio
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from domain.companies.pipeline.ingesting import sweep
from domain.companies.polling.jobs import POLL_COMPANY_SOURCE
from domain.companies.polling.polling import has_new
from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market import calendar, option_upkeep, refreshing
from domain.market.jobs import PRUNE_BARS, PRUNE_OPTION_QUOTES, REFRESH_MARKET, REFRESH_OPTION_CHAIN
from domain.market.providers.provider import Capability
from domain.market.sourcing.sourcing import Sourcing
from domain.market.sourcing.types import RefreshTask

# Seconds between two looks.
_LOOK: Final = 60.0
_AFTER_ERROR: Final = 10.0

# How often what has no calendar is asked for again, and quotes while the exchange is open.
_EVERY: Final[Mapping[RefreshTask, timedelta]] = {
    RefreshTask.NEWS: timedelta(hours=1),
    RefreshTask.SERIES: timedelta(hours=12),
    RefreshTask.STATEMENTS: timedelta(days=1),
    RefreshTask.INTRADAY_BARS: timedelta(hours=6),
}
_QUOTES_EVERY: Final = timedelta(minutes=5)
_SOURCES_EVERY: Final = timedelta(hours=1)
# A folder of this machine costs nothing to look into.
_WATCHED: Final = "folder"
_PRUNED_EVERY: Final = timedelta(days=1)
_NEEDS: Final[Mapping[RefreshTask, Capability]] = {
    RefreshTask.DAILY_BARS: Capability.DAILY_BARS,
    RefreshTask.QUOTES: Capability.QUOTES,
    RefreshTask.NEWS: Capability.NEWS,
    RefreshTask.SERIES: Capability.SERIES,
    RefreshTask.STATEMENTS: Capability.STATEMENTS,
    RefreshTask.INTRADAY_BARS: Capability.INTRADAY_BARS,
}

_log = logging.getLogger(__name__)


async def run_schedule(resources: Resources) -> None:
    """Ask for jobs until cancelled."""
    asked: dict[str, datetime] = {}
    while True:
        try:
            if resources.market_access:
                await _look_at_market(resources, asked)
            for name in await due_sources(resources, asked):
                await _ask_for_source(resources, name)
            await sweep(resources)
        except Exception:  # noqa: BLE001 - whatever it was, it is logged and tried again
            _log.exception("what is due could not be asked for")
            await asyncio.sleep(_AFTER_ERROR)
        await asyncio.sleep(_LOOK)


async def _look_at_market(resources: Resources, asked: dict[str, datetime]) -> None:
    for task in await due(resources, asked):
        await _ask(resources, task)
    for symbol in await due_chains(resources, asked):
        await _ask_for_chain(resources, symbol)
    await _prune(resources, asked)


async def due(resources: Resources, asked: dict[str, datetime]) -> list[RefreshTask]:
    """Return what is to be asked for now, and note it in `asked`, which has when it was last."""
    now, sourcing = resources.clock.now(), resources.shared(Sourcing)
    found = [task for task in _NEEDS if sourcing.offers(_NEEDS[task]) and await _is_due(task, now, asked)]
    for task in found:
        asked[task.value] = now
    return found


async def _is_due(task: RefreshTask, now: datetime, asked: dict[str, datetime]) -> bool:
    last = asked.get(task.value)
    if task is RefreshTask.DAILY_BARS:
        # Once for each session that has closed; a provider that has it later is asked again in an hour.
        session = await refreshing.last_session(now)
        known = None if last is None else await refreshing.last_session(last)
        return known != session or (last is not None and now - last >= timedelta(hours=1))
    if task is RefreshTask.QUOTES:
        return await calendar.is_open(now) and (last is None or now - last >= _QUOTES_EVERY)
    return last is None or now - last >= _EVERY[task]


async def _ask(resources: Resources, task: RefreshTask) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        await work.enqueue(REFRESH_MARKET, {"task": task.value}, run_once_key=f"refresh_market:{task.value}")


async def due_chains(resources: Resources, asked: dict[str, datetime]) -> Sequence[str]:
    """Return the underlyings whose options are to be asked for, once for each session that has closed, and note it."""
    now, last = resources.clock.now(), asked.get(REFRESH_OPTION_CHAIN.kind)
    if not resources.shared(Sourcing).offers(Capability.OPTION_CHAINS):
        return []
    session = await refreshing.last_session(now)
    if last is not None and await refreshing.last_session(last) == session:
        return []
    asked[REFRESH_OPTION_CHAIN.kind] = now
    return await option_upkeep.due_chains(session)


async def _ask_for_chain(resources: Resources, symbol: str) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        key = f"refresh_option_chain:{symbol}:None"
        await work.enqueue(REFRESH_OPTION_CHAIN, {"symbol": symbol, "expiry": None}, run_once_key=key)


async def due_sources(resources: Resources, asked: dict[str, datetime]) -> list[str]:
    """Return the sources of companies' figures that are to be looked at, and note it: each hour, a folder at once."""
    now, found = resources.clock.now(), []
    for name, source in resources.company_sources.items():
        last = asked.get(f"company_source:{name}")
        if last is None or now - last >= _SOURCES_EVERY or (name == _WATCHED and await has_new(name, source)):
            asked[f"company_source:{name}"] = now
            found.append(name)
    return found


async def _ask_for_source(resources: Resources, name: str) -> None:
    async with resources.unit_of_work(SYSTEM) as work:
        await work.enqueue(POLL_COMPANY_SOURCE, {"source": name}, run_once_key=f"poll_company_source:{name}")


async def _prune(resources: Resources, asked: dict[str, datetime]) -> None:
    now, last = resources.clock.now(), asked.get(PRUNE_BARS.kind)
    if last is None or now - last >= _PRUNED_EVERY:
        asked[PRUNE_BARS.kind] = now
        async with resources.unit_of_work(SYSTEM) as work:
            await work.enqueue(PRUNE_BARS, {}, run_once_key="prune_bars")
            await work.enqueue(PRUNE_OPTION_QUOTES, {}, run_once_key="prune_option_quotes")
