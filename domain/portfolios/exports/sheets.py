"""Positions and lots as tables."""

from datetime import date
from typing import Final

from domain.portfolios.exports.formats import Table
from domain.portfolios.exports.rows import Names, number_text
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
            "quantity": number_text(each.quantity),
            "average_cost": number_text(each.average_cost),
            "cost_basis": number_text(each.cost_basis),
            "price": number_text(each.price),
            "currency": each.instrument.currency,
            "fx_rate": number_text(each.fx_rate),
            "market_value": number_text(each.market_value),
            "unrealized_gain": number_text(each.unrealized_gain),
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
            "quantity": number_text(lot.quantity),
            "cost": number_text(lot.cost),
            "base_cost": number_text(lot.base_cost),
            "adjustment": number_text(lot.adjustment),
        }
        for key, inventory in fold.inventories.items()
        if key.instrument_id in symbols
        for lot in inventory.lots
    ]
    return Table("Lots", _LOTS, frozenset(_LOTS) - _TEXTS, sorted(rows, key=lambda row: tuple(row.values())))
