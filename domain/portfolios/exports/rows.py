"""A ledger as rows of text, from which an import makes the same ledger again.

One row for each entry that stands, in order of sequence: reversals and what they cancel are left out.  Lots are named
by the numbers of the rows that opened them, from 1, as sequences are numbers of entries.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Final
from uuid import UUID

from domain.kernel.money import EXACT, ZERO, quotient, to_price
from domain.portfolios.movements import Terms
from domain.portfolios.types import FeeKind, TransactionKind

COLUMNS: Final = tuple(
    (
        "kind trade_date settlement_date symbol quantity price amount currency fees fee_commission fee_sec fee_taf "
        "fee_other side new_symbol numerator denominator cost_fraction cash_in_lieu cash_per_unit new_price bought "
        "bought_currency sold sold_currency lots choices note account fingerprint"
    ).split()
)
# What holds numbers; all others hold text.
NUMBERS: Final = frozenset(
    (
        "quantity price amount fees fee_commission fee_sec fee_taf fee_other numerator denominator cost_fraction "
        "cash_in_lieu cash_per_unit new_price bought sold"
    ).split()
)

Row = Mapping[str, str]

_EMPTY: Final = dict.fromkeys(COLUMNS, "")

# The numbers of entries in the name of a lot, but not of the place among the lots of a transfer.
_SEQUENCES: Final = re.compile(r"(?<![-\d])\d+", re.ASCII)

_MONEY: Final = frozenset({TransactionKind.CONTRIBUTION, TransactionKind.WITHDRAWAL, TransactionKind.FEE})
_INCOME: Final = frozenset({TransactionKind.DIVIDEND, TransactionKind.RETURN_OF_CAPITAL, TransactionKind.INTEREST})
_TRANSFERS: Final = frozenset({TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT})
_RENAMING: Final = frozenset({TransactionKind.SPIN_OFF, TransactionKind.MERGER, TransactionKind.SYMBOL_CHANGE})
_CHARGED: Final = frozenset(
    {
        TransactionKind.BUY,
        TransactionKind.SELL,
        TransactionKind.SHORT_SALE,
        TransactionKind.COVER_SHORT,
        TransactionKind.OPTION_OPEN,
        TransactionKind.OPTION_CLOSE,
        TransactionKind.OPTION_EXERCISE,
        TransactionKind.OPTION_ASSIGNMENT,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """An entry of the ledger that stands, as it was stored.

    `fees` are by kind; `given` are the units that a merger took.
    """

    key: UUID
    sequence: int
    kind: TransactionKind
    trade_date: date
    settlement_date: date
    account_id: UUID
    instrument_id: UUID | None
    other_id: UUID | None
    quantity: Decimal | None
    price: Decimal | None
    amount: Decimal
    currency: str
    terms: Terms
    note: str | None
    fingerprint: str | None
    fees: Mapping[FeeKind, Decimal] = field(default_factory=dict)
    given: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Names:
    """What ids are called: instruments by symbol, accounts by name."""

    symbols: Mapping[UUID, str]
    accounts: Mapping[UUID, str]


def ledger_rows(entries: Sequence[Exported], names: Names) -> list[Row]:
    """Return the rows of entries, which are in order of sequence; what an entry does not say is empty."""
    numbers = {entry.sequence: number for number, entry in enumerate(entries, 1)}

    def rename(lot: str) -> str:
        return _SEQUENCES.sub(lambda found: str(numbers.get(int(found[0]), found[0])), lot)

    return [_row(entry, names, rename) for entry in entries]


def _row(entry: Exported, names: Names, rename: Callable[[str], str]) -> Row:
    terms = entry.terms
    told: dict[str, object] = {
        "kind": entry.kind.value,
        "trade_date": entry.trade_date.isoformat(),
        "settlement_date": entry.settlement_date.isoformat(),
        "quantity": entry.quantity,
        "price": entry.price,
        "currency": entry.currency,
        "side": terms.side,
        "numerator": terms.numerator,
        "denominator": terms.denominator,
        "cost_fraction": terms.cost_fraction,
        "new_price": terms.new_price,
        "lots": "|".join(
            f"{lot.opened_on.isoformat()}*{_text(lot.quantity)}*{_text(lot.cost_basis)}" for lot in terms.lots
        ),
        "choices": "|".join(f"{rename(choice.lot)}*{_text(choice.quantity)}" for choice in terms.choices),
        "note": entry.note,
        "account": names.accounts[entry.account_id],
        "fingerprint": entry.fingerprint,
        **_amounts(entry),
    }
    if entry.instrument_id is not None:
        told["symbol"] = names.symbols[entry.instrument_id]
    if entry.other_id is not None and entry.kind in _RENAMING:
        told["new_symbol"] = names.symbols[entry.other_id]
    if entry.kind in _CHARGED:
        told |= {f"fee_{kind.lower()}": fee for kind, fee in entry.fees.items()}
        told["fees"] = sum(entry.fees.values(), ZERO) or None
    return _EMPTY | {name: _text(value) for name, value in told.items() if value is not None}


def _amounts(entry: Exported) -> dict[str, object]:
    """Return the money that an entry named, in the words in which it was named."""
    kind, terms, amount = entry.kind, entry.terms, entry.amount
    if kind is TransactionKind.REINVESTED_DIVIDEND:
        return {"amount": terms.cash}
    if kind in _INCOME:
        return {"amount": amount}
    if kind in _MONEY or (kind in _TRANSFERS and entry.instrument_id is None):
        return {"amount": amount.copy_abs()}
    if kind is TransactionKind.CURRENCY_EXCHANGE:
        return {
            "sold": amount.copy_abs(),
            "sold_currency": entry.currency,
            "bought": terms.bought,
            "bought_currency": terms.bought_currency,
        }
    if kind is TransactionKind.MERGER:
        cash = EXACT.subtract(amount, terms.cash or ZERO)
        per_unit = to_price(quotient(cash, entry.given)) if cash and entry.given else None
        return {"cash_in_lieu": terms.cash, "cash_per_unit": per_unit}
    return {"cash_in_lieu": terms.cash}


def number_text(number: Decimal | None) -> str:
    """Return a number with all its digits, without exponent and trailing zeros; empty for None."""
    if number is None:
        return ""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _text(value: object) -> str:
    return number_text(value) if isinstance(value, Decimal) else str(value)
