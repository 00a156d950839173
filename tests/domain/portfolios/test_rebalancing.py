"""Which units a plan trades: properties over made-up portfolios, and a few by hand."""

from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.kernel.money import to_money
from domain.market.types import InstrumentKind, InstrumentRow
from domain.portfolios.lot_choice import opening_sequence
from domain.portfolios.rebalancing import SMALLEST, Group, Member, trade
from tests.factories.portfolios import MONDAY

ACCOUNT = UUID(int=1)


@dataclass
class Made:
    """A portfolio: of each group the target weight, and of each member units and price."""

    groups: list[tuple[Decimal, list[tuple[Decimal, Decimal]]]]
    cash: Decimal

    @property
    def whole(self):
        values = (units * price for _, members in self.groups for units, price in members)
        return self.cash + sum(values, Decimal(0))

    def asked(self):
        """As the plan needs it."""
        return [self._group(number, weight, members) for number, (weight, members) in enumerate(self.groups)]

    def _group(self, number, weight, members):
        made = [
            Member(ACCOUNT, instrument(f"{number}-{place}"), units, price, price)
            for place, (units, price) in enumerate(members)
        ]
        return Group(("GROUP", f"{number}"), weight * self.whole, sum((m.value for m in made), Decimal(0)), made)

    def after(self, groups, cash):
        """Return what the plan leads to; what is sold off is held no more, but a lone one, which is a target's own."""
        held = []
        for (weight, _), group in zip(self.groups, groups, strict=True):
            members = [(each.units + each.traded, each.price) for each in group.members]
            held.append((weight, [each for each in members if each[0] or len(members) == 1]))
        return Made(held, cash)


def instrument(symbol):
    return InstrumentRow(
        UUID(int=hash(symbol) % 2**64), 1, symbol, symbol, InstrumentKind.STOCK, None, "USD", None, MONDAY, "made up"
    )


def prices():
    return st.decimals("0.01", "2000", places=2)


@st.composite
def portfolios(draw):
    whole = draw(st.booleans())
    units = st.integers(0, 500).map(Decimal) if whole else st.decimals("0", "500", places=3)
    weights = draw(st.lists(st.integers(0, 100), min_size=1, max_size=6))
    scale = max(100, sum(weights))
    groups = []
    for weight in weights:
        members = draw(st.lists(st.tuples(units, prices()), min_size=1, max_size=4))
        # What is not held counts for no sector; one that is to be bought stands alone.
        held = [each for each in members if each[0]] or members[:1]
        groups.append((Decimal(weight) / scale, held))
    cash = draw(st.decimals("0", "100000", places=2))
    return Made([(weight.quantize(Decimal("0.0001"), "ROUND_FLOOR"), held) for weight, held in groups], cash), whole


@settings(max_examples=300, deadline=None)
@given(portfolios(), st.sampled_from(["0", "1", "50", "1000"]).map(Decimal))
def test_a_plan_comes_to_the_targets_pays_its_way_and_leaves_nothing_to_do(made, smallest):
    portfolio, whole_units = made
    if portfolio.whole <= 0:
        return
    groups = portfolio.asked()

    cash = trade(groups, portfolio.cash, smallest=smallest, whole_units=whole_units)

    members = [each for group in groups for each in group.members]
    assert cash >= 0
    spent = sum((to_money(-each.traded * each.price) for each in members), Decimal(0))
    assert cash == portfolio.cash + spent
    for each in members:
        assert each.units + each.traded >= 0
        assert not each.traded or to_money(abs(each.traded) * each.price) >= max(smallest, SMALLEST)
        closes = each.traded == -each.units
        assert not whole_units or closes or each.traded == each.traded.to_integral_value()
    if not smallest:
        check_within_a_unit(groups, whole_units=whole_units)

    again = portfolio.after(groups, cash).asked()
    left = trade(again, cash, smallest=smallest, whole_units=whole_units)
    assert [each.traded for group in again for each in group.members if each.traded] == []
    assert left == cash


def check_within_a_unit(groups, *, whole_units):
    # Trades below a cent are not made, and what they would have brought cannot be spent.
    dust = SMALLEST * sum(len(group.members) for group in groups)
    for group in groups:
        traded = sum((each.traded * each.price for each in group.members), Decimal(0))
        unit = max(each.price for each in group.members) if whole_units else Decimal(0)
        assert abs(group.target - group.value - traded) < unit + dust, group


def plan(groups, cash, *, smallest="0", whole_units=True):
    made = Made([(Decimal(w), [(Decimal(u), Decimal(p)) for u, p in held]) for w, held in groups], Decimal(cash))
    asked = made.asked()
    left = trade(asked, made.cash, smallest=Decimal(smallest), whole_units=whole_units)
    return [[each.traded for each in group.members] for group in asked], left


def test_sales_are_rounded_up_and_purchases_down():
    # 1,000 in all: 4.5 units are too many, and 450 buy ten of 45.
    traded, left = plan([("0.55", [("10", "100")]), ("0.45", [("0", "45")])], "0")

    assert (traded, left) == ([[Decimal(-5)], [Decimal(10)]], Decimal(50))


def test_fractions_hit_the_target():
    traded, left = plan([("0.5", [("10", "100")]), ("0.5", [("0", "32")])], "0", whole_units=False)

    assert (traded, left) == ([[Decimal(-5)], [Decimal("15.625")]], Decimal(0))


def test_a_sector_is_sold_in_proportion():
    traded, left = plan([("0.5", [("60", "10"), ("20", "20")])], "0")

    assert (traded, left) == ([[Decimal(-30), Decimal(-10)]], Decimal(500))


def test_what_has_no_target_is_sold_with_its_fraction():
    assert plan([("0", [("2.5", "10")])], "5") == ([[Decimal("-2.5")]], Decimal(30))


def test_small_parts_leave_theirs_to_larger_ones():
    traded, left = plan([("1", [("50", "10"), ("1", "10")])], "90", smallest="20", whole_units=False)

    assert (traded, left) == ([[Decimal(9), Decimal(0)]], Decimal(0))


def test_cash_that_is_owed_is_paid_back_first():
    traded, left = plan([("0.5", [("10", "100")]), ("0.5", [("0", "10")])], "-200")

    # 800 in all: 400 each.
    assert (traded, left) == ([[Decimal(-6)], [Decimal(40)]], Decimal(0))


def test_purchases_end_where_cash_does():
    # The sale is too small to be made, so that there is less to buy with.
    traded, left = plan([("0.9", [("0", "10")]), ("0.1", [("10", "5")])], "50", smallest="50")

    assert (traded, left) == ([[Decimal(5)], [Decimal(0)]], Decimal(0))


@pytest.mark.parametrize(("key", "sequence"), [("12", 12), ("12-2", 12), ("12.45", 12), ("12-2.45~1", 12)])
def test_a_lot_s_name_begins_with_what_opened_it(key, sequence):
    assert opening_sequence(key) == sequence
