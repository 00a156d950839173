"""Books trades in options, and what ends them: exercise, assignment, expiry."""

from decimal import Decimal

from domain.kernel.errors import InvalidInput
from domain.kernel.money import EXACT, product, to_money, total
from domain.market import calendar
from domain.market import contracts as option_contracts
from domain.market.types import ContractRow, InstrumentRow, OptionRight
from domain.portfolios import checks
from domain.portfolios.booking_parts import Booking, Place, bought_or_sold, fees_of
from domain.portfolios.checks import Path
from domain.portfolios.entries import (
    OptionEvent,
    OptionTrade,
)
from domain.portfolios.errors import DateOutOfRange, UnknownInstrument
from domain.portfolios.movements import Terms
from domain.portfolios.postings import money_lines
from domain.portfolios.types import Book, Side, TransactionKind


async def book_option_trade(trade: OptionTrade, place: Place, path: Path) -> Booking:
    """Book the opening or closing of contracts."""
    instrument, contract = await _contract(trade, place, path)
    side = trade.side or Side.BUY
    if trade.kind is TransactionKind.OPTION_CLOSE:
        side = _closing_side(trade, place, instrument, path)
    return await bought_or_sold(
        trade, instrument, path, multiplier=Decimal(contract.multiplier), buys=side is Side.BUY, side=side
    )


def _closing_side(trade: OptionTrade | OptionEvent, place: Place, instrument: InstrumentRow, path: Path) -> Side:
    """Return the side that closes what is held."""
    asked = getattr(trade, "side", None)
    if asked is not None:
        return Side(asked)
    is_short = place.held(instrument.id, trade.trade_date, is_short=True) > 0
    if is_short and place.held(instrument.id, trade.trade_date) > 0:
        raise InvalidInput("expected a side, because it is both held and written, got none", field=(*path, "side"))
    return Side.BUY if is_short else Side.SELL


async def book_option_event(event: OptionEvent, place: Place, path: Path) -> Booking:
    """Book the end of contracts; at an exercise and an assignment units of the underlying are delivered."""
    instrument, contract = await _contract(event, place, path)
    quantity = checks.positive_quantity(event.quantity, (*path, "quantity"))
    fees = fees_of(event, path)
    if event.kind is TransactionKind.OPTION_EXPIRY:
        if fees:
            raise InvalidInput("expected no fees for an expiry", field=(*path, "fees"))
        side = _closing_side(event, place, instrument, path)
        return Booking(
            currency=instrument.currency,
            settlement_date=event.trade_date,
            instrument_id=instrument.id,
            quantity=quantity,
            terms=Terms(side=side),
        )
    units = product(quantity, contract.deliverable)
    holder_buys = contract.right is OptionRight.CALL
    buys = holder_buys if event.kind is TransactionKind.OPTION_EXERCISE else not holder_buys
    money = to_money(product(product(quantity, Decimal(contract.multiplier)), contract.strike))
    checks.check_size(EXACT.add(money, total(fees.values())), (*path, "quantity"))
    return Booking(
        currency=instrument.currency,
        settlement_date=await calendar.settlement_date(event.trade_date),
        lines=money_lines(Book.TRADING, money.copy_negate() if buys else money, instrument.currency, fees),
        instrument_id=instrument.id,
        other_id=contract.underlying_id,
        quantity=quantity,
        price=contract.strike,
        fees=total(fees.values()),
        terms=Terms(units=units if buys else units.copy_negate()),
    )


async def _contract(entry: OptionTrade | OptionEvent, place: Place, path: Path) -> tuple[InstrumentRow, ContractRow]:
    instrument = await option_contracts.ensure_contract(place.work, entry.symbol)
    if instrument is None:
        raise UnknownInstrument(
            f"expected the OCC symbol of an option on a known underlying, as AAPL240119C00150000, "
            f"got {entry.symbol[:40]!r}",
            field=(*path, "symbol"),
        )
    contract = (await option_contracts.contracts_by_id([instrument.id]))[instrument.id]
    if entry.trade_date > contract.expiry:
        raise DateOutOfRange(
            f"expected a date up to {contract.expiry}, when {entry.symbol} expires, got {entry.trade_date}",
            field=(*path, "trade_date"),
        )
    return instrument, contract
