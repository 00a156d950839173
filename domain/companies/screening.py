"""Which companies a filter finds, and which it cannot judge.  Pure over a board."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from domain.companies.board_columns import BoardColumns, Rows
from domain.companies.exchanges import mic_of
from domain.companies.filters import Filter, Measured, Order, Range
from domain.companies.verdicts import Verdict, both, either, of_known
from domain.quant.arrays import Flags

_TEXTS: Final = ("industry", "sector", "country", "exchange")

# A condition as it is told: what it is about, and for which companies it holds.
Condition = tuple[str | Measured, Verdict]


@dataclass(frozen=True, slots=True)
class Missing:
    """What some companies have no value of, and how many of those that were left out."""

    what: str | Measured
    companies: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many companies neither pass nor fail, because something is not known of them; and what."""

    companies: int
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Screened:
    """The rows of the companies that pass, in order."""

    columns: BoardColumns = field(repr=False)
    rows: Rows = field(repr=False)
    order: Order
    judged: Verdict = field(repr=False)
    asked: Filter

    def left_out(self) -> LeftOut:
        """Return who was left out for want of data: active companies alone."""
        out = self.judged.unknown & self.columns.active
        found: dict[str | Measured, int] = {}
        for what, verdict in conditions(self.columns, self.asked):
            if count := int(np.count_nonzero(out & verdict.unknown)):
                found[what] = max(count, found.get(what, 0))
        missing = sorted(found.items(), key=lambda each: -each[1])
        return LeftOut(int(np.count_nonzero(out)), tuple(Missing(what, count) for what, count in missing))


def screen(columns: BoardColumns, asked: Filter, order: Order) -> Screened:
    """Return the active companies that pass a filter, in order."""
    judged = judge(columns, asked)
    passed = judged.holds & columns.active
    rows = columns.in_order(order)
    return Screened(columns, rows[passed[rows]], order, judged, asked)


def judge(columns: BoardColumns, asked: Filter) -> Verdict:
    """Return for which companies a filter holds, and for which it fails."""
    verdicts = [verdict for _, verdict in _own(columns, asked)]
    verdicts += [judge(columns, part) for part in asked.all_of]
    if asked.any_of is not None:
        verdicts.append(either((judge(columns, part) for part in asked.any_of), columns.count))
    if asked.negated is not None:
        verdicts.append(judge(columns, asked.negated).negated())
    return both(verdicts, columns.count)


def conditions(columns: BoardColumns, asked: Filter) -> Iterator[Condition]:
    """Iterate over all conditions of a filter, those within among them."""
    yield from _own(columns, asked)
    for part in asked.parts():
        yield from conditions(columns, part)


def _own(columns: BoardColumns, asked: Filter) -> Iterator[Condition]:
    for name in _TEXTS:
        text = getattr(asked, name)
        if text is not None:
            yield name, _one_of(columns, name, (_spelled(name, text),))
    if asked.ratings is not None:
        yield "rating", _one_of(columns, "rating", asked.ratings)
    if asked.tickers is not None:
        yield "ticker", _one_of(columns, "ticker", asked.tickers)
    if asked.quality_at_least is not None:
        quality = columns.quality
        yield "dataQuality", of_known(quality >= asked.quality_at_least, ~np.isnan(quality))
    for part in asked.metrics:
        yield part.of, _in_range(columns, part)


def _spelled(name: str, text: str) -> str:
    return (mic_of(text) or text) if name == "exchange" else text


def _one_of(columns: BoardColumns, name: str, texts: tuple[str, ...]) -> Verdict:
    found = columns.texts(name)
    numbers = [found.number(text) for text in texts]
    holds: Flags = found.of == numbers[0] if len(numbers) == 1 else np.isin(found.of, numbers)
    return of_known(holds, found.of >= 0)


def _in_range(columns: BoardColumns, part: Range) -> Verdict:
    numbers = columns.numbers(part.of)
    known = ~np.isnan(numbers)
    holds = known
    if part.at_least is not None:
        holds = holds & (numbers >= part.at_least)
    if part.at_most is not None:
        holds = holds & (numbers <= part.at_most)
    return of_known(holds, known)
