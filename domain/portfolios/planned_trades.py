"""The trades of a plan as they can be recorded: with the lots that are sold, and what the wash-sale rule says to them.

Pure, exact.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from domain.kernel.money import product, to_money, total
from domain.market.types import InstrumentRow
from domain.portfolios.ledger import Ledger
from domain.portfolios.lot_choice import Sale, SaleMethod, SoldLot, chosen_lots, opening_sequence
from domain.portfolios.rebalancing import Member, side_of
from domain.portfolios.records import Key
from domain.portfolios.types import AccountKind, Side, TransactionKind

AccountKinds = Mapping[UUID, AccountKind]

# A sale that names more lots is refused.
MOST_LOTS = 1_000
# Source: IRS Publication 550, "Wash Sales": 30 days before or after the sale.
_WASH_DAYS = timedelta(days=30)
_PURCHASES = (TransactionKind.BUY, TransactionKind.REINVESTED_DIVIDEND)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedTrade:
    """A purchase or a sale; `price` and `amount` in the instrument's currency, before fees."""

    account_id: UUID
    instrument: InstrumentRow
    side: Side
    quantity: Decimal
    price: Decimal
    amount: Decimal
    day: date
    lots: tuple[SoldLot, ...] = ()

    @property
    def cash_change(self) -> Decimal:
        """What the trade changes cash by."""
        return self.amount if self.side is Side.SELL else self.amount.copy_negate()


@dataclass(frozen=True, slots=True, kw_only=True)
class WashWarning:
    """That a lot would be sold at a loss which the wash-sale rule may disallow.

    `bought_on` is when units took its place within 30 days before, None where the plan itself buys them.
    """

    instrument: InstrumentRow
    lot: str
    loss: Decimal
    bought_on: date | None


def planned_trades(
    members: Sequence[Member], standing: Ledger, kinds: AccountKinds, method: SaleMethod, day: date
) -> tuple[PlannedTrade, ...]:
    """Return the trades, sales before purchases, by symbol and account; one of more lots than 1,000 in parts."""
    sales = (each for each in members if side_of(each) is Side.SELL)
    trades = [trade for each in sales for trade in _sales(each, standing, kinds, method, day)]
    trades += [_trade(each, each.traded, day) for each in members if side_of(each) is Side.BUY]
    return tuple(sorted(trades, key=lambda each: (each.side is Side.BUY, each.instrument.symbol, str(each.account_id))))


def wash_warnings(trades: Sequence[PlannedTrade], standing: Ledger, day: date) -> tuple[WashWarning, ...]:
    """Return a warning for each lot that is sold at a loss while the same was bought, or is, within 30 days."""
    bought = {each.instrument.id for each in trades if each.side is Side.BUY}
    recent: dict[UUID, list[tuple[int, date]]] = {}
    for movement in standing.between(day - _WASH_DAYS, day):
        if movement.kind in _PURCHASES and movement.instrument_id is not None:
            recent.setdefault(movement.instrument_id, []).append((movement.sequence, movement.trade_date))
    warnings = []
    for each in trades:
        for lot in each.lots:
            if lot.gain is None or lot.gain >= 0 or not lot.is_taxable:
                continue
            # To sell what was bought is no purchase of it anew.
            others = [on for number, on in recent.get(each.instrument.id, ()) if number != opening_sequence(lot.key)]
            if others or each.instrument.id in bought:
                last = max(others, default=None)
                warnings.append(
                    WashWarning(instrument=each.instrument, lot=lot.key, loss=lot.gain.copy_negate(), bought_on=last)
                )
    return tuple(warnings)


def _sales(
    member: Member, standing: Ledger, kinds: AccountKinds, method: SaleMethod, day: date
) -> Iterator[PlannedTrade]:
    held = standing.fold.inventories[Key(member.account_id, member.instrument.id, is_short=False)]
    sale = Sale(units=member.traded.copy_negate(), worth=member.worth, account_kind=kinds[member.account_id], day=day)
    lots = chosen_lots(held.lots, sale, method)
    for start in range(0, len(lots), MOST_LOTS):
        part = lots[start : start + MOST_LOTS]
        yield _trade(member, total(lot.quantity for lot in part).copy_negate(), day, tuple(part))


def _trade(member: Member, units: Decimal, day: date, lots: tuple[SoldLot, ...] = ()) -> PlannedTrade:
    quantity = abs(units)
    return PlannedTrade(
        account_id=member.account_id,
        instrument=member.instrument,
        side=Side.SELL if units < 0 else Side.BUY,
        quantity=quantity,
        price=member.price,
        amount=to_money(product(quantity, member.price)),
        day=day,
        lots=lots,
    )
