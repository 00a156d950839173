"""Splits of which a broker tells the units that came, and not the ratio: the rows before tell of how many."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Final

from domain.kernel.errors import RefusalCode
from domain.kernel.money import EXACT, ZERO
from domain.portfolios.entries import Reinvestment, Split, Trade
from domain.portfolios.imports.rows import ParsedRow, Problem
from domain.portfolios.types import TransactionKind

_SIGNS: Final = {TransactionKind.BUY: 1, TransactionKind.REINVESTED_DIVIDEND: 1, TransactionKind.SELL: -1}
# Of larger numbers no ratio is made: some of the units came before the file begins.
_LARGEST: Final = 100
_CONFIDENCE: Final = 0.7


def resolve_splits(rows: Sequence[ParsedRow]) -> None:
    """Give each split of the rows its ratio, or a problem, in order of their dates."""
    held: dict[str, Decimal] = {}
    dated = [row for row in rows if row.entry is not None and not row.is_refused]
    if not any(isinstance(row.entry, Split) for row in dated):
        return
    # Files run either way; within a day a split comes before the trades.
    dated.sort(key=lambda row: (row.entry.trade_date, not isinstance(row.entry, Split)) if row.entry else ())
    for row in dated:
        entry = row.entry
        if isinstance(entry, Trade | Reinvestment) and entry.kind in _SIGNS:
            change = entry.quantity if _SIGNS[entry.kind] > 0 else entry.quantity.copy_negate()
            held[entry.symbol] = EXACT.add(held.get(entry.symbol, ZERO), change)
        elif isinstance(entry, Split) and entry.denominator == 0:
            before = held.get(entry.symbol, ZERO)
            held[entry.symbol] = EXACT.add(before, Decimal(entry.numerator))
            _resolve(row, entry, before)


def _resolve(row: ParsedRow, split: Split, before: Decimal) -> None:
    row.facts = f"split {split.symbol} {split.numerator} {split.trade_date}"
    after = EXACT.add(before, Decimal(split.numerator))
    ratio = Fraction(after) / Fraction(before) if before > 0 and after > 0 else None
    if ratio is None or ratio == 1 or max(ratio.numerator, ratio.denominator) > _LARGEST:
        message = (
            f"expected the purchases of all units that were split, got {before.normalize(EXACT):f} of them before "
            f"{split.numerator} came: record the split by hand"
        )
        row.problems = (*row.problems, Problem(message, None, RefusalCode.INVALID_INPUT))
        row.entry = None
        return
    row.entry = replace(split, numerator=ratio.numerator, denominator=ratio.denominator)
    remark = (
        f"took {split.numerator} units for {before.normalize(EXACT):f} as a split of {ratio.numerator} for "
        f"{ratio.denominator}"
    )
    row.problems = (*row.problems, Problem(remark))
    row.confidence, row.needs_review = min(row.confidence, _CONFIDENCE), True
