"""Computes the usual numbers of many portfolios at the close of a session, so that whoever asks finds them stored."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from domain.calculations.answers import Question, answer
from domain.calculations.commands import keep_runs, prune_runs
from domain.kernel.actor import SYSTEM
from domain.kernel.dates import session_close
from domain.kernel.ports import Clock, Compute
from domain.kernel.runs import Run
from domain.kernel.work import Work
from domain.market.instruments import Instruments
from domain.market.queries import BENCHMARK
from domain.portfolios.queries import Asked, portfolios_by_id, valuations
from domain.risk import questions
from domain.risk.factor_exposures import DEFAULT_WINDOW
from domain.risk.factors import factors
from domain.risk.questions import Whose
from domain.risk.reading import holdings_data, realized_returns
from domain.risk.reading_types import AskedHoldings
from domain.risk.scenarios import SCENARIOS
from domain.risk.tail_risk import TailMethod
from domain.risk.types import AskedReturns, FactorRow
from domain.risk.windows import days_before

# Portfolios that are read together: their closes are kept in memory from the first on.
BATCH: Final = 25
# Days of the calendar that measures reach back, the session included, and that runs are kept.
DAYS: Final = 365
DAYS_KEPT: Final = 400
# What the front ends show first.
_LOSSES: Final = ((TailMethod.HISTORICAL, 0.95, 1), (TailMethod.NORMAL, 0.95, 1))


class _Collected:
    """Runs that are to be written with the job that made them."""

    def __init__(self) -> None:
        self.runs: list[Run] = []

    def keep(self, run: Run) -> None:
        self.runs.append(run)

    async def settle(self) -> None:
        """Nothing waits."""


async def risk_runs(
    portfolio_ids: Sequence[UUID], session: date, now: datetime, compute: Compute, clock: Clock
) -> list[Run]:
    """Compute measures, value at risk, contributions, exposures and all scenarios of portfolios; return what is new.

    The questions are those of the API from 364 days before the session `to` it, and `asOf` its close.  `now` is the
    market's, `clock` real time, at which runs are made.
    """
    collected = _Collected()
    asked = await _questions(portfolio_ids, session, now, compute)
    await answer(asked, compute, collected, clock.now())
    return collected.runs


async def store_runs(work: Work, runs: Sequence[Run]) -> int:
    """Store runs that were computed, as of the present; return how many."""
    await keep_runs(work, runs)
    return len(runs)


async def prune(work: Work, limit: int) -> int:
    """Delete at most so many runs from more than 400 days before now; return how many."""
    return await prune_runs(work, work.now - timedelta(days=DAYS_KEPT), limit)


async def _questions(
    portfolio_ids: Sequence[UUID], session: date, now: datetime, compute: Compute
) -> list[Question[Any]]:
    first, close = session - timedelta(days=DAYS - 1), session_close(session)
    rows = await portfolios_by_id(SYSTEM, portfolio_ids)
    subjects = [Whose(row.tenant_id, row.id) for row in rows if row is not None]
    ids = [each.portfolio_id for each in subjects]
    valued = await valuations(SYSTEM, [Asked(each, close) for each in ids], now)
    active = [row for row in await factors() if row.is_active]
    instruments = Instruments()
    proxies = await instruments.by_symbol([row.proxy for row in active])
    symbols = tuple(row.proxy for row in active if row.proxy in proxies)
    ranges = [AskedReturns(each, first, session, BENCHMARK) for each in ids]
    past = await realized_returns(SYSTEM, ranges, now, compute, _spend, instruments)
    known = [worth for worth in valued if worth is not None]
    wide = [
        AskedHoldings(worth, days_before(session, DEFAULT_WINDOW), session, symbols, DEFAULT_WINDOW) for worth in known
    ]
    near = [AskedHoldings(worth, first, session, (BENCHMARK,)) for worth in known]
    data = await holdings_data([*near, *wide], now, compute, _spend, instruments)
    by_id = {worth.portfolio_id: place for place, worth in enumerate(known)}
    asked: list[Question[Any]] = []
    for whose, realized in zip(subjects, past, strict=True):
        place = by_id.get(whose.portfolio_id)
        if realized is None or place is None:
            continue
        asked.append(questions.measures(whose, questions.realized(realized, BENCHMARK), 0.0))
        asked += _of_holdings(whose, data[place], data[len(known) + place], active)
    return asked


def _of_holdings(whose: Whose, near: Any, wide: Any, active: Sequence[FactorRow]) -> list[Question[Any]]:
    returns = questions.held(near)
    return [
        *(questions.loss(whose, returns, *each) for each in _LOSSES),
        questions.contributions(whose, near),
        questions.exposures(whose, wide, active, DEFAULT_WINDOW),
        *(questions.stress(whose, wide, active, each) for each in SCENARIOS.values()),
    ]


def _spend(sessions: int) -> None:
    """Nobody pays for what the house computes by itself."""
