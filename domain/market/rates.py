"""Rates of exchange: instruments of the kind RATE, whose symbol is both currencies, as in EURUSD."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from domain.kernel.dates import session_close
from domain.kernel.money import product, quotient, to_price
from domain.market import queries
from domain.market.types import InstrumentKind, InstrumentRow, QuoteSource

# Pairs that have no rate of their own are crossed through this currency.
PIVOT = "USD"
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class RatePart:
    """An observed rate: its symbol, price, time and source; `inverted` where one over it was taken."""

    symbol: str
    price: Decimal
    at: datetime
    source: QuoteSource
    inverted: bool


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of `base` costs in `quote`, to 10 places, what it is made of, and what it was a session before."""

    base: str
    quote: str
    rate: Decimal
    previous: Decimal | None
    parts: tuple[RatePart, ...]


@dataclass(frozen=True, slots=True)
class _Observed:
    part: RatePart
    previous: Decimal | None


async def rates(pairs: Collection[tuple[str, str]], at: datetime | None) -> dict[tuple[str, str], Rate]:
    """Return the rate of each pair of (base, quote) that is known: the latest, or that of the last close at an instant.

    A pair is observed itself, or the other way round, or crossed through USD.  At most three statements, none for no
    pairs.
    """
    asked = {pair for pair in pairs if pair[0] != pair[1]}
    if not asked:
        return {}
    symbols = symbols_of(asked)
    instruments = await queries.instruments_by_symbol(symbols)
    known = {symbol: row for symbol, row in instruments.items() if row.kind is InstrumentKind.RATE}
    observed = await (_latest(known) if at is None else _past(known, at))
    found = ((pair, _rate(pair, observed)) for pair in asked)
    return {pair: rate for pair, rate in found if rate is not None}


def symbols_of(pairs: Collection[tuple[str, str]]) -> list[str]:
    """Return the symbols of the rates that may be needed for these pairs."""
    asked = {pair for pair in pairs if pair[0] != pair[1]}
    codes = {code for pair in asked for code in pair} | {PIVOT}
    return [a + b for a in codes for b in codes if a != b and (PIVOT in (a, b) or (a, b) in asked or (b, a) in asked)]


async def _latest(known: dict[str, InstrumentRow]) -> dict[str, _Observed]:
    quotes = await queries.latest_quotes([row.id for row in known.values()])
    return {
        quote.symbol: _Observed(
            RatePart(quote.symbol, quote.price, quote.at, quote.source, False), quote.previous_close
        )
        for quote in quotes
        if quote is not None
    }


async def _past(known: dict[str, InstrumentRow], at: datetime) -> dict[str, _Observed]:
    ids = [row.id for row in known.values()]
    closes = await queries.closes_at(ids, at)
    newest = max((close.session for close in closes if close is not None), default=None)
    before = await queries.previous_closes(ids, newest) if newest else [None] * len(ids)
    return {
        row.symbol: _Observed(
            RatePart(row.symbol, close.price, session_close(close.session), close.source, False),
            None if earlier is None else earlier.price,
        )
        for row, close, earlier in zip(known.values(), closes, before, strict=True)
        if close is not None
    }


def _rate(pair: tuple[str, str], observed: dict[str, _Observed]) -> Rate | None:
    legs = [pair] if _leg(pair, observed) is not None else [(pair[0], PIVOT), (PIVOT, pair[1])]
    found = [_leg(leg, observed) for leg in legs]
    if None in found:
        return None
    parts = [each for each in found if each is not None]
    rate = previous = _ONE
    is_known = all(part.previous is not None for part in parts)
    for part in parts:
        rate = product(rate, part.part.price if not part.part.inverted else quotient(_ONE, part.part.price))
        if part.previous is not None:
            previous = product(previous, part.previous if not part.part.inverted else quotient(_ONE, part.previous))
    return Rate(*pair, to_price(rate), to_price(previous) if is_known else None, tuple(part.part for part in parts))


def _leg(pair: tuple[str, str], observed: dict[str, _Observed]) -> _Observed | None:
    direct = observed.get(pair[0] + pair[1])
    if direct is not None:
        return direct
    inverse = observed.get(pair[1] + pair[0])
    if inverse is None:
        return None
    part = inverse.part
    return _Observed(RatePart(part.symbol, part.price, part.at, part.source, True), inverse.previous)
