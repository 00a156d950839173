"""A second bookkeeper for all kinds of transaction, who reads stored rows and shares no code with the first.

Money of a part is its share of the whole, rounded half-even to 8 places; parts of a whole are taken one after another
so that they sum to it.  Units of actions are rounded so that their sum is that of the whole, to 10 places.
"""

import decimal
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from domain.portfolios.models import Transaction

CENTS, PARTICLES = Decimal("1E-8"), Decimal("1E-10")
ROUGH = decimal.Context(prec=100, rounding=decimal.ROUND_HALF_EVEN)
NOTHING = Decimal(0)

Side = tuple[Any, Any, bool]


@dataclass
class Lot:
    """Units that came together."""

    name: str
    opened: date
    units: Decimal
    cost: Decimal


def portion(amount: Decimal, of: Decimal, whole: Decimal, step: Decimal = CENTS) -> Decimal:
    """Return amount × of ÷ whole, rounded."""
    return ROUGH.divide(ROUGH.multiply(amount, of), whole).quantize(step, context=ROUGH)


def dealt(amount: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Deal an amount out by weights."""
    parts: list[Decimal] = []
    whole, reached = sum(weights, NOTHING), NOTHING
    for weight in weights:
        reached += weight
        until = amount if reached == whole else portion(amount, reached, whole)
        parts.append(until - sum(parts, NOTHING))
    return parts


class Bookkeeper:
    """What is held, what it cost, and cash."""

    def __init__(self) -> None:
        self.lots: dict[Side, list[Lot]] = defaultdict(list)
        self.cash: dict[str, Decimal] = defaultdict(Decimal)

    def enter(self, row: Transaction) -> None:
        """Book one transaction; they come in order of trade date and sequence."""
        told = json.loads(row.details or "{}")
        self.cash[row.currency] += row.amount
        long = (row.account_id, row.instrument_id, False)
        short = (row.account_id, row.instrument_id, True)
        other = (row.account_id, row.other_instrument_id, False)
        getattr(self, f"_{row.kind.lower()}", self._nothing)(row, told, long, short, other)

    def _nothing(self, *_: Any) -> None:
        pass

    def _currency_exchange(self, row: Transaction, told: Any, *_: Any) -> None:
        self.cash[told["bought_currency"]] += Decimal(told["bought"])

    def _buy(self, row: Transaction, told: Any, long: Side, *_: Any) -> None:
        self.add(long, Lot(str(row.sequence), row.trade_date, _units(row), -row.amount))

    def _sell(self, row: Transaction, told: Any, long: Side, *_: Any) -> None:
        self.take(long, _units(row), told.get("choices", ()))

    def _short_sale(self, row: Transaction, told: Any, long: Side, short: Side, *_: Any) -> None:
        self.add(short, Lot(str(row.sequence), row.trade_date, _units(row), row.amount))

    def _cover_short(self, row: Transaction, told: Any, long: Side, short: Side, *_: Any) -> None:
        self.take(short, _units(row), told.get("choices", ()))

    def _reinvested_dividend(self, row: Transaction, told: Any, long: Side, *_: Any) -> None:
        self.add(long, Lot(str(row.sequence), row.trade_date, _units(row), Decimal(told["cash"])))

    def _option_open(self, row: Transaction, told: Any, *sides: Side) -> None:
        (self._short_sale if told["side"] == "SELL" else self._buy)(row, told, *sides)

    def _option_close(self, row: Transaction, told: Any, *sides: Side) -> None:
        (self._cover_short if told["side"] == "BUY" else self._sell)(row, told, *sides)

    _option_expiry = _option_close

    def _transfer_in(self, row: Transaction, told: Any, long: Side, *_: Any) -> None:
        lots = told.get("lots", ())
        for place, (day, units, cost) in enumerate(lots, 1):
            name = str(row.sequence) if len(lots) == 1 else f"{row.sequence}-{place}"
            self.add(long, Lot(name, date.fromisoformat(day), Decimal(units), Decimal(cost)))

    def _transfer_out(self, row: Transaction, told: Any, long: Side, *_: Any) -> None:
        if row.instrument_id is not None:
            self.take(long, _units(row), told.get("choices", ()))

    def _return_of_capital(self, row: Transaction, told: Any, long: Side, *_: Any) -> None:
        lots = self.lots[long]
        for lot, paid in zip(lots, dealt(row.amount, [lot.units for lot in lots]), strict=True):
            lot.cost -= min(paid, max(lot.cost, NOTHING))

    def _split(self, row: Transaction, told: Any, long: Side, short: Side, *_: Any) -> None:
        for side in (long, short):
            lots = self.lots[side]
            for lot, units in zip(lots, self._scaled(lots, told), strict=True):
                lot.units = units
            self.lots[side] = [lot for lot in lots if lot.units]
        self._sell_fraction(long, told)

    def _spin_off(self, row: Transaction, told: Any, long: Side, short: Side, child: Side) -> None:
        lots = self.lots[long]
        for lot, units in zip(lots, self._scaled(lots, told), strict=True):
            if units:
                moved = (lot.cost * Decimal(told.get("cost_fraction", "0"))).quantize(CENTS, context=ROUGH)
                lot.cost -= moved
                self.add(child, Lot(f"{lot.name}.{row.sequence}", lot.opened, units, moved))
        self._sell_fraction(child, told)

    def _merger(self, row: Transaction, told: Any, long: Side, short: Side, other: Side) -> None:
        lots, self.lots[long] = self.lots[long], []
        if row.other_instrument_id is None:
            return
        boots = dealt(row.amount - Decimal(told.get("cash", "0")), [lot.units for lot in lots])
        for lot, units, boot in zip(lots, self._scaled(lots, told), boots, strict=True):
            worth = (units * Decimal(told.get("new_price", "0"))).quantize(CENTS, context=ROUGH)
            gain = max(NOTHING, min(boot, boot + worth - lot.cost))
            if units:
                self.add(other, Lot(lot.name, lot.opened, units, lot.cost - (boot - gain)))
        self._sell_fraction(other, told)

    def _symbol_change(self, row: Transaction, told: Any, long: Side, short: Side, other: Side) -> None:
        more, rest = divmod(told.get("numerator", 1), told.get("denominator", 1))
        for side in (long, short):
            lots, self.lots[side] = self.lots[side], []
            for lot in lots:
                # Contracts that a split of whole units has made more.
                lot.units *= 1 if rest else more
                self.add((*other[:2], side[2]), lot)

    def _option_exercise(self, row: Transaction, told: Any, long: Side, short: Side, other: Side) -> None:
        premium = sum((lot.cost for lot in self.take(long, _units(row))), NOTHING)
        self._deliver(row, Decimal(told["units"]), row.amount - premium, other)

    def _option_assignment(self, row: Transaction, told: Any, long: Side, short: Side, other: Side) -> None:
        premium = sum((lot.cost for lot in self.take(short, _units(row))), NOTHING)
        self._deliver(row, Decimal(told["units"]), row.amount + premium, other)

    def _deliver(self, row: Transaction, units: Decimal, money: Decimal, side: Side) -> None:
        name, day = str(row.sequence), row.trade_date
        if units > 0:
            self.add(side, Lot(name, day, units, -money))
            return
        sold = min(-units, sum((lot.units for lot in self.lots[side]), NOTHING))
        if sold:
            self.take(side, sold)
            money -= money if sold == -units else portion(money, sold, -units)
        if sold < -units:
            self.add((*side[:2], True), Lot(name, day, -units - sold, money))

    def _sell_fraction(self, side: Side, told: Any) -> None:
        fraction = sum((lot.units for lot in self.lots[side]), NOTHING) % 1
        if "cash" in told and fraction:
            self.take(side, fraction)

    @staticmethod
    def _scaled(lots: Sequence[Lot], told: Any) -> list[Decimal]:
        parts: list[Decimal] = []
        reached = NOTHING
        for lot in lots:
            reached += lot.units
            until = portion(reached, Decimal(told["numerator"]), Decimal(told["denominator"]), PARTICLES)
            parts.append(until - sum(parts, NOTHING))
        return parts

    def add(self, side: Side, lot: Lot) -> None:
        """Put a lot behind those that are as old."""
        self.lots[side] = sorted([*self.lots[side], lot], key=lambda each: each.opened)

    def take(self, side: Side, units: Decimal, choices: Iterable[Sequence[str]] = ()) -> list[Lot]:
        """Take units out, the oldest first or those that were chosen."""
        asked: list[tuple[str | None, Decimal]] = [(name, Decimal(number)) for name, number in choices]
        asked = asked or [(None, units)]
        taken: list[Lot] = []
        for name, number in asked:
            wanted = number
            for lot in [each for each in self.lots[side] if name in (None, each.name)]:
                own = min(wanted, lot.units)
                if own:
                    cost = lot.cost if own == lot.units else portion(lot.cost, own, lot.units)
                    taken.append(Lot(lot.name, lot.opened, own, cost))
                    lot.units, lot.cost, wanted = lot.units - own, lot.cost - cost, wanted - own
            assert not wanted, f"{wanted} units more were taken than were there"
        self.lots[side] = [lot for lot in self.lots[side] if lot.units]
        return taken


def _units(row: Transaction) -> Decimal:
    assert row.quantity is not None
    return Decimal(row.quantity)
