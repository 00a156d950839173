"""The pure ledger under any sequence of movements: a state machine, which cuts what fails down to its least steps.

What bookings would refuse comes here too, as it does when a reversal takes away what a later entry was about.
"""

import contextlib
import os
from decimal import Decimal

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from domain.kernel.ids import new_id
from domain.kernel.money import EXACT, ZERO, to_price
from domain.portfolios.canonical import canonical, is_same
from domain.portfolios.entries import LotChoice, TransferredLot
from domain.portfolios.integrity import examine
from domain.portfolios.ledger import Ledger, changed_units, ledger_of
from domain.portfolios.movements import AT_START, ONE, Movement, Terms, terms_of, terms_text
from domain.portfolios.records import Key, Shortfall
from domain.portfolios.tally import Tally
from domain.portfolios.types import LotMethod, Side, TransactionKind
from tests.factories.walks import DAYS
from tests.support.garbage import nothing_for_the_collector

EXAMPLES, STEPS = int(os.environ.get("MACHINES", "40")), 20

ACCOUNTS = [new_id() for _ in range(2)]
INSTRUMENTS = [new_id() for _ in range(3)]
OPTION = new_id()
KINDS = sorted(set(TransactionKind) - {TransactionKind.REVERSAL})
OPTION_KINDS = {kind for kind in KINDS if kind.name.startswith("OPTION")}
MONEY_ONLY = {
    TransactionKind.INTEREST,
    TransactionKind.FEE,
    TransactionKind.CONTRIBUTION,
    TransactionKind.WITHDRAWAL,
    TransactionKind.CURRENCY_EXCHANGE,
}
UNSIGNED_COST = {TransactionKind.BUY, TransactionKind.COVER_SHORT, TransactionKind.WITHDRAWAL, TransactionKind.FEE}
NO_MONEY = {TransactionKind.TRANSFER_IN, TransactionKind.TRANSFER_OUT, TransactionKind.SYMBOL_CHANGE}
NO_MONEY |= {TransactionKind.REINVESTED_DIVIDEND, TransactionKind.OPTION_EXPIRY}
# But what is paid in lieu of a fraction.
NO_MONEY |= {TransactionKind.SPLIT, TransactionKind.SPIN_OFF}
CLOSES_SHORT = {TransactionKind.COVER_SHORT, TransactionKind.OPTION_ASSIGNMENT}

MONEY = st.one_of(
    st.integers(0, 10_000).map(Decimal),
    st.decimals(Decimal(0), Decimal(10) ** 12, places=8, allow_nan=False, allow_infinity=False),
)
UNITS = st.one_of(
    st.integers(1, 100).map(Decimal),
    st.decimals(Decimal("1E-10"), Decimal(10) ** 9, places=10, allow_nan=False, allow_infinity=False),
)
RATIOS = st.one_of(st.just((1, 1)), st.tuples(st.integers(1, 20), st.integers(1, 20)), st.just((1, 10**6)))


