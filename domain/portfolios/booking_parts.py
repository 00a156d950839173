"""What the bookings of all kinds of transaction share: where they are booked, and the checks that need the market."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.errors import InvalidInput
from domain.kernel.money import EXACT, ZERO, product, to_money, total
from domain.kernel.work import Work
from domain.market import calendar
from domain.market import queries as market
from domain.market.occ import parse_occ
from domain.market.types import InstrumentKind, InstrumentRow
from domain.portfolios import checks
from domain.portfolios.checks import Path
from domain.portfolios.entries import (
    LotChoice,
    OptionEvent,
    OptionTrade,
    Trade,
)
from domain.portfolios.errors import DateOutOfRange, InsufficientQuantity, UnknownInstrument
from domain.portfolios.ledger import Ledger
from domain.portfolios.models import Account, Portfolio
from domain.portfolios.movements import NO_TERMS, Terms
from domain.portfolios.postings import PostingLine, money_lines, unit_lines
from domain.portfolios.records import Key
from domain.portfolios.types import Book, FeeKind, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entry is to be booked: the account, the ledger as it stands, and the market's today."""

    work: Work
    portfolio: Portfolio
    account: Account
    ledger: Ledger
    today: date

    def held(self, instrument_id: UUID, day: date, *, is_short: bool = False) -> Decimal:
        """Return the units that the account holds of an instrument at the end of a day."""
        account_id = self.account.id
        line = self.ledger.fold.timelines.get(Key(account_id, instrument_id, is_short))
        state = None if line is None else line.at(day)
        return ZERO if state is None else state.quantity

    def was_short(self, instrument_id: UUID, day: date) -> bool:
        """Whether the account has owed units of an instrument on a day, or before."""
        line = self.ledger.fold.timelines.get(Key(self.account.id, instrument_id, True))
        return line is not None and line.days[0] <= day

    def held_at_start(self, instrument_id: UUID, day: date, *, is_short: bool = False) -> Decimal:
        """Return the units that the account holds of an instrument at the start of a day: what an action finds."""
        return self.ledger.quantity_at_start(Key(self.account.id, instrument_id, is_short), day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """An entry that was checked, in lines of money and of the units that it names.

    Units that an action or the end of an option makes or takes have no lines here: they depend on what is held.
    """

    currency: str
    settlement_date: date
    lines: Sequence[PostingLine] = ()
    instrument_id: UUID | None = None
    other_id: UUID | None = None
    quantity: Decimal | None = None
    price: Decimal | None = None
    fees: Decimal | None = None
    note: str | None = None
    fx_rate: Decimal | None = None
    terms: Terms = NO_TERMS


async def bought_or_sold(
    trade: Trade | OptionTrade,
    instrument: InstrumentRow,
    path: Path,
    *,
    multiplier: Decimal,
    buys: bool,
    side: Side | None = None,
) -> Booking:
    """Book units for money, of which `multiplier` units of the price's are in one."""
    quantity = checks.positive_quantity(trade.quantity, (*path, "quantity"))
    price = checks.price_of(trade.price, (*path, "price"))
    currency, charged = instrument.currency, fees_of(trade, path)
    paid = total(charged.values())
    consideration = to_money(product(product(quantity, price), multiplier))
    checks.check_size(EXACT.add(consideration, paid), (*path, "quantity"))
    settlement = trade.settlement_date or await calendar.settlement_date(trade.trade_date)
    if settlement < trade.trade_date:
        raise DateOutOfRange(
            f"expected a settlement date from {trade.trade_date} on, got {settlement}", field=(*path, "settlement_date")
        )
    return Booking(
        currency=currency,
        settlement_date=settlement,
        lines=[
            *money_lines(Book.TRADING, consideration.copy_negate() if buys else consideration, currency, charged),
            *unit_lines(Book.TRADING, quantity if buys else quantity.copy_negate(), instrument.id),
        ],
        instrument_id=instrument.id,
        quantity=quantity,
        price=price,
        fees=paid,
        terms=Terms(side=side, choices=checked_choices(trade.lots, quantity, path)),
    )


def fees_of(trade: Trade | OptionTrade | OptionEvent, path: Path) -> Mapping[FeeKind, Decimal]:
    """Return the fees by kind; what is not split is commission.  Raises `InvalidInput`."""
    parts = getattr(trade, "fee_parts", None) or {}
    checked = {kind: checks.money_of(fee, (*path, "fee_parts", kind.lower())) for kind, fee in parts.items()}
    if trade.fees is None:
        return checked
    fees = checks.money_of(trade.fees, (*path, "fees"))
    if not checked:
        return {FeeKind.COMMISSION: fees}
    if total(checked.values()) != fees:
        raise InvalidInput(
            f"expected the sum of the parts, {total(checked.values()):f}, got {fees:f}", field=(*path, "fees")
        )
    return checked


def checked_choices(choices: Sequence[LotChoice], quantity: Decimal, path: Path) -> tuple[LotChoice, ...]:
    """Return a choice of lots that is of all the units, or of none.  Raises `InvalidInput`."""
    field = (*path, "lots")
    for choice in choices:
        checks.positive_quantity(choice.quantity, field)
    if len({choice.lot for choice in choices}) != len(choices):
        raise InvalidInput("expected each lot once", field=field)
    chosen = total(choice.quantity for choice in choices)
    if choices and chosen != quantity:
        raise InvalidInput(f"expected lots of {quantity:f} units in all, got {chosen:f}", field=field)
    return tuple(choices)


async def holdable(
    symbol: str, day: date, path: Path, *, name: str = "symbol", other: InstrumentRow | None = None
) -> InstrumentRow:
    """Return an instrument that can be held on a day, with `other` one that takes its place.

    Raises `UnknownInstrument`, `DateOutOfRange`, `InvalidInput`.
    """
    instrument = (await market.instruments_by_symbol([symbol])).get(symbol)
    if instrument is None or instrument.kind in (InstrumentKind.INDEX, InstrumentKind.RATE, InstrumentKind.OPTION):
        hint = "; an option is traded by optionOpen and optionClose" if parse_occ(symbol) else ""
        raise UnknownInstrument(
            f"expected the symbol of an instrument that can be held, got {symbol[:40]!r}{hint}", field=(*path, name)
        )
    if day < instrument.first_session:
        raise DateOutOfRange(
            f"expected a date from {instrument.first_session}, the first session of {symbol}, got {day}",
            field=(*path, "trade_date"),
        )
    if other is not None and (other.id == instrument.id or other.currency != instrument.currency):
        raise InvalidInput(
            f"expected another instrument in {other.currency}, got {symbol} in {instrument.currency}",
            field=(*path, name),
        )
    return instrument


def check_held(place: Place, instrument: InstrumentRow, day: date, path: Path) -> None:
    """Refuse what needs units held long at the end of a day.  Raises `InsufficientQuantity`."""
    if not place.held(instrument.id, day):
        raise InsufficientQuantity(
            f"expected {instrument.symbol} to be held on {day}, got none", field=(*path, "symbol")
        )


def held_at_start(
    place: Place, instrument: InstrumentRow, day: date, path: Path, *, sides: Sequence[bool] = (False,)
) -> Decimal:
    """Return the units held long at the start of a day.  Raises `InsufficientQuantity` where the account has none on
    these sides.
    """
    if not any(place.held_at_start(instrument.id, day, is_short=is_short) for is_short in sides):
        raise InsufficientQuantity(
            f"expected {instrument.symbol} to be held at the start of {day}, got none", field=(*path, "symbol")
        )
    return place.held_at_start(instrument.id, day)
