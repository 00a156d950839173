"""What options are worth of which nobody quotes a price: Black, Scholes and Merton on their underlyings' prices.

The volatility is the annualized deviation of the underlying's last 252 daily closes before the session of its price,
so that it stays the same through the session and at its close; interest and dividends are taken for zero unless given.
American options are valued as European ones.  From its expiry on an option is worth what exercising it would have
brought at the underlying's close of that day.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

import numpy as np

from domain.kernel.dates import session_close
from domain.kernel.money import EXACT, ZERO, product, quotient, to_price
from domain.market.bars import dated_closes_before
from domain.market.contracts import closes_at_expiry
from domain.market.types import ContractRow, InstrumentRow, OptionRight
from domain.portfolios.types import PriceSource
from domain.quant import black_scholes
from domain.quant.volatility import annualized_volatility
from domain.storage import statements
from domain.storage.readings import price_of

# Interest and dividends a year, continuously compounded.
RATE = 0.0
DIVIDEND_YIELD = 0.0

CLOSES = 252
# So many days of the calendar hold that many sessions and one more.
_DAYS = 400
YEAR = timedelta(days=365)
_KEPT = 10_000
# Series of so many instruments are read by one statement.
_BATCH = 500


class Quoted(NamedTuple):
    """A price, the close before its session, its time and its session."""

    price: Decimal | None
    previous_close: Decimal | None
    at: datetime | None
    session: date | None


NOTHING = Quoted(None, None, None, None)


@dataclass(frozen=True, slots=True)
class Modelled:
    """What the model says of an option: its price like a quote, its delta, and its underlying's price."""

    quoted: Quoted
    source: PriceSource
    delta: float | None
    underlying_price: Decimal | None


@dataclass(frozen=True, slots=True)
class _Past:
    """Volatility at a session, and at the one before it."""

    volatility: float
    earlier: float
    session_before: date | None


_NO_PAST = _Past(float("nan"), float("nan"), None)

# By underlying and session: bars of past sessions are added and never changed.
_Known = OrderedDict[tuple[UUID, date], _Past]
_known: WeakKeyDictionary[Any, _Known] = WeakKeyDictionary()


async def option_prices(
    contracts: Sequence[ContractRow],
    underlyings: Mapping[UUID, InstrumentRow],
    quotes: Mapping[UUID, Quoted],
    *,
    rate: float = RATE,
    dividend_yield: float = DIVIDEND_YIELD,
) -> dict[UUID, Modelled]:
    """Return what options are worth at the prices of their underlyings, by contract; what cannot be valued is missing.

    One statement for volatilities that are not known yet, and one for expired contracts.
    """
    priced = [each for each in contracts if quotes[each.underlying_id].price is not None]
    expired = [each for each in priced if _is_expired(each, quotes[each.underlying_id])]
    # Of what expires in the session of the price, the close before still counts.
    modelled = [each for each in priced if not _is_over(each, quotes[each.underlying_id])]
    found = await _modelled(modelled, underlyings, quotes, (rate, dividend_yield))
    if expired:
        found |= await _intrinsic(expired, quotes, found)
    return found


def _is_expired(contract: ContractRow, spot: Quoted) -> bool:
    return spot.at is not None and spot.at >= session_close(contract.expiry)


def _is_over(contract: ContractRow, spot: Quoted) -> bool:
    return spot.session is not None and spot.session > contract.expiry


async def _modelled(
    contracts: Sequence[ContractRow],
    underlyings: Mapping[UUID, InstrumentRow],
    quotes: Mapping[UUID, Quoted],
    rates: tuple[float, float],
) -> dict[UUID, Modelled]:
    if not contracts:
        return {}
    pasts = await _pasts(contracts, underlyings, quotes)
    spots = [quotes[each.underlying_id] for each in contracts]
    own = [pasts[each.underlying_id] for each in contracts]
    now = _values(contracts, [(s.price, s.at, p.volatility) for s, p in zip(spots, own, strict=True)], rates)
    closes = [None if p.session_before is None else session_close(p.session_before) for p in own]
    before = _values(
        contracts,
        [(s.previous_close, at, p.earlier) for s, at, p in zip(spots, closes, own, strict=True)],
        rates,
    )
    return {
        contract.instrument_id: Modelled(
            Quoted(price_of(price), None if np.isnan(earlier) else price_of(earlier), spot.at, spot.session),
            PriceSource.MODEL,
            delta,
            spot.price,
        )
        for contract, spot, price, delta, earlier in zip(
            contracts, spots, now.price.tolist(), now.delta.tolist(), before.price.tolist(), strict=True
        )
        if not np.isnan(price)
    }


