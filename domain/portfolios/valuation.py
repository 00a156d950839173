"""Values a portfolio: ledger and prices in, worth out.  Pure, exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.dates import NEW_YORK, trade_day
from domain.kernel.money import EXACT, ZERO, product, quotient, to_money, to_price, total
from domain.market.types import InstrumentRow
from domain.portfolios.ledger import Folded, Ledger
from domain.portfolios.types import (
    Holding,
    Position,
    PositionKind,
    Standing,
    Unpriced,
    Valuation,
)

_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """An instrument at a price: what it is, the price, its time and its session, and the close before that session."""

    instrument: InstrumentRow
    price: Decimal | None
    previous_close: Decimal | None
    at: datetime | None
    session: date | None

    def close_before(self, session: date | None) -> Decimal | None:
        """Return the close before a session; what has not traded in it has not changed in it."""
        return self.previous_close if self.session == session else self.price


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which portfolio is valued, and when: `as_of` as it was asked, `instant` as the market's clock allows it."""

    portfolio_id: UUID
    version: int
    base_currency: str
    as_of: datetime | None
    instant: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class _Worth:
    """The sums; each is None when a part of it is."""

    invested: Decimal | None
    cash: Decimal | None
    cost: Decimal | None
    total: Decimal | None
    gain: Decimal | None
    change: Decimal | None
    percent: float | None


def value(question: Question, ledger: Ledger, prices: Mapping[UUID, Priced]) -> Valuation:
    """Value the portfolio as its ledger stands at the instant, at the prices of all that it has traded in by then."""
    session = max((price.session for price in prices.values() if price.session), default=None)
    folded = ledger.folded(trade_day(question.instant), session)
    now = folded.now
    positions = [_position(question, holding, prices[holding.instrument_id]) for holding in now.holdings]
    earlier = _worth_before(question, folded.before, prices, session)
    worth = _sums(question, folded, positions, earlier)
    weighted = [_weighted(each, worth.total) for each in positions]
    unpriced = [Unpriced(each.instrument.symbol, each.absences[0].reason) for each in positions if each.absences]
    return Valuation(
        portfolio_id=question.portfolio_id,
        as_of=question.as_of,
        version=question.version,
        at=_newest(question, folded, prices),
        currency=question.base_currency,
        total_value=worth.total,
        invested_value=worth.invested,
        cash_balance=worth.cash,
        cost_basis=worth.cost,
        unrealized_gain=worth.gain,
        day_change=worth.change,
        day_change_percent=worth.percent,
        cash=tuple(sorted((code, to_money(amount)) for code, amount in now.cash.items())),
        positions=tuple(sorted(weighted, key=lambda each: (each.instrument.symbol, each.account_id))),
        unpriced=tuple(sorted(unpriced, key=lambda each: each.symbol)),
        absences=_absences(question, worth, positions, now),
    )


def _sums(question: Question, folded: Folded, positions: Sequence[Position], earlier: Decimal | None) -> _Worth:
    invested = _sum(each.market_value for each in positions)
    cost = _sum(each.cost_basis for each in positions)
    own = question.base_currency
    cash = to_money(folded.now.cash.get(own, ZERO)) if folded.now.cash.keys() <= {own} else None
    flows = folded.flows.get(own, ZERO) if folded.flows.keys() <= {own} else None
    worth = _sum((invested, cash))
    change = None
    if worth is not None and earlier is not None and flows is not None:
        change = EXACT.subtract(EXACT.subtract(worth, earlier), flows)
    percent = None
    if change is not None and earlier is not None and earlier > 0:
        percent = float(quotient(product(change, _HUNDRED), earlier))
    gain = None if invested is None or cost is None else EXACT.subtract(invested, cost)
    return _Worth(invested=invested, cash=cash, cost=cost, total=worth, gain=gain, change=change, percent=percent)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    present = [amount for amount in known if amount is not None]
    return to_money(total(present)) if len(present) == len(known) else None


def _worth_before(
    question: Question, standing: Standing, prices: Mapping[UUID, Priced], session: date | None
) -> Decimal | None:
    if any(code != question.base_currency for code in standing.cash):
        return None
    worth = standing.cash.get(question.base_currency, ZERO)
    for holding in standing.holdings:
        priced = prices[holding.instrument_id]
        close = priced.close_before(session)
        if close is None or priced.instrument.currency != question.base_currency:
            return None
        worth = EXACT.add(worth, to_money(product(holding.quantity, close)))
    return worth


