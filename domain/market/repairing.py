"""Bars that were observed wrong are stored right, and it is said what was wrong."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, TypeAlias

import numpy as np
import orjson

from domain.kernel.paging import Page, PageRequest
from domain.kernel.work import Work
from domain.market.ingestion import DailyBar
from domain.market.models import BarRepair
from domain.market.types import InstrumentRow, QuoteSource, RepairKind
from domain.quant.adjustment import adjustment_factors, split_factors
from domain.quant.repair import column_factors, dividend_shares, repair_factors
from domain.storage.pages import read_page

# What the mirror slice of the schema reads, without naming the table.
RepairRow: TypeAlias = BarRepair

_COLUMNS: Final = ("open", "high", "low")
# A source that allows for less of a dividend has left it out.
_LEFT_OUT: Final = 0.5
_HUNDREDS: Final = (100.0, 0.01)


@dataclass(frozen=True, slots=True)
class Repair:
    """A bar as it was observed and as it is right, and what shows that it was wrong."""

    kind: RepairKind
    observed: DailyBar
    repaired: DailyBar
    reason: str


def repaired(
    bars: Sequence[DailyBar],
    splits: Sequence[tuple[int, float]],
    known_close: float | None,
    dividends: Sequence[tuple[int, float]] = (),
) -> tuple[list[DailyBar], list[Repair]]:
    """Return bars of one instrument, oldest first, as they are right, and what was mended.

    `splits` have the ordinals of their ex dates and new units for one old, `dividends` cash; `known_close` is one of
    the time of the last bar, or after it.  Pure.
    """
    if not bars:
        return [], []
    days = np.array([bar.session.toordinal() for bar in bars], dtype=np.float64)
    to_adjusted = split_factors(days, splits)
    traded = np.array([bar.close for bar in bars])
    closes = traded * to_adjusted
    # A special dividend of half the price is no fault of it.
    comparable = traded * adjustment_factors(days, traded, splits, dividends)
    factors = repair_factors(days, comparable, splits, () if known_close is None else [known_close])
    columns = {name: _column(bars, name, to_adjusted, closes * factors, factors) for name in _COLUMNS}
    right, repairs = [], []
    for place, bar in enumerate(bars):
        mended = _mended(bar, float(factors[place]), {name: values[place] for name, values in columns.items()})
        if mended is None:
            right.append(bar)
            continue
        right.append(mended)
        repairs.append(_repair(bar, mended, float(factors[place])))
    return right, repairs


def unadjusted(
    bars: Sequence[DailyBar],
    told: Sequence[float | None],
    splits: Sequence[tuple[int, float]],
    dividends: Sequence[tuple[int, float]],
) -> list[Repair]:
    """Return which dividends a source's own adjusted closes leave out, each at the session before its ex date.

    `bars` are of one instrument as they were traded, oldest first, up to the present; `told` are the source's adjusted
    closes, None for bars that do not count.  What is stored is adjusted by our own factors in any case.  Pure.
    """
    known = [(bar, close) for bar, close in zip(bars, told, strict=True) if close is not None]
    if not known or not dividends:
        return []
    days, closes, theirs = (
        np.array(column, dtype=np.float64)
        for column in zip(*((bar.session.toordinal(), bar.close, close) for bar, close in known), strict=True)
    )
    shares = dividend_shares(days, closes, theirs, splits, dividends)
    ours = closes * adjustment_factors(days, closes, splits, dividends)
    found = []
    for (ex_date, cash), share in zip(dividends, shares.tolist(), strict=True):
        # What is further off is another fault than this.
        if abs(share) < _LEFT_OUT:
            place = int(np.searchsorted(days, ex_date)) - 1
            bar, close = known[place]
            words = f"a dividend of {cash:g} on {date.fromordinal(ex_date)} is left out of the adjusted close"
            own = replace(bar, adjusted_close=round(float(ours[place]), 10))
            found.append(Repair(RepairKind.DIVIDEND_NOT_ADJUSTED, replace(bar, adjusted_close=close), own, words))
    return found


def _column(
    bars: Sequence[DailyBar], name: str, to_adjusted: np.ndarray, closes: np.ndarray, factors: np.ndarray
) -> list[float]:
    told = np.array([getattr(bar, name) or np.nan for bar in bars], dtype=np.float64)
    found: list[float] = column_factors(told * to_adjusted, closes, factors).tolist()
    return found


def _mended(bar: DailyBar, factor: float, columns: dict[str, float]) -> DailyBar | None:
    """Return the bar as it is right, None where nothing is wrong with it."""
    own = {name: value for name, value in columns.items() if getattr(bar, name) is not None and math.isfinite(value)}
    if factor == 1.0 and all(value == 1.0 for value in own.values()):
        return None
    prices = {name: round(getattr(bar, name) * value, 10) for name, value in own.items()}
    close = round(bar.close * factor, 10)
    if any(value != factor for value in own.values()):
        # Of two units one was rounded: no low is above another price of its bar, no high below.
        every = [*prices.values(), close]
        prices |= {name: of(every) for name, of in (("low", min), ("high", max)) if name in prices}
    vwap = None if bar.vwap is None else round(bar.vwap * factor, 10)
    return replace(bar, close=close, adjusted_close=close, vwap=vwap, source=QuoteSource.REPAIRED, **prices)


def _repair(bar: DailyBar, mended: DailyBar, factor: float) -> Repair:
    if any(abs(factor - hundred) < 1e-9 * hundred for hundred in _HUNDREDS):
        kind, words = RepairKind.HUNDREDFOLD, "a hundred times too high" if factor < 1 else "a hundred times too low"
    elif factor == 1.0:
        kind, words = RepairKind.UNIT_SWITCH, "prices of one bar in two units"
    else:
        kind = RepairKind.SPLIT_APPLIED_WRONGLY
        words = f"a split applied wrongly: {factor:.6g} times the price stands beside its neighbours"
    return Repair(kind, bar, mended, words)


async def store_repairs(work: Work, row: InstrumentRow, repairs: Sequence[Repair], source: str) -> None:
    """Note what was mended, each once."""
    rows = [
        BarRepair(
            instrument_id=row.id,
            session=each.observed.session,
            kind=each.kind,
            observed=_prices(each.kind, each.observed),
            repaired=_prices(each.kind, each.repaired),
            reason=each.reason,
            source=source,
            recorded_at=work.now,
        )
        for each in repairs
    ]
    await BarRepair.bulk_create(rows, ignore_conflicts=True)


def _prices(kind: RepairKind, bar: DailyBar) -> str:
    names = ("adjusted_close",) if kind is RepairKind.DIVIDEND_NOT_ADJUSTED else (*_COLUMNS, "close")
    return orjson.dumps({name: getattr(bar, name) for name in names}).decode()


async def repairs_in(
    instrument_id: object, first: date, last: date, known_at: datetime | None = None
) -> dict[date, list[RepairRow]]:
    """Return what was mended in a range of sessions, up to a time if one is given, by session.  One statement."""
    rows = BarRepair.filter(instrument_id=instrument_id, session__gte=first, session__lte=last)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[date, list[RepairRow]] = {}
    for row in await rows.order_by("session", "id"):
        found.setdefault(row.session, []).append(row)
    return found


async def repair_page(instrument_id: object, request: PageRequest, *, with_total: bool = False) -> Page[RepairRow]:
    """Return a page of what was mended of an instrument, by session."""
    rows = BarRepair.filter(instrument_id=instrument_id)
    return await read_page(rows, ("session", "id"), request, with_total=with_total)
