"""The invariants of a ledger: checked by plain sums, and by a second bookkeeper who shares no code with the first."""

import decimal
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from domain.audit.models import AuditEntry
from domain.portfolios.models import Portfolio, Posting, Transaction
from domain.portfolios.types import Valuation

# Room for every sum of numbers of 28 digits; what would round raises.
WIDE = decimal.Context(prec=100, traps=[decimal.Inexact, decimal.InvalidOperation])
CENTS = Decimal("1E-8")


@dataclass(frozen=True)
class Books:
    """What the ledger amounts to: units and cost by (account, instrument), cash by currency, all without zeros."""

    units: Mapping[tuple[Any, Any], Decimal]
    cost: Mapping[tuple[Any, Any], Decimal]
    cash: Mapping[str, Decimal]


async def check_ledger(portfolio_id: UUID) -> Books:
    """Assert every invariant of one portfolio's ledger, and return what it amounts to."""
    portfolio = await Portfolio.get(id=portfolio_id)
    transactions = await Transaction.filter(portfolio_id=portfolio_id).order_by("sequence")
    postings = await Posting.filter(portfolio_id=portfolio_id)
    assert [each.sequence for each in transactions] == list(range(1, portfolio.version + 1))
    assert len({each.idempotency_key for each in transactions}) == len(transactions)
    audited = await AuditEntry.filter(subject_kind="Transaction", subject_id__in=[each.id for each in transactions])
    assert len(audited) == len(transactions)
    assert all(number.is_finite() for number in _numbers(transactions, postings))
    with decimal.localcontext(WIDE):
        _check_balance(transactions, postings)
        books = _from_replay(transactions)
        assert _from_postings(postings) == (books.units, books.cash)
    return books


def check_valuation(valuation: Valuation, books: Books) -> None:
    """Assert that a valuation holds what the books hold, that its numbers fit together, and what it lacks it says."""
    assert {(each.account_id, each.instrument.id): each.quantity for each in valuation.positions} == books.units
    assert dict(valuation.cash) == books.cash
    with decimal.localcontext(WIDE):
        for each in valuation.positions:
            if each.market_value is not None and each.cost_basis is not None:
                assert each.unrealized_gain == each.market_value - each.cost_basis
        if valuation.total_value is not None:
            assert valuation.invested_value is not None
            assert valuation.cash_balance is not None
            assert valuation.total_value == valuation.invested_value + valuation.cash_balance
        if valuation.cost_basis is not None:
            assert {(e.account_id, e.instrument.id): e.cost_basis for e in valuation.positions} == books.cost
            assert valuation.cost_basis == sum(books.cost.values(), Decimal(0))
    weights = [each.weight for each in valuation.positions]
    if valuation.total_value and None not in weights and valuation.cash_balance is not None:
        cash = float(valuation.cash_balance / valuation.total_value)
        assert abs(sum(weight for weight in weights if weight is not None) + cash - 1) < 1e-9
    check_absences(valuation)


_MAY_BE_ABSENT = (
    "total_value",
    "invested_value",
    "cash_balance",
    "cost_basis",
    "unrealized_gain",
    "day_change",
    "day_change_percent",
)


def check_absences(valuation: Valuation) -> None:
    """Assert that `absences` names the numbers that are None, each once, and no others."""
    assert _absent(valuation, _MAY_BE_ABSENT) == sorted(absence.field for absence in valuation.absences)
    for position in valuation.positions:
        names = ("cost_basis", "price", "market_value", "unrealized_gain", "day_change", "weight")
        assert _absent(position, names) == sorted(absence.field for absence in position.absences)


def _absent(owner: object, names: Sequence[str]) -> list[str]:
    missing = [name for name in names if getattr(owner, name) is None]
    heads = [name.split("_") for name in missing]
    return sorted(head + "".join(part.capitalize() for part in rest) for head, *rest in heads)


def _numbers(transactions: Sequence[Transaction], postings: Sequence[Posting]) -> list[Decimal]:
    rows: list[tuple[Decimal | None, ...]] = [(t.quantity, t.price, t.fees, t.amount) for t in transactions]
    rows += [(posting.amount, posting.units) for posting in postings]
    return [number for row in rows for number in row if number is not None]


def _check_balance(transactions: Sequence[Transaction], postings: Sequence[Posting]) -> None:
    sums: dict[object, dict[object, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    cash: dict[object, Decimal] = defaultdict(Decimal)
    for posting in postings:
        assert (posting.amount is None) == (posting.currency is None)
        assert (posting.units is None) == (posting.instrument_id is None)
        assert (posting.amount is None) != (posting.units is None)
        sums[posting.transaction_id][posting.currency or posting.instrument_id] += posting.amount or posting.units or 0
        if posting.book == "CASH":
            cash[posting.transaction_id] += posting.amount
    assert set(sums) == {each.id for each in transactions}
    for each in transactions:
        assert set(sums[each.id].values()) == {Decimal(0)}, each
        assert cash[each.id] == each.amount, each


def _from_postings(postings: Sequence[Posting]) -> tuple[dict[tuple[Any, Any], Decimal], dict[str, Decimal]]:
    units: dict[tuple[Any, Any], Decimal] = defaultdict(Decimal)
    cash: dict[str, Decimal] = defaultdict(Decimal)
    for posting in postings:
        if posting.book == "HOLDINGS":
            units[posting.account_id, posting.instrument_id] += posting.units
        elif posting.book == "CASH" and posting.currency is not None:
            cash[posting.currency] += posting.amount
    return _without_zeros(units), _without_zeros(cash)


def _from_replay(transactions: Sequence[Transaction]) -> Books:
    cancelled = {each.reverses_id for each in transactions}
    counted = [each for each in transactions if each.reverses_id is None and each.id not in cancelled]
    lots: dict[tuple[Any, Any], list[list[Decimal]]] = defaultdict(list)
    cash: dict[str, Decimal] = defaultdict(Decimal)
    for each in sorted(counted, key=lambda each: (each.trade_date, each.sequence)):
        cash[each.currency] += each.amount
        key = (each.account_id, each.instrument_id)
        if each.kind in ("BUY", "SHORT_SALE", "OPTION_OPEN"):
            # What brought money is owed.
            lots[key].append([each.quantity if each.amount <= 0 else -each.quantity, -each.amount])
        elif each.kind == "SELL":
            _sell(lots[key], each.quantity)
    units = {key: sum((held for held, _ in own), Decimal(0)) for key, own in lots.items()}
    cost = {key: sum((paid for _, paid in own), Decimal(0)) for key, own in lots.items() if own}
    return Books(_without_zeros(units), cost, _without_zeros(cash))


def _sell(lots: list[list[Decimal]], units: Decimal) -> None:
    while units:
        assert lots, f"{units} units more were sold than were held"
        held, paid = lots[0]
        if held <= units:
            lots.pop(0)
            units -= held
            continue
        with decimal.localcontext(decimal.Context(prec=100)):
            taken = (paid * units / held).quantize(CENTS, rounding=decimal.ROUND_HALF_EVEN)
        lots[0] = [held - units, paid - taken]
        return


def _without_zeros(numbers: Mapping[Any, Decimal]) -> dict[Any, Decimal]:
    return {key: number for key, number in numbers.items() if number}
