"""Which companies are most like another: in the same business, of about its size, and with numbers like its own.

Each metric counts in robust deviations from the median of all active companies, at most 3 of them: market value by its
logarithm and five times, as size says more than any ratio; prices, earnings per share and volumes not at all, as these
depend on how a company is cut into shares. The distance is the root of the mean square difference of what either
company has. Where only one has a metric the difference counts as between two strangers: 2, which is the mean square
difference of two independent standard numbers. So zero is a twin, and about 1.4 nobody in particular.
"""

import asyncio
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from numpy.typing import NDArray

from domain.companies.board import PLACES
from domain.companies.board_columns import BoardColumns
from domain.companies.catalogue import METRICS, Unit
from domain.companies.filters import Peers
from domain.kernel.errors import BadUserInput
from domain.kernel.ports import Resources
from domain.quant.arrays import Numbers
from domain.quant.standing import robust_score

MOST_PEERS: Final = 50
# Fewer others in an industry, or a sector, say nothing: then the next larger group is asked.
FEWEST_OTHERS: Final = 5
SIZE: Final = "marketCapUsdMn"
COMPARED: Final = tuple(
    each.code
    for each in METRICS
    if each.unit not in {Unit.PRICE, Unit.COUNT} and each.code not in {"revenue", "ebitda"}
)
_SIZE_WEIGHT, _FARTHEST, _STRANGERS = 5.0, 3.0, 2.0
_WEIGHTS: Final = np.array([_SIZE_WEIGHT if code == SIZE else 1.0 for code in COMPARED])


@dataclass(frozen=True, slots=True)
class Peer:
    """A company that is like another: `shared` is how many of the metrics that are compared both have."""

    row: int
    distance: float
    shared: int


@dataclass(frozen=True, slots=True)
class PeerGroup:
    """Those that are most like a company, the nearest first, of its industry, its sector, or of all."""

    within: Peers
    peers: list[Peer]


@dataclass(frozen=True, slots=True)
class PeerScores:
    """The metrics of a board as they are compared: a row a company, NaN for what is not known."""

    columns: BoardColumns = field(repr=False)
    scores: Numbers = field(repr=False)

    def peers(self, row: int, first: int) -> PeerGroup:
        """Return at most so many companies that are most like one; who shares no metric with it is left out.

        Equals come by their tickers.  Raises `BadUserInput`.
        """
        if not 1 <= first <= MOST_PEERS:
            raise BadUserInput(f"expected first from 1 to {MOST_PEERS}, got {first}")
        within, others = self._others(row)
        distances, shared = self._distances(row, others)
        told = np.flatnonzero(shared > 0)
        nearest = told[np.argsort(distances[told], kind="stable")[:first]]
        found = [Peer(int(others[each]), float(distances[each]), int(shared[each])) for each in nearest]
        return PeerGroup(within, found)

    def _others(self, row: int) -> tuple[Peers, NDArray[np.intp]]:
        active = self.columns.active.copy()
        active[row] = False
        for within in (Peers.INDUSTRY, Peers.SECTOR):
            kinds = self.columns.texts(within.lower()).of
            others = np.flatnonzero(active & (kinds == kinds[row]) & (kinds >= 0))
            if len(others) >= FEWEST_OTHERS:
                return within, others
        return Peers.ALL, np.flatnonzero(active)

    def _distances(self, row: int, others: NDArray[np.intp]) -> tuple[Numbers, NDArray[np.intp]]:
        own, theirs = self.scores[row], self.scores[others]
        squares = (theirs - own) ** 2
        both = ~np.isnan(squares)
        either = ~(np.isnan(theirs) & np.isnan(own))
        squares = np.where(both, squares, np.where(either, _STRANGERS, 0.0))
        weights = np.where(either, _WEIGHTS, 0.0).sum(axis=1)
        means = (squares * _WEIGHTS).sum(axis=1) / np.maximum(weights, 1.0)
        return np.sqrt(means), both.sum(axis=1)


def scored(columns: BoardColumns) -> PeerScores:
    """Return the metrics of a board as they are compared."""
    groups = np.where(columns.active, 0.0, -1.0)
    scores = np.full((columns.count, len(COMPARED)), np.nan)
    for place, code in enumerate(COMPARED):
        numbers = columns.board.matrix[:, PLACES[code]]
        if code == SIZE:
            numbers = np.log(np.where(numbers > 0, numbers, np.nan))
        found = robust_score(numbers, groups, FEWEST_OTHERS)
        scores[:, place] = np.clip(found, -_FARTHEST, _FARTHEST)
    return PeerScores(columns, scores)


class PeerBoards:
    """Keeps the scores of one board."""

    def __init__(self, resources: Resources) -> None:
        self._compute = resources.compute
        self._kept: PeerScores | None = None
        self._computing = asyncio.Lock()

    async def scores_of(self, columns: BoardColumns) -> PeerScores:
        """Return the scores of a board: computed in the thread, once."""
        async with self._computing:
            if self._kept is None or self._kept.columns.board is not columns.board:
                self._kept = await self._compute.run(scored, columns)
            return self._kept
