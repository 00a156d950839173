"""Chains of options on an underlying: as they are stored, or as a model makes them in a market that is replayed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import numpy as np

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.dates import session_close, trade_day
from domain.market import chains as market_chains
from domain.market import history, queries
from domain.market.types import InstrumentKind, InstrumentRow, Quote, Vector
from domain.options.listing import standard_expiries
from domain.options.model_chains import model_chain
from domain.options.pricing import known
from domain.options.quoted import ChainSource, ChainValues, Forward, QuotedChain, quoted, values_of
from domain.storage.readings import price_of

# Strikes of one answer, at most.
MOST_STRIKES = 250
NUMBERS = ("implied_volatility", "delta", "gamma", "theta", "vega", "rho")


@dataclass(frozen=True, slots=True, kw_only=True)
class PricedContract:
    """One contract with its quote and its numbers; theta is for a calendar day, vega and rho for 0.01."""

    symbol: str
    strike: Decimal
    bid: Decimal | None
    ask: Decimal | None
    mid: Decimal | None
    open_interest: int | None
    implied_volatility: float | None
    delta: float | None
    gamma: float | None
    theta: float | None
    vega: float | None
    rho: float | None
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class PricedChain:
    """The contracts of one expiry, calls and puts by strike."""

    chain: QuotedChain
    forward: Forward
    calls: tuple[PricedContract, ...]
    puts: tuple[PricedContract, ...]


@dataclass(frozen=True, slots=True)
class Underlying:
    """An instrument, its latest quote and its closes before that quote's session: what a model makes chains of."""

    row: InstrumentRow
    quote: Quote | None
    now: datetime
    closes: Vector | None
    """None where no model stands in for quotes: in a market that is not replayed."""


async def underlying_of(symbol: str, now: datetime) -> Underlying | None:
    """Return what chains are on; None for what is not known, or is an option itself."""
    row = (await queries.instruments_by_symbol([symbol])).get(symbol)
    if row is None or row.kind is InstrumentKind.OPTION:
        return None
    (quote,) = await queries.latest_quotes([row.id])
    if quote is None or not await queries.is_replayed():
        return Underlying(row, quote, now, None)
    (line,) = await history.closes([row], quote.session, now, adjusted=True)
    return Underlying(row, quote, now, line.until(quote.session.toordinal() - 1).closes)


async def expiries_on(underlying: Underlying) -> tuple[ChainSource, tuple[date, ...]]:
    """Return the expiries that chains can be asked of, the nearest first: stored ones, or those of the model."""
    stored = await market_chains.expiries(underlying.row.id, underlying.now)
    if stored or underlying.closes is None or underlying.quote is None:
        return ChainSource.STORED, stored
    today = trade_day(underlying.quote.at)
    return ChainSource.MODEL, await standard_expiries(today, underlying.quote.at >= session_close(today))


async def chain_of(underlying: Underlying, expiry: date) -> QuotedChain | None:
    """Return the chain of an expiry: the stored one if any quote is stored for the underlying."""
    stored = await market_chains.stored_chain(underlying.row.id, expiry, underlying.now)
    if stored is not None:
        return quoted(stored, _spot(underlying))
    source, expiries = await expiries_on(underlying)
    return _modelled(underlying, expiry) if source is ChainSource.MODEL and expiry in expiries else None


async def chains_on(underlying: Underlying, most: int) -> list[QuotedChain]:
    """Return the chains of the nearest expiries, at most so many."""
    stored = await market_chains.stored_chains(underlying.row.id, underlying.now)
    if stored:
        return [quoted(each, _spot(underlying)) for each in stored[:most]]
    source, expiries = await expiries_on(underlying)
    if source is ChainSource.STORED:
        return []
    found = [_modelled(underlying, expiry) for expiry in expiries[:most]]
    return [each for each in found if each is not None]


def _spot(underlying: Underlying) -> float:
    return float("nan") if underlying.quote is None else float(underlying.quote.price)


