"""The invariants of a ledger, each with its verdict.  Pure: rows and folds in, verdicts out."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from domain.kernel.money import EXACT, ZERO, product, total
from domain.portfolios import rules
from domain.portfolios.canonical import is_same, plain
from domain.portfolios.fold import Fold
from domain.portfolios.movements import Movement
from domain.portfolios.records import Key, Shortfall, State
from domain.portfolios.tally import Fault, Tally
from domain.portfolios.types import LotMethod, TransactionKind


class Invariant(StrEnum):
    """What always holds in a ledger."""

    MONEY_BALANCES = "MONEY_BALANCES"
    UNITS_BALANCE = "UNITS_BALANCE"
    AMOUNTS_ARE_POSTED = "AMOUNTS_ARE_POSTED"
    CASH_IS_POSTED = "CASH_IS_POSTED"
    POSITIONS_ARE_POSTED = "POSITIONS_ARE_POSTED"
    POSITIONS_ARE_LOTS = "POSITIONS_ARE_LOTS"
    COSTS_ARE_INVESTED = "COSTS_ARE_INVESTED"
    LOTS_ARE_POSITIVE = "LOTS_ARE_POSITIVE"
    KEYS_ARE_UNIQUE = "KEYS_ARE_UNIQUE"
    SEQUENCE_IS_WHOLE = "SEQUENCE_IS_WHOLE"
    REVERSALS_ARE_SINGLE = "REVERSALS_ARE_SINGLE"
    NUMBERS_ARE_FINITE = "NUMBERS_ARE_FINITE"
    REPLAY_AGREES = "REPLAY_AGREES"
    CHANGES_ARE_AUDITED = "CHANGES_ARE_AUDITED"
    ACTIONS_ARE_SINGLE = "ACTIONS_ARE_SINGLE"


DESCRIPTIONS: Mapping[Invariant, str] = {
    Invariant.MONEY_BALANCES: "The postings of each transaction sum to exactly 0 in each currency.",
    Invariant.UNITS_BALANCE: "The postings of each transaction sum to exactly 0 in each instrument.",
    Invariant.AMOUNTS_ARE_POSTED: "The amount of each transaction is the sum of its postings in cash.",
    Invariant.CASH_IS_POSTED: "Cash is, in each currency, the sum of its postings.",
    Invariant.POSITIONS_ARE_POSTED: "The units of each position, short ones negative, are the sum of its postings.",
    Invariant.POSITIONS_ARE_LOTS: "Units and cost of each position are the sums of its open lots.",
    Invariant.COSTS_ARE_INVESTED: (
        "In each currency the cost of open lots, less the gain that was realized, is what was invested: bought and "
        "brought in, less what was sold, paid back and taken out."
    ),
    Invariant.LOTS_ARE_POSITIVE: "No lot has 0 units or fewer.",
    Invariant.KEYS_ARE_UNIQUE: "There is one transaction at most for each idempotency key.",
    Invariant.SEQUENCE_IS_WHOLE: "The sequence of the transactions has no gap and no repeat, and ends at the version.",
    Invariant.REVERSALS_ARE_SINGLE: "A transaction is reversed once at most, by one that undoes its amount.",
    Invariant.NUMBERS_ARE_FINITE: "Every number is finite: there is no NaN.",
    Invariant.REPLAY_AGREES: "All transactions replayed from nothing give the state that grew with them, to the byte.",
    Invariant.CHANGES_ARE_AUDITED: "Every transaction has its row in the audit trail.",
    Invariant.ACTIONS_ARE_SINGLE: "A corporate action is booked once at most in an account.",
}

# What a verdict tells at most; a broken ledger may have as many faults as transactions.
_MOST_TOLD = 5


@dataclass(frozen=True, slots=True)
class Check:
    """An invariant, whether it holds, and what was seen beside what was expected."""

    invariant: Invariant
    holds: bool
    seen: str
    expected: str


@dataclass(frozen=True, slots=True)
class Replay:
    """The ledger folded from nothing, and the cost that left with units; `stopped` says where it could not go on."""

    fold: Fold
    invested: Mapping[str, Decimal]
    currencies: Mapping[UUID, str]
    stopped: str | None = None


Naming = Callable[[UUID], str]


def examine(tally: Tally, incremental: Fold | None, movements: Sequence[Movement], name: Naming = str) -> list[Check]:
    """Return the verdict on each invariant.

    `tally` has been given every row; `incremental` is the state that grew with the ledger, None where there is none to
    be had; `movements` are those that stand, in order of their places.
    """
    replay = replayed(movements)
    fold = replay.fold if incremental is None else incremental
    return [
        *(_none_of(invariant, tally.faults[fault]) for invariant, fault in _OF_ROWS.items()),
        _equal(Invariant.CASH_IS_POSTED, _without_zeros(fold.cash), _without_zeros(tally.cash)),
        _equal(Invariant.POSITIONS_ARE_POSTED, *_named(_net(fold), tally.units, name=name)),
        _none_of(Invariant.POSITIONS_ARE_LOTS, list(_miscounted(fold, name))),
        _costs(fold, replay),
        _none_of(Invariant.LOTS_ARE_POSITIVE, list(_negative_lots(fold, name))),
        _agreement(fold, replay),
    ]


_OF_ROWS: Mapping[Invariant, Fault] = {
    Invariant.MONEY_BALANCES: Fault.MONEY,
    Invariant.UNITS_BALANCE: Fault.UNITS,
    Invariant.AMOUNTS_ARE_POSTED: Fault.AMOUNT,
    Invariant.KEYS_ARE_UNIQUE: Fault.KEY,
    Invariant.SEQUENCE_IS_WHOLE: Fault.SEQUENCE,
    Invariant.REVERSALS_ARE_SINGLE: Fault.REVERSAL,
    Invariant.NUMBERS_ARE_FINITE: Fault.NUMBER,
    Invariant.CHANGES_ARE_AUDITED: Fault.AUDIT,
    Invariant.ACTIONS_ARE_SINGLE: Fault.ACTION,
}


def replayed(movements: Iterable[Movement], method: LotMethod = LotMethod.SPECIFIC) -> Replay:
    """Fold movements from nothing, and sum what was invested in each currency."""
    fold, currencies, invested = Fold(method), dict[UUID, str](), dict[str, Decimal]()
    for movement in movements:
        before = _taken_from(fold, movement)
        try:
            rules.apply(fold, movement)
        # A number that is none, and units that are not there, are found in broken ledgers.
        except (Shortfall, ArithmeticError, AssertionError) as error:
            return Replay(fold, invested, currencies, f"transaction {movement.sequence}: {error!r}")
        gone = ZERO if before is None else EXACT.subtract(before, _taken_from(fold, movement) or ZERO)
        put_in = EXACT.subtract(_put_in(movement), gone)
        invested[movement.currency] = EXACT.add(invested.get(movement.currency, ZERO), put_in)
        if movement.kind is not TransactionKind.DIVIDEND:
            for instrument_id in (movement.instrument_id, movement.other_id):
                if instrument_id is not None:
                    currencies[instrument_id] = movement.currency
    return Replay(fold, invested, currencies)


def _taken_from(fold: Fold, movement: Movement) -> Decimal | None:
    """Return the cost of what a transfer takes from; None for all else."""
    if movement.kind is not TransactionKind.TRANSFER_OUT or movement.instrument_id is None:
        return None
    held = fold.inventories.get(Key(movement.account_id, movement.instrument_id, is_short=False))
    return ZERO if held is None else held.cost


def _put_in(movement: Movement) -> Decimal:
    if movement.kind is TransactionKind.REINVESTED_DIVIDEND:
        return movement.terms.cash or ZERO
    if movement.kind is TransactionKind.TRANSFER_IN and movement.instrument_id is not None:
        return total(lot.cost_basis for lot in movement.terms.lots)
    return movement.amount.copy_negate() if movement.kind in _INVESTS else ZERO


_INVESTS = frozenset(
    {
        TransactionKind.BUY,
        TransactionKind.SELL,
        TransactionKind.SHORT_SALE,
        TransactionKind.COVER_SHORT,
        TransactionKind.RETURN_OF_CAPITAL,
        TransactionKind.SPLIT,
        TransactionKind.SPIN_OFF,
        TransactionKind.MERGER,
        TransactionKind.SYMBOL_CHANGE,
        TransactionKind.OPTION_OPEN,
        TransactionKind.OPTION_CLOSE,
        TransactionKind.OPTION_EXERCISE,
        TransactionKind.OPTION_ASSIGNMENT,
        TransactionKind.OPTION_EXPIRY,
    }
)


def _costs(fold: Fold, replay: Replay) -> Check:
    sums: dict[str, Decimal] = {}

    def add(instrument_id: UUID, amount: Decimal) -> None:
        currency = replay.currencies.get(instrument_id, "unknown")
        sums[currency] = EXACT.add(sums.get(currency, ZERO), amount)

    for key, held in fold.inventories.items():
        cost = total(lot.cost for lot in held.lots)
        add(key.instrument_id, cost.copy_negate() if key.is_short else cost)
    for disposal in fold.disposals:
        add(disposal.key.instrument_id, EXACT.subtract(disposal.cost, disposal.proceeds))
    return _equal(Invariant.COSTS_ARE_INVESTED, _without_zeros(sums), _without_zeros(replay.invested))


def _net(fold: Fold) -> dict[tuple[UUID, UUID], Decimal]:
    units: dict[tuple[UUID, UUID], Decimal] = {}
    for key, held in fold.inventories.items():
        place = key.account_id, key.instrument_id
        own = total(lot.quantity for lot in held.lots)
        units[place] = EXACT.add(units.get(place, ZERO), product(own, Decimal(-1 if key.is_short else 1)))
    return units


def _miscounted(fold: Fold, name: Naming) -> Iterable[str]:
    for key, held in fold.inventories.items():
        bases = [lot.base_cost for lot in held.lots]
        base = None if None in bases else total(cost for cost in bases if cost is not None)
        anew = State(total(lot.quantity for lot in held.lots), total(lot.cost for lot in held.lots), base)
        sums = State(held.quantity, held.cost, held.base_cost)
        latest = fold.timelines[key].states[-1] if key in fold.timelines else State(ZERO, ZERO, ZERO)
        for told in (latest, sums):
            if told != anew:
                yield f"{name(key.instrument_id)}: {plain(told.quantity)} units, lots of {plain(anew.quantity)}"


def _negative_lots(fold: Fold, name: Naming) -> Iterable[str]:
    for key, held in fold.inventories.items():
        for lot in held.lots:
            if not lot.quantity > 0:
                yield f"{name(key.instrument_id)}: {plain(lot.quantity)} units in lot {lot.key}"


def _agreement(fold: Fold, replay: Replay) -> Check:
    if replay.stopped is not None:
        return Check(Invariant.REPLAY_AGREES, False, f"it stopped at {replay.stopped}"[:200], "the same state")
    same = fold is replay.fold or is_same(fold, replay.fold)
    return Check(Invariant.REPLAY_AGREES, same, "the same state" if same else "another state", "the same state")


def _none_of(invariant: Invariant, faults: Sequence[str]) -> Check:
    told = ", ".join(faults[:_MOST_TOLD]) + (" …" if len(faults) > _MOST_TOLD else "")
    return Check(invariant, not faults, f"{len(faults)} ({told})" if faults else "0", "0")


def _equal(invariant: Invariant, seen: Mapping[str, Decimal], expected: Mapping[str, Decimal]) -> Check:
    holds = seen == expected
    keys = sorted(seen.keys() | expected.keys())
    told = [key for key in keys if holds or seen.get(key) != expected.get(key)]
    return Check(invariant, holds, _told(told, seen), _told(told, expected))


def _told(keys: Sequence[str], numbers: Mapping[str, Decimal]) -> str:
    parts = [f"{key} {plain(numbers.get(key, ZERO))}" for key in keys[:_MOST_TOLD]]
    return ", ".join(parts) + (f" and {len(keys) - _MOST_TOLD} more" if len(keys) > _MOST_TOLD else "") or "nothing"


def _named(*told: Mapping[tuple[UUID, UUID], Decimal], name: Naming) -> list[dict[str, Decimal]]:
    # Two accounts may hold the same instrument.
    several = len({account for units in told for account, _ in units}) > 1

    def title(account: UUID, instrument: UUID) -> str:
        return f"{name(instrument)} in {account}" if several else name(instrument)

    return [_without_zeros({title(*place): number for place, number in units.items()}) for units in told]


def _without_zeros(numbers: Mapping[str, Decimal]) -> dict[str, Decimal]:
    return {key: number for key, number in numbers.items() if number}
