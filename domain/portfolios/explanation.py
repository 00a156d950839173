"""What a valuation is made of: lines that sum to the total, each with its parts.  Pure, exact."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.kernel.absence import Absence, AbsenceReason
from domain.kernel.money import EXACT, ZERO, product, to_money
from domain.market.rates import Rate
from domain.portfolios.ledger import Ledger, ledger_of
from domain.portfolios.lots import Lot
from domain.portfolios.movements import ONE, Movement
from domain.portfolios.records import Key
from domain.portfolios.types import Position, TransactionKind, Valuation


@dataclass(frozen=True, slots=True)
class CashEntries:
    """What the entries of one kind have brought (positive) or taken in one currency."""

    kind: TransactionKind
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A part of the total: a position, or cash in one currency.

    `amount` is in the base currency, None where a part is missing, as `absences` says.  `lots`, oldest first, have the
    units of a position; `entries` sum to cash.
    """

    name: str
    currency: str
    units: Decimal
    multiplier: int
    rate: Decimal | None
    amount: Decimal | None
    position: Position | None
    lots: tuple[Lot, ...]
    entries: tuple[CashEntries, ...]
    absences: tuple[Absence, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """Lines by name; their amounts sum to the total value exactly."""

    valuation: Valuation
    lines: tuple[Line, ...]


def explain(valuation: Valuation, ledger: Ledger, day: date) -> Explanation:
    """Explain a valuation, which is of this ledger at the end of this day."""
    lots = _lots(ledger, day)
    rates = {rate.base: rate for rate in valuation.rates}
    entries = _entries(ledger, day)
    lines = [_of_position(position, lots) for position in valuation.positions]
    lines += [
        _of_cash(valuation, currency, amount, rates, entries.get(currency, ())) for currency, amount in valuation.cash
    ]
    return Explanation(valuation, tuple(sorted(lines, key=line_key)))


def line_key(line: Line) -> tuple[str, str]:
    """Return what lines are ordered by: name, then account and side."""
    position = line.position
    return line.name, "" if position is None else f"{position.account_id}:{position.quantity < 0:d}"


def _lots(ledger: Ledger, day: date) -> Mapping[Key, tuple[Lot, ...]]:
    latest = ledger.movements[-1].trade_date if ledger.movements else day
    fold = ledger.fold
    if day < latest:
        fold = ledger_of(ledger.version, [each for each in ledger.movements if each.trade_date <= day]).fold
    return {key: tuple(held.lots) for key, held in fold.inventories.items()}


def _of_position(position: Position, lots: Mapping[Key, tuple[Lot, ...]]) -> Line:
    key = Key(position.account_id, position.instrument.id, position.quantity < 0)
    return Line(
        name=position.instrument.symbol,
        currency=position.instrument.currency,
        units=position.quantity,
        multiplier=1 if position.contract is None else position.contract.multiplier,
        rate=position.fx_rate,
        amount=position.market_value,
        position=position,
        lots=lots.get(key, ()),
        entries=(),
        absences=tuple(
            Absence("amount", each.reason, each.message, each.mend)
            for each in position.absences
            if each.field == "marketValue"
        ),
    )


def _of_cash(
    valuation: Valuation,
    currency: str,
    amount: Decimal,
    rates: Mapping[str, Rate],
    entries: tuple[CashEntries, ...],
) -> Line:
    base = valuation.currency
    found = rates.get(currency)
    rate = ONE if currency == base else None if found is None else found.rate
    message = f"no rate from {currency} to {base} is known at {valuation.at.isoformat()}"
    absence = Absence("amount", AbsenceReason.NOT_COVERED, message, f"load bars of the rate {currency}{base}")
    return Line(
        name=currency,
        currency=currency,
        units=amount,
        multiplier=1,
        rate=rate,
        amount=None if rate is None else to_money(product(amount, rate)),
        position=None,
        lots=(),
        entries=entries,
        absences=() if rate is not None else (absence,),
    )


def _entries(ledger: Ledger, day: date) -> Mapping[str, tuple[CashEntries, ...]]:
    sums: dict[tuple[str, TransactionKind], tuple[int, Decimal]] = {}
    for movement in ledger.movements:
        if movement.trade_date > day:
            break
        for currency, amount in _legs(movement):
            count, sum_ = sums.get((currency, movement.kind), (0, ZERO))
            sums[currency, movement.kind] = count + 1, EXACT.add(sum_, amount)
    found: dict[str, tuple[CashEntries, ...]] = {}
    for (currency, kind), (count, sum_) in sorted(sums.items()):
        found[currency] = (*found.get(currency, ()), CashEntries(kind, count, sum_))
    return found


def _legs(movement: Movement) -> list[tuple[str, Decimal]]:
    legs = [(movement.currency, movement.amount)] if movement.amount else []
    if movement.terms.bought is not None and movement.terms.bought_currency is not None:
        legs.append((movement.terms.bought_currency, movement.terms.bought))
    return legs
