"""The jobs of the market: what providers are asked for without anybody waiting."""

import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Final

from domain.kernel.actor import SYSTEM
from domain.kernel.dates import trade_day
from domain.kernel.errors import NotFound, Unavailable
from domain.market import (
    chains,
    ingestion,
    intraday,
    listing,
    live_quotes,
    option_upkeep,
    queries,
    refreshing,
    repairing,
    told_quotes,
)
from domain.market.jobs import (
    PRUNE_BARS,
    PRUNE_OPTION_QUOTES,
    REFRESH_MARKET,
    REFRESH_OPTION_CHAIN,
    REFRESHED,
    TRACK_INSTRUMENTS,
)
from domain.market.providers.asked import (
    BarLength,
    BarsAsked,
    ChainAsked,
    NewsAsked,
    SeriesAsked,
    StatementsAsked,
    SymbolAsked,
)
from domain.market.providers.provider import Capability, FaultKind, ProviderFault
from domain.market.publications import storing
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.sourcing.quoting import Told
from domain.market.sourcing.sourcing import Sourcing
from domain.market.sourcing.types import RefreshTask
from domain.market.types import InstrumentRow
from workers.registry import Run, handles

# Instruments that are looked after, and symbols of one question for quotes.
_MOST: Final = 10_000
_QUOTES: Final = 100
# Series that are followed: unemployment, prices, policy rate, yields of three months, two and ten years, output.
_SERIES: Final = ("UNRATE", "CPIAUCSL", "FEDFUNDS", "DGS3MO", "DGS2", "DGS10", "GDPC1")
_NEWS_DAYS: Final = timedelta(days=3)
_INTRADAY_DAYS: Final = timedelta(days=2)
# Of refused rows, as many reasons as one can read.
_REASONS: Final = 50
_EVER: Final = date(1950, 1, 1)

_log = logging.getLogger(__name__)


@handles(TRACK_INSTRUMENTS)
async def track_instruments(run: Run) -> Mapping[str, object]:
    """Add instruments by what providers say of them, with all their bars; one that nobody knows is named."""
    symbols = run.arguments["symbols"]
    assert isinstance(symbols, list)
    sourcing = run.resources.shared(Sourcing)
    unknown: dict[str, str] = {}
    for place, symbol in enumerate(symbols, 1):
        try:
            line, (profile, *_) = await sourcing.ask(Capability.PROFILES, SymbolAsked(symbol))
        except ProviderFault as fault:
            unknown[symbol] = f"{fault.kind}: {fault.message}"
            continue
        async with run.resources.unit_of_work(SYSTEM) as work:
            row = await listing.list_instrument(work, profile, line.name)
        await _refresh_bars_of(run, row)
        await run.report(place / len(symbols))
    return {"tracked": len(symbols) - len(unknown), "unknown": unknown}


@handles(REFRESH_MARKET)
async def refresh_market(run: Run) -> Mapping[str, object]:
    """Ask for what is due of one task; what has come stays, whatever becomes of the rest."""
    task = RefreshTask(str(run.arguments["task"]))
    return await _TASKS[task](run)


async def _refresh_bars(run: Run) -> Mapping[str, object]:
    rows = await refreshing.due(await queries.followed_instruments(_MOST), run.resources.clock.now())
    return await _each(run, RefreshTask.DAILY_BARS, rows, _refresh_bars_of)


async def _refresh_bars_of(run: Run, row: InstrumentRow) -> int:
    """Ask for the bars and actions of an instrument since the last time, and store them; return how many bars."""
    sourcing, now = run.resources.shared(Sourcing), run.resources.clock.now()
    fetched = await refreshing.fetch_history(sourcing, row, now)
    async with run.resources.unit_of_work(SYSTEM) as work:
        await refreshing.store_actions(work, row, fetched)
    bars, repairs = await refreshing.bars_to_store(row, fetched)
    for part in ingestion.batches(bars):
        async with run.resources.unit_of_work(SYSTEM) as work:
            await ingestion.put_bars(work, part, [row.id])
    async with run.resources.unit_of_work(SYSTEM) as work:
        await repairing.store_repairs(work, row, repairs, fetched.provider)
        await refreshing.begin(work, row, bars)
        await refreshing.readjust(work, row)
        close = refreshing.close_as_quote(row, bars)
        if close is not None and await live_quotes.open_live_feed(work):
            await live_quotes.publish(work, [close])
        last = await refreshing.last_session(now)
        # What is not there yet is asked for again.
        until = last if bars and bars[-1].session >= last else None
        await refreshing.note_done(work, RefreshTask.DAILY_BARS, str(row.id), until=until, provider=fetched.provider)
    return len(bars)