class LedgerMachine(RuleBasedStateMachine):
    """A ledger that grows, beside the sums of what was posted."""

    def __init__(self):
        super().__init__()
        self.ledger, self.sequence = Ledger(), 0
        self.standing: dict[int, Movement] = {}
        self.accounts: dict[int, object] = {}
        self.tally = Tally()

    @rule(data=st.data(), kind=st.sampled_from(KINDS), account=st.sampled_from(ACCOUNTS), late=st.booleans())
    def record(self, data, kind, account, late):
        days = DAYS if late or not self.ledger.movements else DAYS[DAYS.index(self.ledger.movements[-1].trade_date) :]
        movement = self._movement(data, kind, account, data.draw(st.sampled_from(days)))
        self._grow(movement, set())

    @precondition(lambda self: self.standing)
    @rule(data=st.data())
    def reverse(self, data):
        sequence = data.draw(st.sampled_from(sorted(self.standing)))
        self._grow(None, {sequence})

    @invariant()
    def every_invariant_holds(self):
        found = examine(self.tally, self.ledger.fold, list(self.ledger.movements))
        assert [check for check in found if not check.holds] == []
        anew = ledger_of(self.sequence, list(self.standing.values())).fold
        assert canonical(self.ledger.fold) == canonical(anew)
        assert is_same(self.ledger.fold, anew)

    @invariant()
    def every_method_can_be_replayed(self):
        for method in LotMethod:
            try:
                fold = ledger_of(self.sequence, list(self.standing.values()), method).fold
            except Shortfall:
                raise AssertionError(f"{method} finds fewer units than there are") from None
            units = {key: fold.quantity(key) for key in fold.inventories if fold.quantity(key)}
            own = self.ledger.fold
            assert units == {key: own.quantity(key) for key in own.inventories if own.quantity(key)}

    def teardown(self):
        """The garbage collector is kept out of large ledgers: what nobody has any more must go without it."""
        with nothing_for_the_collector():
            ledger = Ledger()
            for sequence, movement in sorted(self.standing.items(), key=lambda item: item[1].place):
                with contextlib.suppress(Shortfall):
                    ledger = ledger.grown(sequence, [movement])
            ledger.standing(DAYS[-1])
            del ledger

    def _grow(self, movement, cancelled):
        self.sequence += 1
        before = canonical(self.ledger.fold)
        try:
            grown = self.ledger.grown(self.sequence, [] if movement is None else [movement], cancelled)
        except Shortfall:
            # What was refused has left no trace.
            assert canonical(self.ledger.fold) == before
            return
        assert canonical(self.ledger.fold) == before
        touched = movement or self.standing[next(iter(cancelled))]
        for instrument, units in changed_units(self.ledger.fold, grown.fold).items():
            place = touched.account_id, instrument
            self.tally.units[place] = EXACT.add(self.tally.units.get(place, ZERO), units)
        self._pay(touched, ONE if movement else -ONE)
        if movement is not None:
            self.standing[self.sequence] = movement
        for sequence in cancelled:
            del self.standing[sequence]
        self.ledger = grown

    def _pay(self, movement, sign):
        paid = [(movement.currency, movement.amount)]
        if movement.terms.bought is not None:
            paid.append((movement.terms.bought_currency, movement.terms.bought))
        for currency, amount in paid:
            self.tally.cash[currency] = EXACT.add(self.tally.cash.get(currency, ZERO), amount * sign)

    def _movement(self, data, kind, account, day):
        instrument = OPTION if kind in OPTION_KINDS else data.draw(st.sampled_from(INSTRUMENTS))
        other = data.draw(st.sampled_from([each for each in INSTRUMENTS if each != instrument]))
        is_for_money = kind in MONEY_ONLY or (kind.name.startswith("TRANSFER") and data.draw(st.booleans()))
        terms = self._terms(data, kind, Key(account, instrument, kind in CLOSES_SHORT))
        amount = ZERO if kind in NO_MONEY and not is_for_money else data.draw(MONEY)
        if kind is TransactionKind.DIVIDEND and data.draw(st.booleans()):
            # It is owed on units sold short.
            amount = -amount
        has_other = kind in (TransactionKind.SPIN_OFF, TransactionKind.SYMBOL_CHANGE)
        has_other |= kind in (TransactionKind.OPTION_EXERCISE, TransactionKind.OPTION_ASSIGNMENT)
        has_other |= kind is TransactionKind.MERGER and terms.numerator is not None
        return Movement(
            kind,
            day,
            self.sequence + 1,
            account,
            None if is_for_money else instrument,
            other if has_other else None,
            None if is_for_money else self._quantity(data, kind, Key(account, instrument, kind in CLOSES_SHORT), terms),
            self._signed(kind, amount, terms),
            "EUR" if is_for_money and data.draw(st.booleans()) else "USD",
            ONE,
            terms_of(terms_text(terms)),
        )

    def _signed(self, kind, amount, terms):
        if terms.units is not None:
            return -amount if terms.units > 0 else amount
        buys = terms.side is Side.BUY and kind is not TransactionKind.OPTION_EXPIRY
        # What is paid in lieu of a fraction is a part of the whole.
        return -amount if kind in UNSIGNED_COST or buys else EXACT.add(amount, self._in_lieu(kind, terms))

    @staticmethod
    def _in_lieu(kind, terms):
        is_action = kind in (TransactionKind.MERGER, TransactionKind.SPLIT, TransactionKind.SPIN_OFF)
        return terms.cash if is_action and terms.cash is not None else ZERO

    def _quantity(self, data, kind, key, terms):
        if terms.choices:
            return sum((choice.quantity for choice in terms.choices), ZERO)
        if kind is TransactionKind.TRANSFER_IN:
            return sum((lot.quantity for lot in terms.lots), ZERO)
        if kind in (TransactionKind.OPTION_CLOSE, TransactionKind.OPTION_EXPIRY):
            key = key._replace(is_short=terms.side is Side.BUY)
        held = self.ledger.fold.quantity(key)
        part = data.draw(st.sampled_from((1, 1, 2, 3)))
        if held and kind is not TransactionKind.BUY and data.draw(st.booleans()):
            return max(to_price(held / part), Decimal("1E-10"))
        return data.draw(UNITS)

    def _terms(self, data, kind, key):
        if kind in AT_START:
            return self._terms_of_action(data, kind)
        if kind in OPTION_KINDS:
            if kind not in (TransactionKind.OPTION_EXERCISE, TransactionKind.OPTION_ASSIGNMENT):
                return Terms(side=data.draw(st.sampled_from(Side)))
            return Terms(units=data.draw(UNITS) * data.draw(st.sampled_from((1, -1))))
        if kind is TransactionKind.CURRENCY_EXCHANGE:
            return Terms(bought=data.draw(MONEY), bought_currency="GBP")
        if kind is TransactionKind.TRANSFER_IN:
            lots = data.draw(st.lists(st.tuples(st.sampled_from(DAYS), UNITS, MONEY), min_size=1, max_size=3))
            return Terms(lots=tuple(TransferredLot(*lot) for lot in lots))
        cash = data.draw(MONEY) + 1 if kind is TransactionKind.REINVESTED_DIVIDEND else None
        return Terms(cash=cash, choices=self._choices(data, kind, key))

    def _choices(self, data, kind, key):
        takes = kind in (TransactionKind.SELL, TransactionKind.COVER_SHORT, TransactionKind.TRANSFER_OUT)
        held = self.ledger.fold.inventories.get(key)
        if not takes or held is None or not held.lots or data.draw(st.booleans()):
            return ()
        chosen = data.draw(st.lists(st.sampled_from(held.lots), unique_by=id, min_size=1))
        return tuple(LotChoice(lot.key, max(to_price(lot.quantity / 2), Decimal("1E-10"))) for lot in chosen)

    @staticmethod
    def _terms_of_action(data, kind):
        cash = data.draw(st.one_of(st.none(), st.just(Decimal("0.37"))))
        if kind in (TransactionKind.MERGER, TransactionKind.SYMBOL_CHANGE) and data.draw(st.booleans()):
            return Terms()
        numerator, denominator = data.draw(RATIOS)
        if kind is TransactionKind.SYMBOL_CHANGE:
            # Contracts of an option, adjusted for a split.
            return Terms(numerator=numerator, denominator=denominator)
        fraction = data.draw(st.sampled_from(("0", "0.25", "0.3333333333", "1")))
        return Terms(
            numerator=numerator,
            denominator=denominator,
            cost_fraction=Decimal(fraction),
            new_price=data.draw(MONEY),
            cash=cash,
        )


LedgerMachine.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=STEPS,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize=True,
    phases=(Phase.explicit, Phase.generate, Phase.shrink),
)
TestLedgerMachine = LedgerMachine.TestCase
