"""Which fields apply to which companies: an empty cell counts against a file only where a value can be.

A source is asked for the fields that it has a column for. Of these a field does not apply to a company where the ratio
has no meaning (nothing is earned, nothing is owned), where most companies of its industry or sector have none, as banks
have no gross margin, or where its history is too short. What a check says is missing applies, whatever explains it.
Pure.
"""

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from domain.companies.catalogue import FIELDS
from domain.companies.quality.evidence import Rows
from domain.companies.quality.missing import MEANINGLESS_BELOW
from domain.companies.tables import Column, Table
from domain.quant.arrays import Flags

# A column that fewer companies have is not explained by industries: it may be empty for all of them.
_FILLED: Final = 0.5
_PEERS, _WITHOUT = 3, 0.5
# Fields that all fall away together: of a company that lacks each of them, what they are divided by is negative.
_TOGETHER: Final = (frozenset({"pbr", "roe", "debtToEquity"}), frozenset({"evEbitda", "netDebtToEbitda"}))
# Who was listed later has none.
_HISTORIES: Final = frozenset({"return3Y", "return5Y"})
# Who pays none has none of these, in feeds that do not write zero.
_DIVIDENDS: Final = frozenset({"dividendYield", "payoutRatio"})


def filled(column: Column) -> Flags:
    """Return where a column has a value."""
    if column.field.is_number:
        return np.asarray(~np.isnan(column.numbers))
    return np.array([bool(text.strip()) for text in column.texts], dtype=np.bool_)


def declared(table: Table) -> tuple[str, ...]:
    """Return the codes of the catalogue that a file has a column for."""
    return tuple(field.code for field in FIELDS if field.code in table.columns)


def applicable(table: Table, missing: Mapping[str, Flags]) -> dict[str, Flags]:
    """Return, for each declared field, the companies that it applies to; `missing` is what checks say must be there."""
    has = {code: filled(column) for code, column in table.columns.items()}
    groups = [_groups(table.texts(code)) for code in ("industry", "sector")]
    found: dict[str, Flags] = {}
    for code in declared(table):
        explained = np.zeros(table.rows, dtype=np.bool_)
        field = table.columns[code].field
        if not field.universal and not field.required:
            explained = _explained(table, code, has, groups)
        found[code] = has[code] | missing.get(code, np.zeros(table.rows, dtype=np.bool_)) | ~explained
    return found


def _explained(table: Table, code: str, has: Mapping[str, Flags], groups: list[list[Rows]]) -> Flags:
    explained: Flags = np.zeros(table.rows, dtype=np.bool_)
    below = table.columns.get(MEANINGLESS_BELOW.get(code, ""))
    if below is not None:
        with np.errstate(invalid="ignore"):
            explained |= below.numbers <= 0
    for together in _TOGETHER:
        known = [has[each] for each in sorted(together) if each in has]
        if code in together and len(known) > 1:
            explained |= ~np.any(known, axis=0)
    if np.mean(has[code]) < _FILLED:
        return explained
    if code in _HISTORIES or code in _DIVIDENDS:
        explained[:] = True
    for rows in (rows for groups_of_one in groups for rows in groups_of_one):
        if len(rows) >= _PEERS and np.mean(has[code][rows]) <= 1 - _WITHOUT:
            explained[rows] = True
    return explained


def _groups(texts: Sequence[str]) -> list[Rows]:
    names = np.array(texts)
    order = np.argsort(names, kind="stable")
    _, starts = np.unique(names[order], return_index=True)
    return [rows for rows in np.split(order, starts[1:]) if len(rows) and names[rows[0]]]
