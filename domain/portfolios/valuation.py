"""Values a portfolio: ledger and prices in, worth out.  Pure, exact."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.dates import NEW_YORK, session_close
from domain.kernel.money import EXACT, ZERO, product, quotient, to_money, to_price, total
from domain.market.queries import InstrumentRow
from domain.portfolios.ledger import Fold
from domain.portfolios.types import (
    Holding,
    Movement,
    Position,
    PositionKind,
    Standing,
    TransactionKind,
    Unpriced,
    Valuation,
)

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """An instrument at a price: what it is, the price and its time, and the close before the session that the price
    is of.
    """

    instrument: InstrumentRow
    price: Decimal | None
    previous_close: Decimal | None
    at: datetime | None
    session: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which portfolio is valued, and when: `as_of` as it was asked, `instant` as the market's clock allows it."""

    portfolio_id: UUID
    version: int
    base_currency: str
    as_of: datetime | None
    instant: datetime


def value(question: Question, movements: Sequence[Movement], prices: Mapping[UUID, Priced]) -> Valuation:
    """Value the portfolio after these movements, which are in the ledger's order and none of them later than the
    instant.
    """
    session = max((price.session for price in prices.values() if price.session), default=None)
    before, now, flows = _standings(movements, session, question.base_currency)
    positions = [_position(question, holding, prices[holding.instrument_id]) for holding in now.holdings]
    unpriced = [
        Unpriced(each.instrument.symbol, each.absences[0].reason) for each in positions if each.market_value is None
    ]
    foreign_cash = sorted(code for code in now.cash if code != question.base_currency)
    invested = None if unpriced else total(each.market_value or ZERO for each in positions)
    cash = None if foreign_cash else now.cash.get(question.base_currency, ZERO)
    foreign = any(
        prices[holding.instrument_id].instrument.currency != question.base_currency for holding in now.holdings
    )
    cost = None if foreign else total(each.cost_basis for each in positions)
    worth = None if invested is None or cash is None else EXACT.add(invested, cash)
    earlier = _worth_before(question, before, prices)
    change = None if worth is None or earlier is None or flows is None else to_money(worth - earlier - flows)
    percent = (
        float(quotient(product(change, _HUNDRED), earlier)) if change is not None and earlier and earlier > 0 else None
    )
    return Valuation(
        portfolio_id=question.portfolio_id,
        as_of=question.as_of,
        version=question.version,
        at=_newest(question, movements, now, prices),
        currency=question.base_currency,
        total_value=_money(worth),
        invested_value=_money(invested),
        cash_balance=_money(cash),
        cost_basis=_money(cost),
        unrealized_gain=None if invested is None or cost is None else to_money(invested - cost),
        day_change=change,
        day_change_percent=percent,
        cash=tuple(sorted((code, to_money(amount)) for code, amount in now.cash.items())),
        positions=tuple(
            sorted(
                (_weighted(each, worth) for each in positions),
                key=lambda each: (each.instrument.symbol, each.account_id),
            )
        ),
        unpriced=tuple(sorted(unpriced, key=lambda each: each.symbol)),
        absences=_absences(question, unpriced, foreign_cash, change, percent),
    )


def _standings(
    movements: Sequence[Movement], session: date | None, currency: str
) -> tuple[Standing, Standing, Decimal | None]:
    """Return the standing before the session, the standing now, and what came from outside between (None: in another
    currency).
    """
    fold = Fold()
    before = None
    flows: Decimal | None = ZERO
    for movement in movements:
        if before is None and session is not None and movement.trade_date >= session:
            before = fold.standing()
        if before is not None and movement.kind in (TransactionKind.CONTRIBUTION, TransactionKind.WITHDRAWAL):
            flows = None if flows is None or movement.currency != currency else flows + movement.amount
        fold.apply(movement)
    now = fold.standing()
    return before or now, now, flows


def _worth_before(question: Question, standing: Standing, prices: Mapping[UUID, Priced]) -> Decimal | None:
    if any(code != question.base_currency for code in standing.cash):
        return None
    worth = standing.cash.get(question.base_currency, ZERO)
    for holding in standing.holdings:
        priced = prices[holding.instrument_id]
        if priced.previous_close is None or priced.instrument.currency != question.base_currency:
            return None
        worth = EXACT.add(worth, to_money(product(holding.quantity, priced.previous_close)))
    return worth


