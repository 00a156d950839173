"""Wash sales: the ledgers of one owner folded together for tax.  Pure, exact.

A loss on units is not deducted as far as units of the same instrument are acquired within the 30 days before or after
the sale, in whatever account of the owner: it is added to the basis of those units, and the time for which the sold
ones were held to the time of theirs.  Source: Internal Revenue Code, sections 1091 and 1223(3); 26 CFR 1.1091-1 and
1.1091-2; IRS Publication 550, "Wash Sales".

What is not done: instruments that are substantially identical without being the same (options on the shares that were
sold, another class of them); losses of closed short sales, section 1091(e); purchases by a spouse.
"""

from collections import deque
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
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


@dataclass(slots=True)
class _Loss:
    """A loss, and its units, that no units were acquired in place of yet."""

    place: int
    sale: Disposal
    units: Decimal
    loss: Decimal


@dataclass(slots=True)
class _Purchase:
    """Units that were acquired and stand for no sold ones yet."""

    place: int
    key: Key
    lot: Lot


@dataclass(slots=True)
class _Group:
    """Instruments that are the same one after the other; losses and purchases in order."""

    members: list[UUID] = field(default_factory=list)
    losses: deque[_Loss] = field(default_factory=deque)
    purchases: deque[_Purchase] = field(default_factory=deque)

    def forget(self, day: date) -> None:
        """Drop what is too long ago for what happens on this day."""
        earliest = day - _WINDOW
        while self.losses and self.losses[0].sale.movement.trade_date < earliest:
            self.losses.popleft()
        while self.purchases and self.purchases[0].lot.opened_on < earliest:
            self.purchases.popleft()


@dataclass(eq=False)
class TaxFold(Fold):
    """The ledgers of one owner folded together.  In `sheltered` accounts gains are not taxed, and losses not deducted.

    All ledgers are in one base currency, and each account is of one of them.
    """

    sheltered: Collection[UUID] = ()
    wash_sales: list[WashSale] = field(default_factory=list)
    _groups: dict[UUID, _Group] = field(default_factory=dict)
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
        """Let units that were acquired stand for sold ones, the first sold before the others."""
        if key.is_short:
            return
        group = self._group(key.instrument_id)
        group.forget(movement.trade_date)
        rest: _Purchase | None = _Purchase(self._next_place(), key, lot)
        while rest is not None and group.losses:
            loss = group.losses[0]
            rest = self._match(loss, rest)
            if not loss.units:
                group.losses.popleft()
        if rest is not None:
            group.purchases.append(rest)

    def closed(self, disposal: Disposal) -> None:
        """Look for units that were acquired before a loss was realized and are held still, the first ones first."""
        gain, key = disposal.economic_gain, disposal.key
        if gain is None or gain >= 0 or not disposal.quantity or key.is_short or key.account_id in self.sheltered:
            return
        group = self._group(key.instrument_id)
        group.forget(disposal.movement.trade_date)
        loss = _Loss(self._next_place(), disposal, disposal.quantity, gain.copy_negate())
        self._match_earlier(group, loss)
        if loss.units:
            group.losses.append(loss)

    def _match_earlier(self, group: _Group, loss: _Loss) -> None:
        family = (loss.sale.key.account_id, root_of(loss.sale.lot))
        passed = []
        while group.purchases and loss.units:
            purchase: _Purchase | None = group.purchases.popleft()
            assert purchase is not None
            if not purchase.lot.is_open:
                continue
            # Units that were bought with the sold ones replace none of them (Revenue Ruling 56-602).
            if (purchase.key.account_id, purchase.lot.root) != family:
                purchase = self._match(loss, purchase)
            if purchase is not None:
                passed.append(purchase)
        group.purchases.extendleft(reversed(passed))

    def _match(self, loss: _Loss, purchase: _Purchase) -> _Purchase | None:
        """Let a purchase take as much of a loss as it has units for; return what is left of the purchase."""
        lot, key = purchase.lot, purchase.key
        held = self.inventory(key)
        rest = None
        if lot.quantity > loss.units:
            rest = _Purchase(purchase.place, key, held.cut(lot, loss.units, self._name(key, lot)))
        disallowed = share(loss.loss, lot.quantity, loss.units)
        loss.loss = EXACT.subtract(loss.loss, disallowed)
        loss.units = EXACT.subtract(loss.units, lot.quantity)
        loss.sale.disallowed = EXACT.add(loss.sale.disallowed, disallowed)
        is_lost = key.account_id in self.sheltered
        self.wash_sales.append(WashSale(loss.sale, key, lot.key, lot.opened_on, lot.quantity, disallowed, is_lost))
        if not is_lost:
            _move(held, lot, loss.sale, disallowed)
        return rest

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
        group = self._group(movement.instrument_id)
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
        old, new = movement.instrument_id, movement.other_id
        assert new is not None
        group, other = self._group(old), self._group(new)
        for purchase in group.purchases:
            if purchase.key == (movement.account_id, old, False):
                purchase.key = purchase.key._replace(instrument_id=new)
        if group is other:
            return
        members = [*group.members, *other.members]
        losses = deque(sorted((*group.losses, *other.losses), key=lambda each: each.place))
        purchases = deque(sorted((*group.purchases, *other.purchases), key=lambda each: each.place))
        joined = _Group(members, losses, purchases)
        self._groups.update(dict.fromkeys(members, joined))

    def _group(self, instrument_id: UUID | None) -> _Group:
        assert instrument_id is not None
        found = self._groups.get(instrument_id)
        if found is None:
            found = self._groups[instrument_id] = _Group([instrument_id])
        return found

    def _next_place(self) -> int:
        self._places += 1
        return self._places


def _move(held: Inventory, lot: Lot, sale: Disposal, loss: Decimal) -> None:
    """Add a loss to a lot's basis, and the days for which the sold units were held to those of the lot."""
    held.adjust(lot, loss)
    days = sale.movement.trade_date - sale.held_from
    # Chains of sales that overlap could go on to no date at all.
    lot.held_from -= min(days, max(lot.held_from - EARLIEST_DATE, timedelta()))


def fold_for_tax(
    ledgers: Sequence[Iterable[Movement]], method: LotMethod, sheltered: Collection[UUID], until: date | None = None
) -> TaxFold:
    """Fold the ledgers of one owner, up to the end of a day, by trade date, ledger and sequence.

    Raises `Shortfall`.
    """
    fold = TaxFold(method, sheltered=frozenset(sheltered))
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
