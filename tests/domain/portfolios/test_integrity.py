"""Verdicts on rows that no database of ours would hold: its constraints refuse them."""

from decimal import Decimal

import pytest

from domain.kernel.ids import new_id
from domain.portfolios.canonical import canonical, plain
from domain.portfolios.fold import Fold
from domain.portfolios.integrity import DESCRIPTIONS, Invariant, examine
from domain.portfolios.ledger import ledger_of
from domain.portfolios.lots import Lot
from domain.portfolios.movements import ONE, Movement
from domain.portfolios.records import Key
from domain.portfolios.tally import ActionRow, EntryRow, LineRow, Tally
from domain.portfolios.types import TransactionKind
from tests.factories.portfolios import TODAY

PORTFOLIO, ACCOUNT, INSTRUMENT = new_id(), new_id(), new_id()


def entry(sequence, amount="0", *, key=None, reverses=None, price=None):
    number = Decimal(amount)
    name = key or f"key {sequence}"
    return EntryRow(new_id(), PORTFOLIO, sequence, name, number, "USD", reverses, (number, price))


def broken(tally, fold=None, movements=()):
    return {check.invariant for check in examine(tally, fold, movements) if not check.holds}


def purchase(sequence, units="10"):
    amount = Decimal(-100)
    return Movement(TransactionKind.BUY, TODAY, sequence, ACCOUNT, INSTRUMENT, None, Decimal(units), amount, "USD", ONE)


def tally_of(*entries, lines=()):
    tally = Tally()
    tally.take(entries, lines, {each.id for each in entries})
    return tally


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_number_that_is_none_is_found(number):
    row = entry(1, price=Decimal(number))

    assert broken(tally_of(row)) == {Invariant.NUMBERS_ARE_FINITE}


def test_a_posting_of_no_number_is_found():
    row = entry(1)
    line = LineRow(row.id, ACCOUNT, "CASH", "USD", Decimal("NaN"), None, None)

    assert broken(tally_of(row, lines=[line])) == {Invariant.NUMBERS_ARE_FINITE}


def test_a_key_used_twice_is_found():
    assert broken(tally_of(entry(1, key="a"), entry(2, key="a"))) == {Invariant.KEYS_ARE_UNIQUE}


@pytest.mark.parametrize("sequences", [(1, 3), (2, 3), (1, 1), (1, 2, 2, 3)])
def test_a_gap_or_a_repeat_in_the_sequence_is_found(sequences):
    assert broken(tally_of(*[entry(number, key=str(place)) for place, number in enumerate(sequences)])) == {
        Invariant.SEQUENCE_IS_WHOLE
    }


def test_what_is_reversed_twice_is_found():
    first = entry(1)
    second, third = entry(2, reverses=first.id), entry(3, reverses=first.id)

    assert broken(tally_of(first, second)) == set()
    assert broken(tally_of(first, second, third)) == {Invariant.REVERSALS_ARE_SINGLE}
    assert broken(tally_of(first, second, entry(3, reverses=second.id))) == {Invariant.REVERSALS_ARE_SINGLE}


def test_an_action_booked_twice_in_an_account_is_found():
    action, other = new_id(), new_id()
    tally = tally_of(entry(1))
    tally.take_actions(
        [
            ActionRow(ACCOUNT, action, new_id(), ACCOUNT, action),
            ActionRow(ACCOUNT, action, new_id(), ACCOUNT, new_id()),
            ActionRow(other, action, new_id(), other, action),
        ]
    )
    assert broken(tally) == set()

    tally.take_actions([ActionRow(ACCOUNT, action, new_id(), ACCOUNT, action)] * 2)

    assert broken(tally) == {Invariant.ACTIONS_ARE_SINGLE}


def test_a_lot_that_is_owed_is_found():
    fold = ledger_of(1, [purchase(1)]).fold
    lots = fold.inventories[Key(ACCOUNT, INSTRUMENT, is_short=False)].lots
    assert isinstance(lots, list)
    lots.append(Lot("2", TODAY, TODAY, Decimal(-1), Decimal(0), Decimal(0)))

    found = broken(Tally(), fold, [purchase(1)])

    assert {Invariant.LOTS_ARE_POSITIVE, Invariant.POSITIONS_ARE_LOTS, Invariant.REPLAY_AGREES} <= found


def test_cost_from_nowhere_is_found():
    fold = ledger_of(1, [purchase(1)]).fold
    fold.inventories[Key(ACCOUNT, INSTRUMENT, is_short=False)].lots[0].cost += Decimal("1E-8")

    assert Invariant.COSTS_ARE_INVESTED in broken(Tally(), fold, [purchase(1)])


def test_a_replay_that_stops_says_where():
    sale = Movement(TransactionKind.SELL, TODAY, 2, ACCOUNT, INSTRUMENT, None, Decimal(11), Decimal(1), "USD", ONE)

    (verdict,) = [
        each for each in examine(Tally(), None, [purchase(1), sale]) if each.invariant is Invariant.REPLAY_AGREES
    ]

    assert not verdict.holds
    assert verdict.seen.startswith("it stopped at transaction 2")


def test_verdicts_are_short_however_broken_a_ledger_is():
    tally = tally_of(*[entry(number, price=Decimal("NaN")) for number in range(2, 2_000, 2)])

    for check in examine(tally, None, []):
        assert max(len(check.seen), len(check.expected)) < 400, check


def test_each_invariant_is_described_and_judged():
    assert set(DESCRIPTIONS) == set(Invariant) == {check.invariant for check in examine(Tally(), Fold(), [])}


def test_the_same_state_has_the_same_bytes():
    assert canonical(ledger_of(1, [purchase(1, "10")]).fold) == canonical(ledger_of(1, [purchase(1, "10.00")]).fold)
    assert canonical(ledger_of(1, [purchase(1)]).fold) != canonical(ledger_of(1, [purchase(1, "10.01")]).fold)


@pytest.mark.parametrize(
    ("number", "text"),
    [("1E+3", "1000"), ("-0.00", "0"), ("1.2300", "1.23"), ("0E-8", "0"), ("-5E-4", "-0.0005")],
)
def test_a_number_has_one_spelling(number, text):
    assert plain(Decimal(number)) == text