def _position(question: Question, holding: Holding, priced: Priced) -> Position:
    absence = _why_unpriced(question, priced)
    market_value = None if absence or priced.price is None else to_money(product(holding.quantity, priced.price))
    return Position(
        portfolio_id=question.portfolio_id,
        account_id=holding.account_id,
        instrument=priced.instrument,
        kind=PositionKind.LONG,
        quantity=holding.quantity,
        average_cost=to_price(quotient(holding.cost_basis, holding.quantity)),
        cost_basis=holding.cost_basis,
        price=priced.price,
        market_value=market_value,
        unrealized_gain=None if market_value is None else market_value - holding.cost_basis,
        weight=None,
        absences=() if absence is None else tuple(_again(absence, name) for name in _OF_A_PRICE),
    )


_OF_A_PRICE = ("marketValue", "unrealizedGain", "weight")


def _again(absence: Absence, field: str) -> Absence:
    return Absence(field, absence.reason, absence.message, absence.mend)


def _why_unpriced(question: Question, priced: Priced) -> Absence | None:
    if priced.price is None:
        return Absence(
            "price",
            AbsenceReason.NO_PRICE,
            f"no price of {priced.instrument.symbol} is known at {question.instant.isoformat()}",
            "load bars of this instrument that reach back to this time",
        )
    if priced.instrument.currency != question.base_currency:
        return Absence(
            "marketValue",
            AbsenceReason.NOT_COVERED,
            f"no rate from {priced.instrument.currency} to {question.base_currency} is known",
            f"hold it in a portfolio whose base currency is {priced.instrument.currency}",
        )
    return None


def _weighted(position: Position, worth: Decimal | None) -> Position:
    if position.market_value is None:
        return position
    if worth is None or worth <= 0:
        reason = AbsenceReason.NO_PRICE if worth is None else AbsenceReason.UNDEFINED
        message = (
            "the portfolio's total value is not known"
            if worth is None
            else "the portfolio's total value is not positive"
        )
        return _replace(position, None, (*position.absences, Absence("weight", reason, message)))
    return _replace(position, float(quotient(position.market_value, worth)), position.absences)


def _replace(position: Position, weight: float | None, absences: tuple[Absence, ...]) -> Position:
    values = {name: getattr(position, name) for name in Position.__slots__}
    return Position(**{**values, "weight": weight, "absences": absences})


def _absences(
    question: Question,
    unpriced: Sequence[Unpriced],
    foreign_cash: Sequence[str],
    change: Decimal | None,
    percent: float | None,
) -> tuple[Absence, ...]:
    found: list[Absence] = []
    if unpriced:
        symbols = ", ".join(sorted({each.symbol for each in unpriced}))
        found += [
            Absence(name, unpriced[0].reason, f"not all positions can be priced: {symbols}", "see `unpriced`")
            for name in ("investedValue", "totalValue", "unrealizedGain")
        ]
    if foreign_cash:
        message = f"no rate to {question.base_currency} is known from {', '.join(foreign_cash)}"
        names = ("cashBalance",) if unpriced else ("cashBalance", "totalValue")
        found += [Absence(name, AbsenceReason.NOT_COVERED, message, "see `cash`, by currency") for name in names]
    if change is None:
        found += [
            Absence(name, AbsenceReason.NO_PRICE, "the value now, or at the close before, is not known")
            for name in ("dayChange", "dayChangePercent")
        ]
    elif percent is None:
        message = "the portfolio was worth nothing at the close before"
        found.append(Absence("dayChangePercent", AbsenceReason.UNDEFINED, message))
    return tuple(found)


def _newest(
    question: Question, movements: Sequence[Movement], standing: Standing, prices: Mapping[UUID, Priced]
) -> datetime:
    times = [prices[holding.instrument_id].at for holding in standing.holdings]
    if movements:
        times.append(datetime.combine(movements[-1].trade_date, datetime.min.time(), NEW_YORK))
    return min(question.instant, max((each for each in times if each), default=question.instant))


def _money(amount: Decimal | None) -> Decimal | None:
    return None if amount is None else to_money(amount)


def close_time(session: date | None) -> datetime | None:
    """Return when a daily close became known."""
    return None if session is None else session_close(session)
