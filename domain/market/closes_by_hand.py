"""Past closes that an administrator sets, in place of what any source says, until they are withdrawn.

What was observed stands behind them meanwhile; see `ingestion`.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from domain.kernel.errors import NotFound
from domain.kernel.work import Work
from domain.market.events import BarsChanged
from domain.market.ingestion import BEHIND, DailyBar, put_bars
from domain.market.jobs import RECOMPUTE_SESSION
from domain.market.refreshing import readjust
from domain.market.types import InstrumentRow, QuoteSource
from domain.storage import statements
from domain.storage.readings import price_of
from domain.storage.statements import Statement, statement

# Adjusted closes of what these have observed are our own, and follow from all closes.
_TOLD: Final = frozenset({QuoteSource.PROVIDER, QuoteSource.FEED, QuoteSource.REPAIRED})

_FIND = statement("""
    SELECT open, high, low, close, adjusted_close, volume, vwap, trades, source FROM daily_bars
    WHERE instrument = $1 AND session = $2
""")
# Whoever changes it meanwhile is waited for.
_LOCK = Statement(postgres=f"{_FIND.postgres} FOR UPDATE", sqlite=_FIND.sqlite)
_PUT_BEHIND = statement("""
    INSERT INTO bar_revisions (replaced_at, instrument, session, open, high, low, close, adjusted_close, volume, vwap,
    trades, source) SELECT $1::timestamptz, b.instrument, b.session, b.open, b.high, b.low, b.close, b.adjusted_close,
    b.volume, b.vwap, b.trades, b.source FROM daily_bars b WHERE b.instrument = $2 AND b.session = $3 ON CONFLICT DO
    NOTHING
""")
_PUT_BACK = statement("""
    UPDATE daily_bars AS b SET open = r.open, high = r.high, low = r.low, close = r.close, adjusted_close =
    r.adjusted_close, volume = r.volume, vwap = r.vwap, trades = r.trades, source = r.source FROM bar_revisions r WHERE
    r.instrument = b.instrument AND r.session = b.session AND r.replaced_at = $1 AND b.instrument = $2 AND b.session =
    $3
""")
_FORGET_BEHIND = statement("DELETE FROM bar_revisions WHERE replaced_at = $1 AND instrument = $2 AND session = $3")


async def set_close(work: Work, row: InstrumentRow, session: date, price: Decimal) -> Decimal:
    """Set the close of a session, and return the one that stood there; what else was observed of it stays.

    Its high and its low hold the close.  Emits `BarsChanged`, and asks for what was stored of the session to be
    computed anew.  Raises `NotFound` where no close of the session is known.
    """
    open_, high, low, close, adjusted, volume, vwap, trades, source = await _locked(row, session)
    if source != QuoteSource.OVERRIDE.value:
        await statements.fetch(_PUT_BEHIND, BEHIND, row.number, session)
    own = float(price)
    bar = DailyBar(
        number=row.number,
        session=session,
        open=open_,
        high=None if high is None else max(high, own),
        low=None if low is None else min(low, own),
        close=own,
        adjusted_close=own * (adjusted / close),
        volume=volume,
        vwap=vwap,
        trades=trades,
        source=QuoteSource.OVERRIDE,
    )
    await put_bars(work, [bar], [row.id])
    await _follow(work, row, session, source)
    return price_of(close)


async def put_back(work: Work, row: InstrumentRow, session: date) -> None:
    """Let the close of a session be what sources last said of it.  Emits `BarsChanged`, as `set_close` does."""
    await _locked(row, session)
    # What it was until now is a revision like any other.
    await statements.fetch(_PUT_BEHIND, work.now, row.number, session)
    await statements.fetch(_PUT_BACK, BEHIND, row.number, session)
    await statements.fetch(_FORGET_BEHIND, BEHIND, row.number, session)
    work.emit(BarsChanged(instrument_ids=(row.id,)))
    *_, source = await _locked(row, session)
    await _follow(work, row, session, source)


async def _locked(row: InstrumentRow, session: date) -> Sequence[Any]:
    found = await statements.fetch(_LOCK, row.number, session)
    if not found:
        message = f"expected a session of {row.symbol} whose close is known, got {session}"
        raise NotFound(message, field=("session",))
    bar: Sequence[Any] = tuple(found[0])
    return bar


async def _follow(work: Work, row: InstrumentRow, session: date, source: str) -> None:
    """See to what was computed of the close: adjusted closes before a dividend, and what was stored of the session."""
    if await _is_told(row, session, source):
        await readjust(work, row)
    arguments = {"session": session.isoformat()}
    await work.enqueue(RECOMPUTE_SESSION, arguments, run_once_key=f"recompute_session:{session}")


_BEHIND_SOURCE = statement(
    "SELECT source FROM bar_revisions WHERE instrument = $1 AND session = $2 AND replaced_at = $3"
)


async def _is_told(row: InstrumentRow, session: date, source: str) -> bool:
    """Whether sources have told what stands there, or behind it."""
    if source == QuoteSource.OVERRIDE.value:
        ((source,),) = await statements.fetch(_BEHIND_SOURCE, row.number, session, BEHIND)
    return QuoteSource(source) in _TOLD