def _position(question: Question, holding: Holding, priced: Priced) -> Position:
    is_foreign = priced.instrument.currency != question.base_currency
    cost = None if is_foreign else holding.cost_basis
    market_value = None if is_foreign or priced.price is None else to_money(product(holding.quantity, priced.price))
    return Position(
        portfolio_id=question.portfolio_id,
        account_id=holding.account_id,
        instrument=priced.instrument,
        kind=PositionKind.LONG,
        quantity=holding.quantity,
        average_cost=to_price(quotient(holding.cost_basis, holding.quantity)),
        cost_basis=cost,
        price=priced.price,
        market_value=market_value,
        unrealized_gain=None if market_value is None or cost is None else EXACT.subtract(market_value, cost),
        weight=None,
        absences=_absences_of_position(question, priced, is_foreign=is_foreign),
    )


def _absences_of_position(question: Question, priced: Priced, *, is_foreign: bool) -> tuple[Absence, ...]:
    found: dict[str, Absence] = {}
    if priced.price is None:
        message = f"no price of {priced.instrument.symbol} is known at {question.instant.isoformat()}"
        mend = "load bars of this instrument that reach back to this time"
        for name in ("price", *_OF_A_PRICE):
            found[name] = Absence(name, AbsenceReason.NO_PRICE, message, mend)
    if is_foreign:
        message = f"no rate from {priced.instrument.currency} to {question.base_currency} is known"
        mend = f"hold it in a portfolio whose base currency is {priced.instrument.currency}"
        for name in ("costBasis", *_OF_A_PRICE):
            found.setdefault(name, Absence(name, AbsenceReason.NOT_COVERED, message, mend))
    return tuple(found.values())


_OF_A_PRICE = ("marketValue", "unrealizedGain", "weight")


def _weighted(position: Position, worth: Decimal | None) -> Position:
    if position.market_value is None:
        return position
    if worth is not None and worth > 0:
        return replace(position, weight=float(quotient(position.market_value, worth)))
    reason, message = (
        (AbsenceReason.NO_PRICE, "the portfolio's total value is not known")
        if worth is None
        else (AbsenceReason.UNDEFINED, "the portfolio's total value is not positive")
    )
    return replace(position, absences=(*position.absences, Absence("weight", reason, message)))


def _absences(question: Question, worth: _Worth, positions: Sequence[Position], now: Standing) -> tuple[Absence, ...]:
    found: dict[str, Absence] = {}

    def say(names: Sequence[str], reason: AbsenceReason, message: str, mend: str | None = None) -> None:
        for name in names:
            found.setdefault(name, Absence(name, reason, message, mend))

    unpriced = [each for each in positions if each.absences]
    if unpriced:
        symbols = ", ".join(sorted({each.instrument.symbol for each in unpriced}))
        message = f"not all positions can be priced: {symbols}"
        say(
            ("investedValue", "totalValue", "unrealizedGain"), unpriced[0].absences[0].reason, message, "see `unpriced`"
        )
    if worth.cost is None:
        symbols = ", ".join(sorted({each.instrument.symbol for each in positions if each.cost_basis is None}))
        message = f"no rate to {question.base_currency} is known for what {symbols} cost"
        say(("costBasis",), AbsenceReason.NOT_COVERED, message, "see `positions`")
    if worth.cash is None:
        codes = ", ".join(sorted(code for code in now.cash if code != question.base_currency))
        message = f"no rate to {question.base_currency} is known from {codes}"
        say(("cashBalance", "totalValue"), AbsenceReason.NOT_COVERED, message, "see `cash`, by currency")
    if worth.change is None:
        reason = found["totalValue"].reason if "totalValue" in found else AbsenceReason.NO_PRICE
        say(("dayChange", "dayChangePercent"), reason, "the value now, or at the close before, is not known")
    elif worth.percent is None:
        message = "the portfolio was worth nothing at the close before"
        say(("dayChangePercent",), AbsenceReason.UNDEFINED, message)
    return tuple(found.values())


def _newest(question: Question, folded: Folded, prices: Mapping[UUID, Priced]) -> datetime:
    times = [prices[holding.instrument_id].at for holding in folded.now.holdings]
    if folded.latest is not None:
        times.append(datetime.combine(folded.latest, datetime.min.time(), NEW_YORK))
    return min(question.instant, max((each for each in times if each), default=question.instant))
