"""Wash sales: the ledgers of one owner folded together for tax.  Pure, exact.

A loss on units is not deducted as far as units of the same instrument are acquired within the 30 days before or after
the sale, in whatever account of the owner: it is added to the basis of those units, and the time for which the sold
ones were held to the time of theirs.  A call on the instrument that is bought counts as the units that it would bring.
A loss on what was sold short is not deducted as far as the same instrument is sold short again within the 30 days
before or after it was bought back: it is taken from what the new short sale has brought.  Source: Internal Revenue
Code, sections 1091(a), (d) and (e)(2), and 1223(3); 26 CFR 1.1091-1 and 1.1091-2; IRS Publication 550, "Wash Sales".

What is not done: other instruments that are substantially identical without being the same (another class of shares, a
call of another strike in place of one that was sold, a put that was written deep in the money); section 1091(e)(1), a
short sale closed at a loss beside a sale of units that were held, of which the Code says that the loss is not deducted
and not where it goes; losses of who has written options; purchases by a spouse.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID

from domain.kernel.dates import EARLIEST_DATE
from domain.kernel.money import EXACT, product, quotient, to_price
from domain.portfolios import rules
from domain.portfolios.fold import Fold
from domain.portfolios.inventory import Inventory
from domain.portfolios.lots import Lot, root_of, share
from domain.portfolios.movements import AT_START, Movement
from domain.portfolios.records import Disposal, Key
from domain.portfolios.types import LotMethod, TransactionKind

_WINDOW = timedelta(days=30)
# Accounts book one action of a company on days that differ by so many at most.
_SAME_ACTION = timedelta(days=5)
# Of what a unit has ten places.
_LEAST = Decimal("1E-10")
# How the side of who has written an option is closed.
_OF_WRITERS = frozenset({TransactionKind.OPTION_CLOSE, TransactionKind.OPTION_EXPIRY})


@dataclass(frozen=True, slots=True)
class WashSale:
    """That so much of a loss was disallowed because of these units of a lot.  `is_lost`: it went into no basis."""

    sale: Disposal
    key: Key
    lot: str
    opened_on: date
    units: Decimal
    disallowed: Decimal
    is_lost: bool


@dataclass(frozen=True, slots=True)
class Call:
    """An option to buy: units of the underlying that one contract brings."""

    underlying_id: UUID
    units: Decimal


@dataclass(slots=True)
class _Loss:
    """A loss, and its units, that no units were acquired in place of yet."""

    place: int
    sale: Disposal
    units: Decimal
    loss: Decimal


@dataclass(slots=True)
class _Purchase:
    """Units that were acquired, or sold short, and stand for no others yet; without a lot when all of them do."""

    place: int
    key: Key
    lot: Lot | None
    opened_on: date


@dataclass(slots=True)
class _Group:
    """Instruments that are the same one after the other, long or short; losses and purchases in order.

    Of the long ones, purchases are those of calls on them too.
    """

    members: list[UUID] = field(default_factory=list)
    losses: deque[_Loss] = field(default_factory=deque)
    purchases: deque[_Purchase] = field(default_factory=deque)

    def forget(self, day: date) -> None:
        """Drop what is too long ago for what happens on this day."""
        earliest = day - _WINDOW
        while self.losses and self.losses[0].sale.movement.trade_date < earliest:
            self.losses.popleft()
        while self.purchases and self.purchases[0].opened_on < earliest:
            self.purchases.popleft()


@dataclass(eq=False)
class TaxFold(Fold):
    """The ledgers of one owner folded together.  In `sheltered` accounts gains are not taxed, and losses not deducted.

    All ledgers are in one base currency, and each account is of one of them.
    """

    sheltered: Collection[UUID] = ()
    calls: Mapping[UUID, Call] = field(default_factory=dict)
    wash_sales: list[WashSale] = field(default_factory=list)
    _groups: dict[tuple[UUID, bool], _Group] = field(default_factory=dict)
    _cuts: dict[tuple[UUID, str], int] = field(default_factory=dict)
    _actions: dict[tuple[object, ...], list[tuple[date, set[UUID]]]] = field(default_factory=dict)
    _places: int = 0

    def apply(self, movement: Movement) -> None:
        """Fold one more movement; they come in order of trade date.  Raises `Shortfall`."""
        if movement.kind is TransactionKind.SPLIT:
            self._turn(movement)
        elif movement.other_id is not None and movement.kind in (TransactionKind.SYMBOL_CHANGE, TransactionKind.MERGER):
            if self._group(movement.instrument_id) is not self._group(movement.other_id):
                self._turn(movement)
            self._join(movement)
        rules.apply(self, movement)

    def opened(self, key: Key, lot: Lot, movement: Movement) -> None:
        """Let units that were acquired, or sold short, stand for closed ones, the first closed before the others."""
        if key.is_short and movement.kind is TransactionKind.OPTION_OPEN:
            return
        purchase = _Purchase(self._next_place(), key, lot, lot.opened_on)
        for group in self._replaced_by(key):
            group.forget(movement.trade_date)
            while purchase.lot is not None and group.losses:
                loss = group.losses[0]
                self._match(group, loss, purchase)
                if not loss.units:
                    group.losses.popleft()
            if purchase.lot is None:
                return
            group.purchases.append(purchase)

    def _replaced_by(self, key: Key) -> Iterator[_Group]:
        yield self._group(key.instrument_id, key.is_short)
        call = None if key.is_short else self.calls.get(key.instrument_id)
        if call is not None:
            yield self._group(call.underlying_id)

    def closed(self, disposal: Disposal) -> None:
        """Look for units that were opened before a loss was realized and are there still, the first ones first."""
        gain, key = disposal.economic_gain, disposal.key
        if gain is None or gain >= 0 or not disposal.quantity or key.account_id in self.sheltered:
            return
        if key.is_short and disposal.movement.kind in _OF_WRITERS:
            return
        group = self._group(key.instrument_id, key.is_short)
        group.forget(disposal.movement.trade_date)
        loss = _Loss(self._next_place(), disposal, disposal.quantity, gain.copy_negate())
        self._match_earlier(group, loss)
        if loss.units:
            group.losses.append(loss)

    def _match_earlier(self, group: _Group, loss: _Loss) -> None:
        family = (loss.sale.key.account_id, root_of(loss.sale.lot))
        passed = []
        while group.purchases and loss.units:
            purchase = group.purchases.popleft()
            if purchase.lot is None or not purchase.lot.is_open:
                continue
            # Units that were bought with the sold ones replace none of them (Revenue Ruling 56-602).
            if (purchase.key.account_id, purchase.lot.root) != family:
                self._match(group, loss, purchase)
            if purchase.lot is not None:
                passed.append(purchase)
        group.purchases.extendleft(reversed(passed))

    def _match(self, group: _Group, loss: _Loss, purchase: _Purchase) -> None:
        """Let a purchase take as much of a loss as it has units for; what is left of it is left for another."""
        lot, key = purchase.lot, purchase.key
        assert lot is not None
        held = self.inventory(key)
        wanted, units = self._counted(group, loss, key, lot)
        purchase.lot = held.cut(lot, wanted, self._name(key, lot)) if lot.quantity > wanted else None
        disallowed = share(loss.loss, units, loss.units)
        loss.loss = EXACT.subtract(loss.loss, disallowed)
        loss.units = EXACT.subtract(loss.units, units)
        loss.sale.disallowed = EXACT.add(loss.sale.disallowed, disallowed)
        is_lost = key.account_id in self.sheltered
        self.wash_sales.append(WashSale(loss.sale, key, lot.key, lot.opened_on, lot.quantity, disallowed, is_lost))
        if not is_lost:
            _move(held, key, lot, loss.sale, disallowed)

    def _counted(self, group: _Group, loss: _Loss, key: Key, lot: Lot) -> tuple[Decimal, Decimal]:
        """Return how many units of a lot those of a loss ask for, and of how many of them it takes the loss."""
        call = self.calls.get(key.instrument_id)
        if call is None or key.instrument_id in group.members:
            return loss.units, min(loss.units, lot.quantity)
        wanted = max(to_price(quotient(loss.units, call.units)), _LEAST)
        return wanted, loss.units if lot.quantity >= wanted else min(loss.units, product(lot.quantity, call.units))

    def _name(self, key: Key, lot: Lot) -> str:
        family = (key.account_id, lot.root)
        self._cuts[family] = self._cuts.get(family, 0) + 1
        return f"{lot.root}~{self._cuts[family]}"

    def _turn(self, movement: Movement) -> None:
        """Let what is waited for be counted in the units that there are after a split or a merger."""
        ratio = movement.ratio
        if ratio is None or self._is_known(movement):
            return
        numerator, denominator = ratio
        for is_short in (False, True):
            group = self._group(movement.instrument_id, is_short)
            for loss in group.losses:
                loss.units = to_price(quotient(product(loss.units, Decimal(numerator)), Decimal(denominator)))
            group.losses = deque(loss for loss in group.losses if loss.units)

    def _is_known(self, movement: Movement) -> bool:
        """Whether another account has booked the same action; a second one of an account is another."""
        terms, day = movement.terms, movement.trade_date
        action = (movement.kind, movement.instrument_id, movement.other_id, terms.numerator, terms.denominator)
        found = self._actions.setdefault(action, [])
        for first, accounts in found:
            if day - first <= _SAME_ACTION and movement.account_id not in accounts:
                accounts.add(movement.account_id)
                return True
        found.append((day, {movement.account_id}))
        return False

    def _join(self, movement: Movement) -> None:
        """Let one instrument go on as another."""
        for is_short in (False, True):
            self._join_side(movement, is_short)

    def _join_side(self, movement: Movement, is_short: bool) -> None:
        old, new = movement.instrument_id, movement.other_id
        assert new is not None
        group, other = self._group(old, is_short), self._group(new, is_short)
        for purchase in group.purchases:
            if purchase.key == (movement.account_id, old, is_short):
                purchase.key = purchase.key._replace(instrument_id=new)
        if group is other:
            return
        members = [*group.members, *other.members]
        losses = deque(sorted((*group.losses, *other.losses), key=lambda each: each.place))
        purchases = deque(sorted((*group.purchases, *other.purchases), key=lambda each: each.place))
        joined = _Group(members, losses, purchases)
        self._groups.update(dict.fromkeys(((member, is_short) for member in members), joined))

    def _group(self, instrument_id: UUID | None, is_short: bool = False) -> _Group:
        assert instrument_id is not None
        found = self._groups.get((instrument_id, is_short))
        if found is None:
            found = self._groups[instrument_id, is_short] = _Group([instrument_id])
        return found

    def _next_place(self) -> int:
        self._places += 1
        return self._places


def _move(held: Inventory, key: Key, lot: Lot, sale: Disposal, loss: Decimal) -> None:
    """Add a loss to a lot's basis, and the days for which the sold units were held to those of the lot."""
    held.adjust(lot, loss)
    if key.is_short:
        return
    days = sale.movement.trade_date - sale.held_from
    # Chains of sales that overlap could go on to no date at all.
    lot.held_from -= min(days, max(lot.held_from - EARLIEST_DATE, timedelta()))


def fold_for_tax(
    ledgers: Sequence[Iterable[Movement]],
    method: LotMethod,
    sheltered: Collection[UUID],
    until: date | None = None,
    calls: Mapping[UUID, Call] = MappingProxyType({}),
) -> TaxFold:
    """Fold the ledgers of one owner, up to the end of a day, by trade date, ledger and sequence.

    Raises `Shortfall`.
    """
    fold = TaxFold(method, sheltered=frozenset(sheltered), calls=calls)
    for movement in _in_order(ledgers):
        if until is not None and movement.trade_date > until:
            break
        fold.apply(movement)
    if method is LotMethod.AVERAGE:
        for held in fold.inventories.values():
            held.level()
    return fold


def _in_order(ledgers: Sequence[Iterable[Movement]]) -> Iterator[Movement]:
    # What a company does comes first on its day, in whichever ledger it stands.
    numbered = [
        (each.trade_date, each.kind not in AT_START, place, each.sequence, each)
        for place, own in enumerate(ledgers)
        for each in own
    ]
    return (each for *_, each in sorted(numbered, key=lambda row: row[:4]))
