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
from tests.support.bookkeeper import Bookkeeper

# Room for every sum of numbers of 28 digits; what would round raises.
WIDE = decimal.Context(prec=100, traps=[decimal.Inexact, decimal.InvalidOperation])
# What a company does counts from the start of its day.
AT_START = {"SPLIT", "SPIN_OFF", "MERGER", "SYMBOL_CHANGE"}


@dataclass(frozen=True)
class Books:
    """What the ledger amounts to: units by (account, instrument), cash by currency, all without zeros; by (account,
    instrument, whether it is owed) units with their cost, both negative where they are owed.
    """

    units: Mapping[tuple[Any, Any], Decimal]
    sides: Mapping[tuple[Any, Any, bool], tuple[Decimal, Decimal]]
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
    held = {(each.account_id, each.instrument.id, each.is_short): each for each in valuation.positions}
    assert {side: each.quantity for side, each in held.items()} == {side: own[0] for side, own in books.sides.items()}
    assert dict(valuation.cash) == books.cash
    with decimal.localcontext(WIDE):
        for each in valuation.positions:
            if each.market_value is not None and each.cost_basis is not None:
                assert each.unrealized_gain == each.market_value - each.cost_basis
        if valuation.total_value is not None:
            assert valuation.invested_value is not None
            assert valuation.cash_balance is not None
            assert valuation.total_value == valuation.invested_value + valuation.cash_balance
        # What was paid in another currency is in the base currency at the rates of its days.
        own = {side: each for side, each in held.items() if each.instrument.currency == valuation.currency}
        assert {side: each.cost_basis for side, each in own.items()} == {side: books.sides[side][1] for side in own}
        if valuation.cost_basis is not None and len(own) == len(held):
            assert valuation.cost_basis == sum((cost for _, cost in books.sides.values()), Decimal(0))
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
    entries = {each.id for each in transactions}
    for posting in postings:
        assert posting.transaction_id in entries
        assert (posting.amount is None) == (posting.currency is None)
        assert (posting.units is None) == (posting.instrument_id is None)
        assert (posting.amount is None) != (posting.units is None)
        sums[posting.transaction_id][posting.currency or posting.instrument_id] += posting.amount or posting.units or 0
        if posting.book == "CASH":
            cash[posting.transaction_id, posting.currency] += posting.amount
    for each in transactions:
        # A split of one for one has none.
        assert set(sums[each.id].values()) <= {Decimal(0)}, each
        assert cash[each.id, each.currency] == each.amount, each


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
    bookkeeper = Bookkeeper()
    for each in sorted(counted, key=lambda each: (each.trade_date, each.kind not in AT_START, each.sequence)):
        bookkeeper.enter(each)
    units: dict[tuple[Any, Any], Decimal] = defaultdict(Decimal)
    sides = {}
    for (account, instrument, is_short), lots in bookkeeper.lots.items():
        assert all(lot.units > 0 for lot in lots)
        sign = -1 if is_short else 1
        held = sum((lot.units for lot in lots), Decimal(0)) * sign
        units[account, instrument] += held
        if held:
            sides[account, instrument, is_short] = held, sum((lot.cost for lot in lots), Decimal(0)) * sign
    return Books(_without_zeros(units), sides, _without_zeros(bookkeeper.cash))


def _without_zeros(numbers: Mapping[Any, Decimal]) -> dict[Any, Decimal]:
    return {key: number for key, number in numbers.items() if number}