def _values(
    contracts: Sequence[ContractRow],
    spots: Sequence[tuple[Decimal | None, datetime | None, float]],
    rates: tuple[float, float],
) -> black_scholes.OptionValues:
    rows: list[tuple[float, ...]] = [
        (
            float("nan") if price is None else float(price) * contract.share,
            float(contract.strike),
            float("nan") if at is None else max(0.0, (session_close(contract.expiry) - at) / YEAR),
            volatility,
            contract.right is OptionRight.CALL,
        )
        for contract, (price, at, volatility) in zip(contracts, spots, strict=True)
    ]
    spot, strike, years, volatility, is_call = np.array(rows, dtype=np.float64).T
    return black_scholes.value(spot, strike, years, *rates, volatility, is_call)


async def _pasts(
    contracts: Sequence[ContractRow], underlyings: Mapping[UUID, InstrumentRow], quotes: Mapping[UUID, Quoted]
) -> dict[UUID, _Past]:
    """Return the volatilities of what contracts are on, each read once for a session."""
    known = _known.setdefault(statements.connection(), OrderedDict())
    wanted = {each.underlying_id: session for each in contracts if (session := quotes[each.underlying_id].session)}
    found = {key: known[key, session] for key, session in wanted.items() if (key, session) in known}
    missing = [key for key in wanted if key not in found]
    for start in range(0, len(missing), _BATCH):
        batch = missing[start : start + _BATCH]
        numbers = [underlyings[key].number for key in batch]
        newest = max(wanted[key] for key in batch)
        oldest = min(wanted[key] for key in batch)
        series = await dated_closes_before(numbers, newest, _DAYS + (newest - oldest).days)
        for key, number in zip(batch, numbers, strict=True):
            past = found[key] = _past(*series[number], wanted[key])
            # What is too short today may be loaded tomorrow.
            if not np.isnan(past.volatility):
                known[key, wanted[key]] = past
    while len(known) > _KEPT:
        known.popitem(last=False)
    return {each.underlying_id: found.get(each.underlying_id, _NO_PAST) for each in contracts}


def _past(sessions: Sequence[date], closes: Any, session: date) -> _Past:
    count = sum(each < session for each in sessions)
    before = closes[:count]
    return _Past(
        annualized_volatility(before[-CLOSES:]),
        annualized_volatility(before[:-1][-CLOSES:]),
        sessions[count - 1] if count else None,
    )


async def _intrinsic(
    contracts: Sequence[ContractRow], quotes: Mapping[UUID, Quoted], before: Mapping[UUID, Modelled]
) -> dict[UUID, Modelled]:
    over = [each.instrument_id for each in contracts if _is_over(each, quotes[each.underlying_id])]
    closes = await closes_at_expiry(over)
    found = {}
    for contract in contracts:
        spot, close = quotes[contract.underlying_id], closes.get(contract.instrument_id)
        last, at = (spot.price, spot.at) if close is None else (close.price, session_close(close.session))
        is_over = _is_over(contract, spot)
        if last is None or (is_over and close is None):
            continue
        worth = _worth_at_expiry(contract, last)
        earlier = before.get(contract.instrument_id)
        previous = worth if is_over else None if earlier is None else earlier.quoted.previous_close
        # It has been the same since, and is in every session.
        quoted = Quoted(worth, previous, at, spot.session)
        found[contract.instrument_id] = Modelled(quoted, PriceSource.INTRINSIC, 0.0, last)
    return found


def _worth_at_expiry(contract: ContractRow, spot: Decimal) -> Decimal:
    # Of the units that are delivered, those that come for one strike.
    worth = quotient(product(spot, contract.deliverable), Decimal(contract.multiplier))
    gain = EXACT.subtract(to_price(worth), contract.strike)
    return max(ZERO, gain if contract.right is OptionRight.CALL else gain.copy_negate())