async def _refresh_quotes(run: Run) -> Mapping[str, object]:
    sourcing = run.resources.shared(Sourcing)
    rows = await queries.followed_instruments(_MOST)
    told = 0
    for start in range(0, len(rows), _QUOTES):
        part = rows[start : start + _QUOTES]
        quotes = await queries.latest_quotes([row.id for row in part])
        old = await told_quotes.to_be_asked(part, quotes, run.resources.clock.now())
        found = await sourcing.quotes([row.symbol for row in old])
        async with run.resources.unit_of_work(SYSTEM) as work:
            await told_quotes.publish_told(work, old, found)
        told += sum(isinstance(each, Told) for each in found.values())
        await run.report(min(1.0, (start + _QUOTES) / len(rows)))
    return {"asked": len(rows), "told": told}


async def _refresh_intraday(run: Run) -> Mapping[str, object]:
    return await _each(run, RefreshTask.INTRADAY_BARS, await queries.followed_instruments(_MOST), _intraday_of)


async def _intraday_of(run: Run, row: InstrumentRow) -> int:
    today = trade_day(run.resources.clock.now())
    asked = BarsAsked(row.symbol, today - _INTRADAY_DAYS, today, BarLength.FIVE_MINUTES)
    line, bars = await run.resources.shared(Sourcing).ask(Capability.INTRADAY_BARS, asked)
    async with run.resources.unit_of_work(SYSTEM) as work:
        await intraday.put_intraday(work, row, asked.length, bars)
        await refreshing.note_done(work, RefreshTask.INTRADAY_BARS, str(row.id), until=today, provider=line.name)
    return len(bars)


async def _refresh_statements(run: Run) -> Mapping[str, object]:
    rows = await queries.followed_instruments(_MOST)
    return await _each(run, RefreshTask.STATEMENTS, rows, _statements_of)


async def _statements_of(run: Run, row: InstrumentRow) -> int:
    sourcing = run.resources.shared(Sourcing)
    count = 0
    for kind in StatementKind:
        for period in StatementPeriod:
            line, found = await sourcing.ask(Capability.STATEMENTS, StatementsAsked(row.symbol, kind, period))
            async with run.resources.unit_of_work(SYSTEM) as work:
                count += await storing.store_statements(work, row, line.name, found)
    async with run.resources.unit_of_work(SYSTEM) as work:
        await refreshing.note_done(work, RefreshTask.STATEMENTS, str(row.id))
    return count


async def _refresh_news(run: Run) -> Mapping[str, object]:
    today = trade_day(run.resources.clock.now())
    rows = await queries.followed_instruments(_MOST)

    async def of(run: Run, row: InstrumentRow) -> int:
        asked = NewsAsked((row.symbol,), today - _NEWS_DAYS, today)
        line, found = await run.resources.shared(Sourcing).ask(Capability.NEWS, asked)
        async with run.resources.unit_of_work(SYSTEM) as work:
            count = await storing.store_news(work, line.name, found)
            await refreshing.note_done(work, RefreshTask.NEWS, str(row.id), until=today, provider=line.name)
        return count

    return await _each(run, RefreshTask.NEWS, rows, of)


async def _refresh_series(run: Run) -> Mapping[str, object]:
    today = trade_day(run.resources.clock.now())
    failed: dict[str, str] = {}
    values = 0
    for place, code in enumerate(_SERIES, 1):
        try:
            line, found = await run.resources.shared(Sourcing).ask(Capability.SERIES, SeriesAsked(code, _EVER, today))
        except ProviderFault as fault:
            failed[code] = f"{fault.kind}: {fault.message}"
            continue
        async with run.resources.unit_of_work(SYSTEM) as work:
            values += await storing.store_series(work, line.name, found)
            await refreshing.note_done(work, RefreshTask.SERIES, code, until=today, provider=line.name)
        await run.report(place / len(_SERIES))
    return {"values": values, "failed": failed}


