"""Values a portfolio: ledger, prices and rates in, worth out.  Pure, exact."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.dates import NEW_YORK, trade_day
from domain.kernel.money import EXACT, ZERO, product, quotient, to_money, to_price, total
from domain.market.rates import Rate
from domain.market.types import ContractRow, InstrumentRow, OptionRight
from domain.portfolios.ledger import Folded, Ledger
from domain.portfolios.types import (
    Holding,
    Position,
    PositionKind,
    PriceSource,
    Standing,
    Unpriced,
    Valuation,
)

_HUNDRED = Decimal(100)
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Priced:
    """An instrument at a price: what it is, the price, its time and its session, and the close before that session.

    A contract is an option's; its price is for one of the `multiplier` units that it gives a right to, and so is
    `delta`, what it changes by when `underlying_price` changes by 1.  `mend` is what would bring a price that is not
    there.
    """

    instrument: InstrumentRow
    price: Decimal | None
    previous_close: Decimal | None
    at: datetime | None
    session: date | None
    source: PriceSource | None = None
    contract: ContractRow | None = None
    underlying_price: Decimal | None = None
    delta: float | None = None
    mend: str | None = None

    def close_before(self, session: date | None) -> Decimal | None:
        """Return the close before a session; what has not traded in it has not changed in it."""
        return self.previous_close if self.session == session else self.price

    @property
    def multiplier(self) -> Decimal:
        """How many units of the price's are in one unit held."""
        return _ONE if self.contract is None else Decimal(self.contract.multiplier)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Which portfolio is valued, and when: `as_of` as it was asked, `instant` as the market's clock allows it.

    `rates` has, by currency, what one unit of it costs in the base currency.
    """

    portfolio_id: UUID
    version: int
    base_currency: str
    as_of: datetime | None
    known_at: datetime | None = None
    instant: datetime
    rates: Mapping[str, Rate] = field(default_factory=dict)

    def rate(self, currency: str) -> Decimal | None:
        """Return what one unit of a currency costs in the base currency."""
        if currency == self.base_currency:
            return _ONE
        found = self.rates.get(currency)
        return None if found is None else found.rate

    def rate_before(self, currency: str) -> Decimal | None:
        """Return what it cost at the close before."""
        if currency == self.base_currency:
            return _ONE
        found = self.rates.get(currency)
        return None if found is None else found.previous

    def convert(self, amounts: Iterable[tuple[str, Decimal]], *, before: bool = False) -> Decimal | None:
        """Return the sum of amounts by currency in the base currency; None where a rate is not known."""
        sum_ = ZERO
        for currency, amount in amounts:
            rate = self.rate_before(currency) if before else self.rate(currency)
            if rate is None:
                return None
            sum_ = EXACT.add(sum_, to_money(product(amount, rate)))
        return sum_


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
    positions = [_position(question, holding, prices[holding.instrument_id], session) for holding in now.holdings]
    earlier = _worth_before(question, folded.before, prices, session)
    worth = _sums(question, folded, positions, earlier, _flows(question, folded, prices, session))
    weighted = [_weighted(each, worth.total) for each in positions]
    unpriced = [
        Unpriced(each.instrument.symbol, each.absences[0].reason) for each in positions if each.market_value is None
    ]
    return Valuation(
        portfolio_id=question.portfolio_id,
        as_of=question.as_of,
        known_at=question.known_at,
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
        positions=tuple(sorted(weighted, key=position_key)),
        rates=tuple(sorted(question.rates.values(), key=lambda rate: rate.base)),
        unpriced=tuple(sorted(unpriced, key=lambda each: each.symbol)),
        absences=_absences(question, worth, positions, now),
    )


def position_key(position: Position) -> tuple[str, str, str]:
    """Return what positions are ordered by: symbol, account, long before short."""
    return position.instrument.symbol, str(position.account_id), "short" if position.is_short else "long"


def _sums(
    question: Question,
    folded: Folded,
    positions: Sequence[Position],
    earlier: Decimal | None,
    flows: Decimal | None,
) -> _Worth:
    invested = _sum(each.market_value for each in positions)
    cost = _sum(each.cost_basis for each in positions)
    cash = _converted_cash(question, folded.now)
    worth = _sum((invested, cash))
    change = None
    if worth is not None and earlier is not None and flows is not None:
        change = EXACT.subtract(EXACT.subtract(worth, earlier), flows)
    percent = None
    if change is not None and earlier is not None and earlier > 0:
        percent = float(quotient(product(change, _HUNDRED), earlier))
    gain = None if invested is None or cost is None else EXACT.subtract(invested, cost)
    return _Worth(invested=invested, cash=cash, cost=cost, total=worth, gain=gain, change=change, percent=percent)


def _converted_cash(question: Question, standing: Standing) -> Decimal | None:
    converted = question.convert(standing.cash.items())
    return None if converted is None else to_money(converted)


def _sum(amounts: Iterable[Decimal | None]) -> Decimal | None:
    known = list(amounts)
    present = [amount for amount in known if amount is not None]
    return to_money(total(present)) if len(present) == len(known) else None


def _flows(question: Question, folded: Folded, prices: Mapping[UUID, Priced], session: date | None) -> Decimal | None:
    """Return what came from outside since the close before: units at that close, so that their change since counts."""
    money = question.convert((flow.currency, flow.amount) for flow in folded.flows if flow.currency is not None)
    if money is None:
        return None
    for flow in folded.flows:
        if flow.instrument_id is None:
            continue
        priced = prices[flow.instrument_id]
        worth = _worth_at(question, priced, flow.units, priced.close_before(session), before=True)
        if worth is None:
            return None
        money = EXACT.add(money, worth)
    return money


def _worth_at(
    question: Question, priced: Priced, units: Decimal, price: Decimal | None, *, before: bool
) -> Decimal | None:
    currency = priced.instrument.currency
    rate = question.rate_before(currency) if before else question.rate(currency)
    if rate is None or price is None:
        return None
    return to_money(product(product(product(units, price), priced.multiplier), rate))


def _worth_before(
    question: Question, standing: Standing, prices: Mapping[UUID, Priced], session: date | None
) -> Decimal | None:
    worth = question.convert(standing.cash.items(), before=True)
    if worth is None:
        return None
    for holding in standing.holdings:
        priced = prices[holding.instrument_id]
        held = _worth_at(question, priced, holding.quantity, priced.close_before(session), before=True)
        if held is None:
            return None
        worth = EXACT.add(worth, held)
    return worth


def kind_of(holding: Holding, contract: ContractRow | None) -> PositionKind:
    """Return which side of the market a holding is on."""
    if contract is None:
        return PositionKind.SHORT if holding.is_short else PositionKind.LONG
    return PositionKind(("S" if holding.is_short else "L") + ("C" if contract.right is OptionRight.CALL else "P"))


def _position(question: Question, holding: Holding, priced: Priced, session: date | None) -> Position:
    rate = question.rate(priced.instrument.currency)
    market_value = _worth_at(question, priced, holding.quantity, priced.price, before=False)
    earlier = _worth_at(question, priced, holding.quantity, priced.close_before(session), before=True)
    cost = holding.base_cost
    unit_cost = quotient(holding.cost_basis, product(holding.quantity, priced.multiplier))
    return Position(
        portfolio_id=question.portfolio_id,
        account_id=holding.account_id,
        instrument=priced.instrument,
        contract=priced.contract,
        kind=kind_of(holding, priced.contract),
        quantity=holding.quantity,
        average_cost=to_price(unit_cost),
        cost_basis=cost,
        price=priced.price,
        price_at=priced.at,
        price_source=priced.source,
        fx_rate=rate,
        market_value=market_value,
        unrealized_gain=None if market_value is None or cost is None else EXACT.subtract(market_value, cost),
        day_change=None if market_value is None or earlier is None else EXACT.subtract(market_value, earlier),
        weight=None,
        underlying_price=priced.underlying_price,
        delta=priced.delta,
        absences=_absences_of_position(question, holding, priced, rate, earlier),
    )


def _absences_of_position(
    question: Question, holding: Holding, priced: Priced, rate: Decimal | None, earlier: Decimal | None
) -> tuple[Absence, ...]:
    found: dict[str, Absence] = {}

    def say(names: Sequence[str], reason: AbsenceReason, message: str, mend: str) -> None:
        for name in names:
            found.setdefault(name, Absence(name, reason, message, mend))

    own, base = priced.instrument.currency, question.base_currency
    if priced.price is None:
        message = f"no price of {priced.instrument.symbol} is known at {question.instant.isoformat()}"
        mend = priced.mend or "load bars of this instrument that reach back to this time"
        say(("price", *_OF_A_PRICE), AbsenceReason.NO_PRICE, message, mend)
    if rate is None:
        message = f"no rate from {own} to {base} is known at {question.instant.isoformat()}"
        say(_OF_A_PRICE, AbsenceReason.NOT_COVERED, message, f"load bars of the rate {own}{base}")
    if holding.base_cost is None:
        message = f"no rate from {own} to {base} was known on the day of a purchase"
        mend = f"load bars of the rate {own}{base}, then reverse the purchase and record it anew"
        say(("costBasis", "unrealizedGain"), AbsenceReason.NOT_COVERED, message, mend)
    if earlier is None:
        message = (
            f"no price of {priced.instrument.symbol}, or no rate from {own} to {base}, is known of the close before"
        )
        say(("dayChange",), AbsenceReason.NO_PRICE, message, "load bars that reach further back")
    return tuple(found.values())


_OF_A_PRICE = ("marketValue", "unrealizedGain", "dayChange", "weight")


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

    unpriced = [each for each in positions if each.market_value is None]
    if unpriced:
        symbols = ", ".join(sorted({each.instrument.symbol for each in unpriced}))
        message = f"not all positions can be priced: {symbols}"
        say(
            ("investedValue", "totalValue", "unrealizedGain"), unpriced[0].absences[0].reason, message, "see `unpriced`"
        )
    if worth.cost is None:
        symbols = ", ".join(sorted({each.instrument.symbol for each in positions if each.cost_basis is None}))
        message = f"no rate to {question.base_currency} is known for what {symbols} cost"
        say(("costBasis", "unrealizedGain"), AbsenceReason.NOT_COVERED, message, "see `positions`")
    if worth.cash is None:
        codes = ", ".join(sorted(code for code in now.cash if question.rate(code) is None))
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
    times += [part.at for rate in question.rates.values() for part in rate.parts]
    if folded.latest is not None:
        times.append(datetime.combine(folded.latest, datetime.min.time(), NEW_YORK))
    return min(question.instant, max((each for each in times if each), default=question.instant))
