"""Rates of exchange by session, as `domain.market.rates` finds them at each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from domain.kernel.money import PRICE_PLACES
from domain.market import history, queries
from domain.market.history import Line, Ordinals
from domain.market.rates import PIVOT, symbols_of
from domain.market.types import InstrumentKind, InstrumentRow, Vector


@dataclass(frozen=True, slots=True, eq=False)
class RateLines:
    """The closes of rates of exchange, by symbol."""

    lines: Mapping[str, Line]

    def of(self, code: str, base: str, sessions: Ordinals) -> Vector:
        """Return what one unit of `code` cost in `base` at the last close by each session, to 10 places.

        (sessions,); NaN where no rate was known.  As in a valuation: observed, or the other way round, or both
        crossed through USD.
        """
        if code == base:
            return np.ones(len(sessions))
        direct = self._leg(code, base, sessions)
        if np.isnan(direct).any():
            crossed = self._leg(code, PIVOT, sessions) * self._leg(PIVOT, base, sessions)
            direct = np.where(np.isnan(direct), crossed, direct)
        return np.round(direct, PRICE_PLACES)

    def _leg(self, code: str, base: str, sessions: Ordinals) -> Vector:
        found = self._carried(code + base, sessions)
        missing = np.isnan(found)
        return np.where(missing, 1.0 / self._carried(base + code, sessions), found) if missing.any() else found

    def _carried(self, symbol: str, sessions: Ordinals) -> Vector:
        line = self.lines.get(symbol)
        row: Vector = np.full(len(sessions), np.nan) if line is None else history.carried([line], sessions)[0]
        return row


async def rate_lines(pairs: Collection[tuple[str, str]], until: date, now: datetime) -> RateLines:
    """Return what is needed for these pairs of (code, base) up to a day.  Two statements, none for no pairs."""
    symbols = symbols_of(pairs)
    if not symbols:
        return RateLines({})
    rows = [row for row in (await queries.instruments_by_symbol(symbols)).values() if _is_rate(row)]
    lines = await history.closes(rows, until, now)
    return RateLines({row.symbol: line for row, line in zip(rows, lines, strict=True)})


def _is_rate(row: InstrumentRow) -> bool:
    return row.kind is InstrumentKind.RATE
