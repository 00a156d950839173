"""What a screen finds, one company and one condition after the other, in plain Python."""

import math
import statistics
from collections.abc import Sequence
from datetime import date
from typing import Any

from domain.companies.board import Board, BoardCompany
from domain.companies.catalogue import RATINGS
from domain.companies.filters import Filter, Measure, Measured, Order, OrderField, Peers

# Holds, fails, or is not known.
Truth = bool | None


class Naive:
    """Screens a board."""

    def __init__(self, board: Board, days: dict[date, Any] | None = None) -> None:
        self.board = board
        self.days = days or {}

    def number(self, row: int, of: Measured) -> float | None:
        """Return a number of a company, None for none."""
        now = self.board.value(row, of.code)
        if now is None or of.measure is Measure.VALUE:
            return now
        if of.measure in (Measure.CHANGE, Measure.CHANGE_PERCENT):
            return self._change(row, of, now)
        peers = self._peers(row, of)
        if len(peers) < 5:
            return None
        if of.measure is Measure.PERCENTILE:
            below = sum(each < now for each in peers)
            equal = sum(each == now for each in peers) - 1
            return 100.0 * (below + equal / 2) / (len(peers) - 1)
        middle = statistics.median(peers)
        deviation = 1.482602218505602 * statistics.median(abs(each - middle) for each in peers)
        return (now - middle) / deviation if deviation else None

    def _change(self, row: int, of: Measured, now: float) -> float | None:
        assert of.since is not None
        then = self.days[of.since].value(row, of.code)
        if then is None or (of.measure is Measure.CHANGE_PERCENT and then == 0):
            return None
        change: float = now - then
        return change if of.measure is Measure.CHANGE else 100 * change / abs(then)

    def _peers(self, row: int, of: Measured) -> list[float]:
        def group(company: BoardCompany) -> str | None:
            if of.within in (None, Peers.ALL):
                return "all"
            text: str | None = getattr(company, of.within.lower())
            return None if text is None else text.casefold()

        own = group(self.board.companies[row])
        if own is None or not self.board.companies[row].is_active:
            return []
        rows = [
            other
            for other, company in enumerate(self.board.companies)
            if company.is_active and group(company) == own and self.board.value(other, of.code) is not None
        ]
        return [float(self.board.value(other, of.code) or 0.0) for other in rows]

    def judge(self, row: int, asked: Filter) -> Truth:
        """Return whether a filter holds for a company."""
        found = [*self._own(row, asked), *(self.judge(row, part) for part in asked.all_of)]
        if asked.any_of is not None:
            found.append(_either([self.judge(row, part) for part in asked.any_of]))
        if asked.negated is not None:
            inner = self.judge(row, asked.negated)
            found.append(None if inner is None else not inner)
        return _both(found)

    def _own(self, row: int, asked: Filter) -> list[Truth]:
        company = self.board.companies[row]
        found: list[Truth] = []
        for name in ("industry", "sector", "country", "exchange"):
            wanted, own = getattr(asked, name), getattr(company, name)
            if wanted is not None:
                found.append(None if own is None else own.casefold() == wanted.casefold())
        if asked.ratings is not None:
            found.append(None if company.rating is None else company.rating in asked.ratings)
        if asked.tickers is not None:
            found.append(company.ticker in asked.tickers)
        if asked.quality_at_least is not None:
            found.append(None if company.quality is None else company.quality >= asked.quality_at_least)
        for part in asked.metrics:
            number = self.number(row, part.of)
            low = -math.inf if part.at_least is None else part.at_least
            high = math.inf if part.at_most is None else part.at_most
            found.append(None if number is None else low <= number <= high)
        return found

    def tickers(self, asked: Filter, order: Order) -> list[str]:
        """Return the tickers of the active companies that pass, in order."""
        rows = [
            row
            for row, company in enumerate(self.board.companies)
            if company.is_active and self.judge(row, asked) is True
        ]
        known = [row for row in rows if self.key(row, order.by) is not None]
        # Sorting keeps equals in the order of their rows, also in reverse.
        known.sort(key=lambda row: self.key(row, order.by), reverse=order.descending)
        unknown = [row for row in rows if self.key(row, order.by) is None]
        return [self.board.companies[row].ticker for row in known + unknown]

    def key(self, row: int, by: Measured | OrderField) -> Any:
        """Return what a company is ordered by, None for nothing."""
        if isinstance(by, Measured):
            return self.number(row, by)
        company = self.board.companies[row]
        if by is OrderField.RATING:
            return None if company.rating is None else RATINGS.index(company.rating)
        name = {OrderField.DATA_QUALITY: "quality"}.get(by, by.lower())
        value = getattr(company, name)
        return value.casefold() if isinstance(value, str) else value


def _both(found: Sequence[Truth]) -> Truth:
    return False if False in found else None if None in found else True


def _either(found: Sequence[Truth]) -> Truth:
    return True if True in found else None if None in found else False
