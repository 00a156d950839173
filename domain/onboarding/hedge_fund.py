"""What the demonstration's hedge fund has beside what it bought: units sold short, and listed options.

Nobody quotes these options: they were opened at what the model says of the day's closes, as their notes tell.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from domain.kernel.dates import session_close
from domain.kernel.money import product, quotient
from domain.kernel.work import Work
from domain.market import queries as market
from domain.market.contracts import ensure_contract
from domain.market.occ import occ_symbol
from domain.market.types import OptionRight
from domain.portfolios.entries import Entry, OptionTrade, Trade
from domain.portfolios.prices import priced_at
from domain.portfolios.types import Side, TransactionKind

# A session before the replay's.
TRADED_ON = date(2022, 11, 1)
NOTE = "model price"

_CENT = Decimal("0.01")
_STRIKE_STEP = Decimal(5)
_SHORT = "QUAL"
_SHORT_UNITS = Decimal(8_000)
# The third Fridays of months after the replay's.
_JANUARY, _JUNE = date(2023, 1, 20), date(2023, 6, 16)


@dataclass(frozen=True, slots=True)
class _Leg:
    """An option with a strike at this part of the underlying's close."""

    symbol: str
    right: OptionRight
    moneyness: Decimal
    expiry: date
    contracts: int
    side: Side


_LEGS = (
    _Leg("MSFT", OptionRight.CALL, Decimal("1.1"), _JANUARY, 40, Side.SELL),
    _Leg("JPM", OptionRight.PUT, Decimal("0.9"), _JANUARY, 60, Side.SELL),
    _Leg("AAPL", OptionRight.CALL, Decimal("1.05"), _JUNE, 50, Side.BUY),
    _Leg("XOM", OptionRight.PUT, Decimal("0.95"), _JANUARY, 80, Side.BUY),
    _Leg("HD", OptionRight.PUT, Decimal("0.9"), _JUNE, 20, Side.BUY),
)


async def hedge_fund_entries(work: Work) -> list[Entry]:
    """Return the short sale and the openings of options, whose contracts are made where they are missing."""
    symbols = [_SHORT, *(leg.symbol for leg in _LEGS)]
    found = await market.instruments_by_symbol(symbols)
    ids = [found[symbol].id for symbol in symbols]
    closes = await market.closes_at(ids, session_close(TRADED_ON))
    prices = {symbol: close.price for symbol, close in zip(symbols, closes, strict=True) if close is not None}
    sale = Trade(
        kind=TransactionKind.SHORT_SALE,
        symbol=_SHORT,
        quantity=_SHORT_UNITS,
        price=prices[_SHORT],
        trade_date=TRADED_ON,
    )
    return [sale, *await _openings(work, [(leg, _contract(leg, prices[leg.symbol])) for leg in _LEGS])]


def _contract(leg: _Leg, close: Decimal) -> str:
    steps = quotient(product(close, leg.moneyness), _STRIKE_STEP).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    symbol = occ_symbol(leg.symbol, leg.expiry, leg.right, product(steps, _STRIKE_STEP))
    assert symbol is not None, "a strike in steps of 5 has a symbol"
    return str(symbol)


async def _openings(work: Work, legs: Sequence[tuple[_Leg, str]]) -> list[OptionTrade]:
    contracts = []
    for _, symbol in legs:
        contract = await ensure_contract(work, symbol)
        assert contract is not None, "its underlying is in the demonstration's market"
        contracts.append(contract)
    priced = await priced_at([each.id for each in contracts], session_close(TRADED_ON))
    return [
        OptionTrade(
            kind=TransactionKind.OPTION_OPEN,
            symbol=symbol,
            quantity=Decimal(leg.contracts),
            price=(priced[contract.id].price or _CENT).quantize(_CENT, rounding=ROUND_HALF_EVEN),
            side=leg.side,
            trade_date=TRADED_ON,
            note=NOTE,
        )
        for (leg, symbol), contract in zip(legs, contracts, strict=True)
    ]
