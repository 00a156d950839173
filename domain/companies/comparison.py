"""Companies beside one another: each number, its rank among them, and where it stands in its industry.  Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from domain.companies.board_columns import FEWEST_PEERS, BoardColumns
from domain.companies.catalogue import METRICS, Field
from domain.kernel.errors import BadUserInput
from domain.quant.arrays import Numbers

MOST_COMPARED: Final = 20


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """A number of one company, None for what is not known.

    `rank` is among those that are compared, 1 for the best, equals alike; None where neither way is better, and below
    zero where the lower is.
    `percentile`: what percent of the other active companies of its industry it is above, equals counting half; with
    `industry_median` None where fewer than five companies of the industry have a value.
    """

    row: int
    value: float | None
    rank: int | None
    percentile: float | None
    industry_median: float | None


@dataclass(frozen=True, slots=True)
class ComparedMetric:
    """One metric of all that are compared, in the order asked."""

    metric: Field
    values: list[ComparedValue]

    @property
    def best(self) -> list[int]:
        """The rows of those of rank 1."""
        return [each.row for each in self.values if each.rank == 1]


def compared_rows(columns: BoardColumns, tickers: Sequence[str]) -> list[int]:
    """Return the rows of companies.  Raises `BadUserInput` for none, too many, one twice, and one that is not known."""
    if not 1 <= len(tickers) <= MOST_COMPARED:
        raise BadUserInput(f"expected 1 to {MOST_COMPARED} tickers, got {len(tickers)}")
    if len(set(tickers)) < len(tickers):
        raise BadUserInput("expected each ticker once, got one twice")
    known = columns.board.tickers
    for ticker in tickers:
        if ticker not in known:
            raise BadUserInput(f"expected a ticker that is known, got {ticker[:20]!r}")
    return [known[ticker] for ticker in tickers]


def compare(columns: BoardColumns, rows: Sequence[int]) -> list[ComparedMetric]:
    """Return all metrics of companies beside one another."""
    values = columns.board.matrix[rows]
    percentiles, medians = _within_industries(columns, rows)
    found = []
    for place, metric in enumerate(METRICS):
        ranks = _ranks(values[:, place], higher_is_better=metric.higher_is_better)
        told = zip(rows, values[:, place], ranks, percentiles[:, place], medians[:, place], strict=True)
        found.append(
            ComparedMetric(
                metric,
                [
                    ComparedValue(row, _known(value), None if rank == 0 else int(rank), _known(above), _known(median))
                    for row, value, rank, above, median in told
                ],
            )
        )
    return found


def _known(number: float) -> float | None:
    return None if np.isnan(number) else float(number)


def _ranks(values: Numbers, *, higher_is_better: bool | None) -> list[int]:
    """Return ranks from 1, 0 for none."""
    if higher_is_better is None:
        return [0] * len(values)
    # As `ranking` has it: a ratio below zero is not the best of those of which the lower are better.
    better = values if higher_is_better else np.where(values < 0, np.nan, -values)
    return [0 if np.isnan(own) else 1 + int(np.count_nonzero(better > own)) for own in better]


def _within_industries(columns: BoardColumns, rows: Sequence[int]) -> tuple[Numbers, Numbers]:
    """Return the percentiles and the medians of companies in their industries, a row a company, NaN for none."""
    industries = columns.texts("industry").of
    percentiles, medians = (np.full((len(rows), len(METRICS)), np.nan) for _ in range(2))
    for place, row in enumerate(rows):
        if industries[row] < 0:
            continue
        peers = columns.board.matrix[np.flatnonzero(columns.active & (industries == industries[row]))]
        enough = np.flatnonzero((~np.isnan(peers)).sum(axis=0) >= FEWEST_PEERS)
        medians[place, enough] = np.nanmedian(peers[:, enough], axis=0)
        if columns.active[row]:
            percentiles[place, enough] = _percentiles(peers[:, enough], columns.board.matrix[row, enough])
    return percentiles, medians


def _percentiles(peers: Numbers, own: Numbers) -> Numbers:
    """Return what percent of the others each of one's own numbers is above, equals counting half."""
    below, equal = (peers < own).sum(axis=0), (peers == own).sum(axis=0) - 1
    others = (~np.isnan(peers)).sum(axis=0) - 1
    return np.where(np.isnan(own), np.nan, 100 * (below + equal / 2) / others)
