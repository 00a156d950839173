"""Positions and lots as tables."""

from datetime import date
from decimal import Decimal
from typing import Final

from domain.kernel.money import EXACT
from domain.portfolios.exports.formats import Table
from domain.portfolios.exports.rows import Names
from domain.portfolios.ledger import Ledger, ledger_of
from domain.portfolios.types import Valuation

_POSITIONS: Final = (
    "symbol account kind quantity average_cost cost_basis price currency fx_rate market_value unrealized_gain weight"
).split()
_LOTS: Final = "symbol account side opened_on held_from quantity cost base_cost adjustment".split()
_TEXTS: Final = frozenset("symbol account kind currency side opened_on held_from".split())


def position_table(valuation: Valuation, names: Names) -> Table:
    """Return the positions of a valuation: money in the base currency, prices in the instrument's."""
    rows = [
        {
            "symbol": each.instrument.symbol,
            "account": names.accounts[each.account_id],
            "kind": each.kind.value,
            "quantity": _text(each.quantity),
            "average_cost": _text(each.average_cost),
            "cost_basis": _text(each.cost_basis),
            "price": _text(each.price),
            "currency": each.instrument.currency,
            "fx_rate": _text(each.fx_rate),
            "market_value": _text(each.market_value),
            "unrealized_gain": _text(each.unrealized_gain),
            "weight": "" if each.weight is None else repr(each.weight),
        }
        for each in valuation.positions
    ]
    return Table("Positions", _POSITIONS, frozenset(_POSITIONS) - _TEXTS, rows)


def lot_table(ledger: Ledger, until: date, valuation: Valuation, names: Names) -> Table:
    """Return the open lots at the end of a day, the units named at each sale sold, or the oldest.

    Cost is in the instrument's currency; base cost and the adjustments of wash sales in the portfolio's.
    """
    known = [movement for movement in ledger.movements if movement.trade_date <= until]
    fold = ledger.fold if len(known) == len(ledger.movements) else ledger_of(ledger.version, known).fold
    symbols = {each.instrument.id: each.instrument.symbol for each in valuation.positions}
    rows = [
        {
            "symbol": symbols[key.instrument_id],
            "account": names.accounts[key.account_id],
            "side": "SHORT" if key.is_short else "LONG",
            "opened_on": lot.opened_on.isoformat(),
            "held_from": lot.held_from.isoformat(),
            "quantity": _text(lot.quantity),
            "cost": _text(lot.cost),
            "base_cost": _text(lot.base_cost),
            "adjustment": _text(lot.adjustment),
        }
        for key, inventory in fold.inventories.items()
        if key.instrument_id in symbols
        for lot in inventory.lots
    ]
    return Table("Lots", _LOTS, frozenset(_LOTS) - _TEXTS, sorted(rows, key=lambda row: tuple(row.values())))


def _text(number: Decimal | None) -> str:
    return "" if number is None else f"{number.normalize(EXACT):f}"
