"""What options that nobody quotes were worth at the close of each session: `option_prices`, session by session."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from uuid import UUID

import numpy as np

from domain.kernel.dates import session_close
from domain.kernel.ports import Compute
from domain.market import history
from domain.market import queries as market
from domain.market.history import Line
from domain.market.types import ContractRow, OptionRight, Vector
from domain.portfolios.option_prices import CLOSES, DIVIDEND_YIELD, RATE, YEAR
from domain.quant import black_scholes
from domain.quant.volatility import annualized_volatility


@dataclass(frozen=True, slots=True)
class Wanted:
    """A contract, and the day from which on its prices are needed."""

    contract: ContractRow
    since: date


@dataclass(frozen=True, slots=True, eq=False)
class OptionLine:
    """What the model says of an option at each close of its underlying: price, delta, and the underlying's price.

    From its expiry on the last two are 0: it is exposed to nothing any more.
    """

    price: Line
    delta: Line
    underlying: Line


async def option_lines(
    wanted: Collection[Wanted], last: date, now: datetime, compute: Compute
) -> dict[UUID, OptionLine]:
    """Return what the model says of contracts at each close of their underlyings up to a day, by contract.

    What is not known is left out.  Three statements for closes that are kept, none for no contracts.
    """
    if not wanted:
        return {}
    ids = sorted({each.contract.underlying_id for each in wanted})
    rows = [row for row in await market.instruments_by_id(ids) if row is not None]
    plain = await history.closes(rows, last, now)
    adjusted = await history.closes(rows, last, now, adjusted=True)
    lines = {row.id: both for row, *both in zip(rows, plain, adjusted, strict=True)}
    return await compute.run(_lines, list(wanted), lines)


def _lines(wanted: Sequence[Wanted], lines: Mapping[UUID, Sequence[Line]]) -> dict[UUID, OptionLine]:
    volatilities: dict[tuple[UUID, int], float] = {}
    found = {}
    for each in wanted:
        plain, adjusted = lines[each.contract.underlying_id]
        first = int(np.searchsorted(plain.sessions, each.since.toordinal()))
        prices, deltas = np.full((2, len(plain.sessions)), np.nan)
        spots = plain.closes.copy()
        over = int(np.searchsorted(plain.sessions, each.contract.expiry.toordinal(), side="right"))
        # The close of its last day is what it gives.
        ends = over > 0 and plain.sessions[over - 1] == each.contract.expiry.toordinal()
        alive = range(first, over - 1 if ends else over)
        values = _modelled(each.contract, plain, adjusted, alive, volatilities)
        prices[alive.start : alive.stop], deltas[alive.start : alive.stop] = values.price, values.delta
        if over and (ends or over < len(plain.sessions)):
            prices[max(first, alive.stop) :] = _intrinsic(each.contract, float(plain.closes[over - 1]))
            deltas[max(first, alive.stop) :] = spots[max(first, alive.stop) :] = 0.0
        found[each.contract.instrument_id] = OptionLine(*(_line(plain, column) for column in (prices, deltas, spots)))
    return found


def _line(plain: Line, column: Vector) -> Line:
    known = ~np.isnan(column)
    return Line(plain.sessions[known], column[known])


def _modelled(
    contract: ContractRow, plain: Line, adjusted: Line, places: range, known: dict[tuple[UUID, int], float]
) -> black_scholes.OptionValues:
    for place in places:
        name = (contract.underlying_id, place)
        if name not in known:
            before = int(np.searchsorted(adjusted.sessions, plain.sessions[place]))
            known[name] = annualized_volatility(adjusted.closes[max(0, before - CLOSES) : before])
    volatilities = np.array([known[contract.underlying_id, place] for place in places])
    expiry = _closes_at(contract.expiry.toordinal())
    years = np.array([(expiry - _closes_at(int(plain.sessions[place]))) / YEAR for place in places])
    return black_scholes.value(
        plain.closes[places.start : places.stop] * contract.share,
        float(contract.strike),
        years,
        RATE,
        DIVIDEND_YIELD,
        volatilities,
        contract.right is OptionRight.CALL,
    )


@lru_cache(maxsize=8_192)
def _closes_at(session: int) -> datetime:
    return session_close(date.fromordinal(session))


def _intrinsic(contract: ContractRow, spot: float) -> float:
    gain = spot * contract.share - float(contract.strike)
    return max(0.0, gain if contract.right is OptionRight.CALL else -gain)
