"""Transactions as the fold over the ledger needs them, and the text in which their terms are stored."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from domain.kernel.money import EXACT
from domain.portfolios.entries import LotChoice, TransferredLot
from domain.portfolios.types import Side, TransactionKind

ONE = Decimal(1)

# Units that are traded on an ex date are new ones already.
AT_START = frozenset(
    {TransactionKind.SPLIT, TransactionKind.SPIN_OFF, TransactionKind.MERGER, TransactionKind.SYMBOL_CHANGE}
)
# In a lot's name: not the number of those that arrived together, which follows a hyphen.
_SEQUENCE = re.compile(r"(?<![\d-])\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a transaction says beside quantity and amount; which of these, depends on its kind.

    `numerator` new units come for `denominator` old.  `cash` is what was paid in lieu of a fraction of a unit, of a
    reinvested dividend what was paid.  `units` are those of the underlying that an option brought (positive) or took.
    """

    numerator: int | None = None
    denominator: int | None = None
    cost_fraction: Decimal | None = None
    cash: Decimal | None = None
    new_price: Decimal | None = None
    units: Decimal | None = None
    side: Side | None = None
    choices: tuple[LotChoice, ...] = ()
    lots: tuple[TransferredLot, ...] = ()
    bought: Decimal | None = None
    bought_currency: str | None = None


NO_TERMS = Terms()


@dataclass(frozen=True, slots=True)
class Movement:
    """One transaction; cancelled ones and reversals are left out before.

    `amount` is what cash changed by; `fx_rate` what one unit of its currency cost in the portfolio's base currency on
    the trade date: 1 where they are the same, None where it is not known.
    """

    kind: TransactionKind
    trade_date: date
    sequence: int
    account_id: UUID
    instrument_id: UUID | None
    other_id: UUID | None
    quantity: Decimal | None
    amount: Decimal
    currency: str
    fx_rate: Decimal | None
    terms: Terms = NO_TERMS

    @property
    def place(self) -> tuple[date, bool, int]:
        """Its place in the order of the ledger: what a company does counts from the start of its day, so before every
        trade of that day, whenever it is recorded.
        """
        return self.trade_date, self.kind not in AT_START, self.sequence

    @property
    def payments(self) -> tuple[tuple[str, Decimal], ...]:
        """What cash changes by, and that of the other currency of an exchange, where it changes."""
        own = ((self.currency, self.amount),) if self.amount else ()
        terms = self.terms
        if terms.bought_currency is None or not terms.bought:
            return own
        return (terms.bought_currency, terms.bought), *own

    @property
    def ratio(self) -> tuple[int, int] | None:
        """New units for old ones, None where the number of units stays.

        Contracts become more where whole units of the underlying come for each one; otherwise they deliver others.
        """
        numerator, denominator = self.terms.numerator, self.terms.denominator
        if not numerator or not denominator:
            return None
        if self.kind is TransactionKind.SYMBOL_CHANGE and numerator % denominator:
            return None
        return numerator, denominator

    @property
    def touches(self) -> tuple[tuple[UUID, UUID | None], ...]:
        """The account with each instrument that it is about."""
        return (self.account_id, self.instrument_id), (self.account_id, self.other_id)


def renamed(terms: Terms, sequences: Mapping[int, int]) -> Terms:
    """Return terms that choose the same lots where the transactions that opened them have other sequences."""
    if not terms.choices:
        return terms
    return replace(
        terms, choices=tuple(LotChoice(_renamed(each.lot, sequences), each.quantity) for each in terms.choices)
    )


def _renamed(lot: str, sequences: Mapping[int, int]) -> str:
    # "12", "12-1" of several that arrived together, "12.15" of what was spun off from it.
    def new(found: re.Match[str]) -> str:
        sequence = int(found.group())
        return str(sequences.get(sequence, sequence))

    return _SEQUENCE.sub(new, lot)


def terms_text(terms: Terms) -> str | None:
    """Return terms as they are stored, None for none: the same terms give the same text."""
    values = {field.name: getattr(terms, field.name) for field in fields(terms)}
    # Nothing at all is not told; a number that is 0 is.
    told = {name: _told(value) for name, value in values.items() if value is not None and value != ()}
    return json.dumps(told, separators=(",", ":"), sort_keys=True) if told else None


def _told(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value.normalize(EXACT):f}" if value else "0"
    if isinstance(value, tuple):
        return [_told(each) for each in value]
    if isinstance(value, LotChoice):
        return [value.lot, _told(value.quantity)]
    if isinstance(value, TransferredLot):
        return [value.opened_on.isoformat(), _told(value.quantity), _told(value.cost_basis)]
    return value


def terms_of(text: str | None) -> Terms:
    """Return the terms that this text stores."""
    if text is None:
        return NO_TERMS
    told = json.loads(text)
    for name in ("cost_fraction", "cash", "new_price", "units", "bought"):
        if name in told:
            told[name] = Decimal(told[name])
    if "side" in told:
        told["side"] = Side(told["side"])
    if "choices" in told:
        told["choices"] = tuple(LotChoice(lot, Decimal(units)) for lot, units in told["choices"])
    if "lots" in told:
        told["lots"] = tuple(
            TransferredLot(date.fromisoformat(day), Decimal(units), Decimal(cost)) for day, units, cost in told["lots"]
        )
    return Terms(**told)
