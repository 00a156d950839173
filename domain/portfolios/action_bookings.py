"""Books what companies do to their shares, as it is entered by hand or by the job for corporate actions."""

from datetime import date
from decimal import ROUND_FLOOR, Decimal

from domain.kernel.errors import InvalidInput
from domain.kernel.money import EXACT, ZERO, product, quotient, to_money, to_price
from domain.market import queries as market
from domain.market.adjusted_contracts import ensure_adjusted
from domain.market.contracts import contracts_by_id
from domain.market.types import InstrumentRow
from domain.portfolios import checks
from domain.portfolios.booking_parts import Booking, Place, held_at_start, holdable
from domain.portfolios.checks import Path
from domain.portfolios.entries import (
    Merger,
    SpinOff,
    Split,
    SymbolChange,
)
from domain.portfolios.errors import UnknownInstrument
from domain.portfolios.movements import NO_TERMS, Terms
from domain.portfolios.postings import money_lines
from domain.portfolios.types import Book


async def book_split(split: Split, place: Place, path: Path) -> Booking:
    """Book a split of what the account holds, long or short."""
    instrument = await holdable(split.symbol, split.trade_date, path)
    numerator, denominator = checks.checked_ratio(split.numerator, split.denominator, path)
    held = held_at_start(place, instrument, split.trade_date, path, sides=(False, True))
    cash = _in_lieu(split.cash_in_lieu, held, numerator, denominator, path)
    return _action(
        instrument, split.trade_date, cash or ZERO, Terms(numerator=numerator, denominator=denominator, cash=cash)
    )


async def book_spin_off(spin_off: SpinOff, place: Place, path: Path) -> Booking:
    """Book units of another company that come for those held, with a part of their cost."""
    instrument = await holdable(spin_off.symbol, spin_off.trade_date, path)
    child = await holdable(spin_off.new_symbol, spin_off.trade_date, path, name="new_symbol", other=instrument)
    numerator, denominator = checks.checked_ratio(spin_off.numerator, spin_off.denominator, path)
    fraction = checks.checked_fraction(spin_off.cost_fraction, (*path, "cost_fraction"))
    held = held_at_start(place, instrument, spin_off.trade_date, path)
    cash = _in_lieu(spin_off.cash_in_lieu, held, numerator, denominator, path)
    terms = Terms(numerator=numerator, denominator=denominator, cost_fraction=fraction, cash=cash)
    return _action(instrument, spin_off.trade_date, cash or ZERO, terms, child)


async def book_merger(merger: Merger, place: Place, path: Path) -> Booking:
    """Book a merger into another company's units, into cash, or into both."""
    instrument = await holdable(merger.symbol, merger.trade_date, path)
    held = held_at_start(place, instrument, merger.trade_date, path)
    per_unit = checks.price_of(merger.cash_per_unit or ZERO, (*path, "cash_per_unit"))
    cash = to_money(product(held, per_unit))
    checks.check_size(cash, (*path, "cash_per_unit"))
    if merger.new_symbol is None:
        if not per_unit:
            raise InvalidInput("expected new units, or cash for each unit, or both", field=path)
        return _action(instrument, merger.trade_date, cash, NO_TERMS)
    other = await holdable(merger.new_symbol, merger.trade_date, path, name="new_symbol", other=instrument)
    if merger.numerator is None or merger.denominator is None:
        raise InvalidInput("expected the ratio of new units to old", field=(*path, "numerator"))
    numerator, denominator = checks.checked_ratio(merger.numerator, merger.denominator, path)
    price = None
    if cash:
        if merger.new_price is None:
            raise InvalidInput(
                "expected what a new unit is worth, which the gain that is taxed depends on, got none",
                field=(*path, "new_price"),
            )
        price = checks.price_of(merger.new_price, (*path, "new_price"))
    in_lieu = _in_lieu(merger.cash_in_lieu, held, numerator, denominator, path)
    terms = Terms(numerator=numerator, denominator=denominator, new_price=price, cash=in_lieu)
    return _action(instrument, merger.trade_date, EXACT.add(cash, in_lieu or ZERO), terms, other)


async def book_symbol_change(change: SymbolChange, place: Place, path: Path) -> Booking:
    """Book units that go on under another symbol, or contracts that a split of their underlying has adjusted."""
    if change.numerator is not None or change.denominator is not None:
        return await _book_adjustment(change, place, path)
    instrument = await holdable(change.symbol, change.trade_date, path)
    other = await holdable(change.new_symbol, change.trade_date, path, name="new_symbol", other=instrument)
    held_at_start(place, instrument, change.trade_date, path, sides=(False, True))
    return _action(instrument, change.trade_date, ZERO, NO_TERMS, other)


async def _book_adjustment(change: SymbolChange, place: Place, path: Path) -> Booking:
    numerator, denominator = checks.checked_ratio(change.numerator or 0, change.denominator or 0, path)
    instrument = (await market.instruments_by_symbol([change.symbol])).get(change.symbol)
    contract = None if instrument is None else (await contracts_by_id([instrument.id])).get(instrument.id)
    if instrument is None or contract is None:
        raise UnknownInstrument(
            f"expected the OCC symbol of an option that is known, got {change.symbol[:40]!r}", field=(*path, "symbol")
        )
    other = await ensure_adjusted(place.work, contract, numerator, denominator)
    if other.symbol != change.new_symbol:
        raise InvalidInput(
            f"expected {other.symbol}, which {change.symbol} becomes by a split of {numerator}:{denominator}, "
            f"got {change.new_symbol[:40]!r}",
            field=(*path, "new_symbol"),
        )
    held_at_start(place, instrument, change.trade_date, path, sides=(False, True))
    return _action(instrument, change.trade_date, ZERO, Terms(numerator=numerator, denominator=denominator), other)


def _action(
    instrument: InstrumentRow, day: date, cash: Decimal, terms: Terms, other: InstrumentRow | None = None
) -> Booking:
    return Booking(
        currency=instrument.currency,
        settlement_date=day,
        lines=money_lines(Book.TRADING, cash, instrument.currency),
        instrument_id=instrument.id,
        other_id=None if other is None else other.id,
        terms=terms,
    )


def _in_lieu(cash: Decimal | None, held: Decimal, numerator: int, denominator: int, path: Path) -> Decimal | None:
    if cash is None:
        return None
    field = (*path, "cash_in_lieu")
    units = to_price(quotient(product(held, Decimal(numerator)), Decimal(denominator)))
    if units == units.to_integral_value(ROUND_FLOOR):
        raise InvalidInput(f"expected no cash, because {units:f} units leave no fraction, got {cash}", field=field)
    return checks.positive_money(cash, field)