async def _each(
    run: Run,
    task: RefreshTask,
    rows: Sequence[InstrumentRow],
    of: Callable[[Run, InstrumentRow], Awaitable[int]],
) -> Mapping[str, object]:
    """Do something for each instrument; a fault is noted and hinders no other, unless nobody can be asked any more."""
    count = failed = 0
    for place, row in enumerate(rows, 1):
        try:
            count += await of(run, row)
        except ProviderFault as fault:
            failed += 1
            async with run.resources.unit_of_work(SYSTEM) as work:
                await refreshing.note_done(work, task, str(row.id), fault=fault)
            if fault.kind is FaultKind.RATE_LIMITED:
                _log.warning("%s stops at %s: %s", task, row.symbol, fault.message)
                break
        await run.report(place / len(rows))
    return {"due": len(rows), "stored": count, "failed": failed}


@handles(REFRESH_OPTION_CHAIN)
async def refresh_option_chain(run: Run) -> Mapping[str, object]:
    """Ask for the option contracts on an instrument, and store what is quoted; what cannot be stored is named.

    Raises `NotFound` where the instrument is not known, `Unavailable` where no provider says anything.
    """
    symbol, expiry = str(run.arguments["symbol"]), run.arguments.get("expiry")
    row = (await queries.instruments_by_symbol([symbol])).get(symbol)
    if row is None:
        raise NotFound(f"expected the symbol of an instrument that is known, got {symbol[:40]!r}", field=("symbol",))
    asked = ChainAsked(symbol, None if expiry is None else date.fromisoformat(str(expiry)))
    try:
        line, told = await run.resources.shared(Sourcing).ask(Capability.OPTION_CHAINS, asked)
    except ProviderFault as fault:
        raise Unavailable(f"{fault.kind}: {fault.message}") from None
    kept, refused = chains.screen(row, told, run.resources.clock.now())
    parts = ingestion.batches(kept)
    for place, part in enumerate(parts, 1):
        async with run.resources.unit_of_work(SYSTEM) as work:
            await chains.store_chain(work, row, line.name, part)
        await run.report(place / len(parts))
    return {
        "provider": line.name,
        "stored": len(kept),
        "expiries": len({each.terms.symbol.expiry for each in kept}),
        "refused": len(refused),
        "reasons": refused[:_REASONS],
    }


@handles(PRUNE_BARS)
async def prune_bars(run: Run) -> Mapping[str, object]:
    """Delete intraday bars that are older than they are kept, in parts."""
    gone = 0
    while True:
        async with run.resources.unit_of_work(SYSTEM) as work:
            count = await intraday.prune(work, run.resources.intraday_days)
        gone += count
        if not count:
            return {"deleted": gone}
        await run.report(0.5)


@handles(PRUNE_OPTION_QUOTES)
async def prune_option_quotes(run: Run) -> Mapping[str, object]:
    """Delete quotes of options that are older than they are kept, some contracts at a time."""
    gone, after = 0, -1
    while True:
        async with run.resources.unit_of_work(SYSTEM) as work:
            count, following = await option_upkeep.prune_quotes(work, after)
        gone += count
        if following is None:
            return {"deleted": gone}
        after = following
        await run.report(0.5)


_TASKS: Final[Mapping[RefreshTask, Callable[[Run], Awaitable[Mapping[str, object]]]]] = {
    RefreshTask.DAILY_BARS: _refresh_bars,
    RefreshTask.QUOTES: _refresh_quotes,
    RefreshTask.INTRADAY_BARS: _refresh_intraday,
    RefreshTask.STATEMENTS: _refresh_statements,
    RefreshTask.NEWS: _refresh_news,
    RefreshTask.SERIES: _refresh_series,
}
assert _TASKS.keys() == REFRESHED
