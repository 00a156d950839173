"""Which units to buy and sell so that a portfolio comes to its targets.  Pure, exact.

Long units of what is no option are traded; short units and options are left as they are, and count where they are.
Everything that counts for one target is bought or sold in proportion to its value, in steps of a unit or of 10 decimal
places, and what the steps leave by the cheapest.  Purchases are paid out of what cash there is after the sales: those
of the target that lacks most come first.  A plan for what a plan has led to is empty.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from uuid import UUID

from domain.kernel.money import EXACT, PRICE_PLACES, ZERO, product, quotient, to_money, total
from domain.market.types import InstrumentRow
from domain.portfolios.types import Side

# Smaller trades are only what rounding leaves.
SMALLEST = Decimal("0.01")
_UNIT = Decimal(1)
_FRACTION = Decimal(1).scaleb(-PRICE_PLACES)


@dataclass(eq=False, slots=True)
class Member:
    """Units of an instrument in an account, held or to come: `worth` is what one is worth in the base currency.

    `traded` is what the plan buys, or sells where it is negative.
    """

    account_id: UUID
    instrument: InstrumentRow
    units: Decimal
    price: Decimal
    worth: Decimal
    traded: Decimal = ZERO

    @property
    def value(self) -> Decimal:
        """What the units that are held are worth."""
        return product(self.units, self.worth)

    def amount_of(self, units: Decimal) -> Decimal:
        """What so many units are worth, in money of the base currency."""
        return to_money(product(units, self.worth))

    @property
    def key(self) -> tuple[Decimal, str, str]:
        """Its place among others: the cheapest first."""
        return self.worth, self.instrument.symbol, str(self.account_id)


@dataclass(eq=False, slots=True)
class Group:
    """What counts for one target: what it should be worth, what it is worth, and what of it can be traded."""

    name: tuple[str, str]
    target: Decimal
    value: Decimal
    members: list[Member] = field(default_factory=list)

    @property
    def lacking(self) -> Decimal:
        """What is to be bought; negative for what is to be sold."""
        return EXACT.subtract(self.target, self.value)


def trade(groups: Sequence[Group], cash: Decimal, *, smallest: Decimal, whole_units: bool) -> Decimal:
    """Settle what each member trades, none less than `smallest`; return the cash that is left, in the base currency.

    It is negative only where it was before the plan and what is sold does not make up for it.
    """
    step, least = _UNIT if whole_units else _FRACTION, max(smallest, SMALLEST)
    for group in groups:
        if group.lacking < 0:
            cash = EXACT.add(cash, _sell(group, step, least))
    for group in sorted(groups, key=lambda each: (-each.lacking, each.name)):
        if group.lacking > 0 and cash > 0:
            cash = EXACT.subtract(cash, _buy(group, min(group.lacking, cash), step, least))
    return cash


def side_of(member: Member) -> Side:
    """Return which way a member is traded."""
    return Side.BUY if member.traded > 0 else Side.SELL


def _sell(group: Group, step: Decimal, least: Decimal) -> Decimal:
    """Sell so much that at most a step of the cheapest is sold too much; return what it brings."""
    need = group.lacking.copy_negate()
    held = [each for each in group.members if each.units > 0 and each.worth > 0]
    sold = _in_proportion(held, need, step, least, lambda each: each.units)
    left = EXACT.subtract(need, _worth(sold))
    for member in sorted(held, key=lambda each: each.key):
        if left > 0:
            more = min(_steps(left, member, step, ROUND_FLOOR), EXACT.subtract(member.units, sold.get(member, ZERO)))
            left = EXACT.subtract(left, _add(sold, member, more, least))
    if left > 0:
        _round_up(held, sold, left, step, least)
    for member, units in sold.items():
        member.traded = units.copy_negate()
    return total(member.amount_of(units) for member, units in sold.items())


def _round_up(
    held: Sequence[Member], sold: dict[Member, Decimal], left: Decimal, step: Decimal, least: Decimal
) -> None:
    rest = [each for each in held if each.units > sold.get(each, ZERO)]
    if rest:
        cheapest = min(rest, key=lambda each: each.key)
        unsold = EXACT.subtract(cheapest.units, sold.get(cheapest, ZERO))
        _add(sold, cheapest, min(_steps(left, cheapest, step, ROUND_CEILING), unsold), least)


def _buy(group: Group, budget: Decimal, step: Decimal, least: Decimal) -> Decimal:
    """Buy within a budget; return what it costs."""
    members = [each for each in group.members if each.worth > 0]
    bought = _in_proportion(members, budget, step, least, None)
    left = EXACT.subtract(budget, _spent(bought))
    for member in sorted(members, key=lambda each: each.key):
        left = EXACT.subtract(left, _add(bought, member, _steps(left, member, step, ROUND_FLOOR), least))
    for member, units in bought.items():
        member.traded = units
    return _spent(bought)


def _in_proportion(
    members: Iterable[Member],
    amount: Decimal,
    step: Decimal,
    least: Decimal,
    limit: Callable[[Member], Decimal] | None,
) -> dict[Member, Decimal]:
    """Spread an amount over members in proportion to their value; those whose part is too small leave it to others."""
    # Where nothing is held yet there is one, and it takes all.
    active = sorted(members, key=lambda each: (-each.value, each.key))
    while active:
        whole = total(each.value for each in active)
        parts = {}
        for each in active:
            share = quotient(product(amount, each.value), whole) if whole else quotient(amount, Decimal(len(active)))
            units = _steps(share, each, step, ROUND_FLOOR)
            if limit is not None and (amount >= whole or units > limit(each)):
                units = limit(each)
            parts[each] = units
        if all(each.amount_of(units) >= least for each, units in parts.items()):
            return parts
        active.pop()
    return {}


def _steps(amount: Decimal, member: Member, step: Decimal, rounding: str) -> Decimal:
    """Return the units that an amount buys, rounded to steps."""
    if amount <= 0:
        return ZERO
    steps = quotient(amount, product(member.worth, step)).to_integral_value(rounding, context=EXACT)
    return product(steps, step)


def _add(parts: dict[Member, Decimal], member: Member, units: Decimal, least: Decimal) -> Decimal:
    """Add units to a member's part where they make no trade that is too small; return what they are worth."""
    if units <= 0:
        return ZERO
    together = EXACT.add(parts.get(member, ZERO), units)
    if member.amount_of(together) < least:
        return ZERO
    parts[member] = together
    return product(units, member.worth)


def _worth(parts: dict[Member, Decimal]) -> Decimal:
    return total(product(units, member.worth) for member, units in parts.items())


def _spent(parts: dict[Member, Decimal]) -> Decimal:
    return total(member.amount_of(units) for member, units in parts.items())