def _modelled(underlying: Underlying, expiry: date) -> QuotedChain | None:
    quote, closes = underlying.quote, underlying.closes
    if quote is None or closes is None:
        return None
    return model_chain(underlying.row.symbol, expiry, float(quote.price), quote.at, closes)


def priced(chain: QuotedChain, most: int) -> PricedChain:
    """Return the contracts at the strikes nearest to the spot, at most so many, with what their prices imply.  Pure."""
    found = values_of(chain)
    strikes = np.unique(chain.strikes)
    nearest = strikes[np.argsort(np.abs(np.log(strikes / chain.spot)), kind="stable")[:most]]
    places = np.flatnonzero(np.isin(chain.strikes, nearest))
    rows = [(bool(chain.is_call[place]), _contract(chain, found, int(place))) for place in places]
    calls, puts = (tuple(each for is_call, each in rows if is_call is wanted) for wanted in (True, False))
    return PricedChain(chain, found.forward, calls, puts)


def _contract(chain: QuotedChain, found: ChainValues, place: int) -> PricedContract:
    values = found.values
    columns = (found.volatility, values.delta, values.gamma, values.theta_per_day, values.vega_per_point,
               values.rho_per_point)  # fmt: skip
    numbers = {name: known(column[place]) for name, column in zip(NUMBERS, columns, strict=True)}
    missing = [name for name in NUMBERS if numbers[name] is None]
    count = chain.open_interest[place]
    return PricedContract(
        symbol=chain.symbols[place],
        strike=chain.exact_strikes[place],
        bid=_price(chain.bid[place]),
        ask=_price(chain.ask[place]),
        mid=_price(chain.mid[place]),
        open_interest=int(count) if np.isfinite(count) else None,
        absences=_why(chain, found, place, missing),
        **numbers,
    )


def _price(number: float) -> Decimal | None:
    return price_of(float(number)) if np.isfinite(number) else None


def _why(chain: QuotedChain, found: ChainValues, place: int, missing: Sequence[str]) -> tuple[Absence, ...]:
    quotes = {"bid": chain.bid, "ask": chain.ask, "mid": chain.mid}
    untold = [name for name, column in quotes.items() if not np.isfinite(column[place])]
    absences = [Absence(name, AbsenceReason.NO_PRICE, "expected a bid and an ask, got one or none") for name in untold]
    if missing:
        reason, message = _reason(chain, found, place)
        absences += [Absence(name, reason, message) for name in missing]
    return tuple(absences)


def _reason(chain: QuotedChain, found: ChainValues, place: int) -> tuple[AbsenceReason, str]:
    bid, ask, lowest = float(chain.bid[place]), float(chain.ask[place]), float(found.lowest[place])
    if chain.is_adjusted[place]:
        return (
            AbsenceReason.NOT_APPLICABLE,
            "expected a contract on as many units as its strike is for, got one of a split",
        )
    if chain.is_stale[place]:
        return AbsenceReason.STALE, "expected a quote of the newest session, got an older one"
    if not (bid > 0 and ask > 0):
        return AbsenceReason.NO_PRICE, f"expected {'an ask' if bid > 0 else 'a bid'}, got none"
    if bid > ask:
        return AbsenceReason.UNDEFINED, f"expected a bid of at most the ask, got {bid:g} and {ask:g}"
    return _why_not_implied((bid + ask) / 2, lowest)


def _why_not_implied(mid: float, lowest: float) -> tuple[AbsenceReason, str]:
    if not np.isfinite(lowest):
        return AbsenceReason.NO_PRICE, "expected a price of the underlying, got none"
    if mid < lowest:
        message = f"expected a price of at least the intrinsic value on the forward, {lowest:.6g}"
        return AbsenceReason.UNDEFINED, f"{message}, got {mid:.6g}"
    return AbsenceReason.UNDEFINED, "expected time to expiry, and a price below its upper bound, got none"
