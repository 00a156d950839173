"""What risk is computed from, and what was computed, each once in an operation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.calculations.answers import Answer, Question, answer
from domain.kernel.dates import session_close, trade_day
from domain.market.instruments import Instruments
from domain.risk.factors import factors
from domain.risk.questions import Whose
from domain.risk.reading import holdings_data, realized_returns
from domain.risk.reading_types import AskedHoldings, HoldingsData, Realized
from domain.risk.types import AskedReturns, FactorRow
from schema.context import Context, Info
from schema.market import loaders as market
from schema.market.loaders import MarketLoaders
from schema.portfolios.types import Portfolio, valued

Result = TypeVar("Result")


class RiskLoaders:
    """Data by what is asked, answers by the question, the factors, and the market's present: one in an operation."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.realized: DataLoader[AskedReturns, Realized | None] = DataLoader(load_fn=self._realized)
        self.holdings: DataLoader[AskedHoldings, HoldingsData] = DataLoader(load_fn=self._held, cache_key_fn=_held_name)
        self.answers: DataLoader[Question[Any], Answer[Any]] = DataLoader(load_fn=self._answer, cache_key_fn=_name)
        self.factors: DataLoader[None, Sequence[FactorRow]] = DataLoader(load_fn=_factors)
        self.instruments: Instruments = context.loaders(MarketLoaders).known

    async def _realized(self, asked: list[AskedReturns]) -> Sequence[Realized | None]:
        context = self._context
        now, compute = await market.present(context), context.resources.compute
        return await realized_returns(context.actor, asked, now, compute, context.spend_sessions, self.instruments)

    async def _held(self, asked: list[AskedHoldings]) -> Sequence[HoldingsData]:
        context = self._context
        now, compute = await market.present(context), context.resources.compute
        return await holdings_data(asked, now, compute, context.spend_sessions, self.instruments)

    async def _answer(self, questions: list[Question[Any]]) -> Sequence[Answer[Any]]:
        resources = self._context.resources
        return await answer(questions, resources.compute, resources.runs, resources.clock.now())


async def _factors(asked: list[None]) -> Sequence[Sequence[FactorRow]]:
    found = await factors()
    return [found for _ in asked]


def _name(question: Question[Any]) -> UUID:
    return question.id


def _held_name(asked: AskedHoldings) -> object:
    worth = asked.valuation
    whose = (worth.portfolio_id, worth.version, worth.as_of, worth.at)
    return (*whose, asked.first, asked.last, asked.symbols, asked.window)


@dataclass(frozen=True, slots=True)
class Window:
    """The days whose sessions are asked for, both included, the instant of the positions (None is now), what they are
    compared with, and how many sessions are used at most.
    """

    first: date
    last: date
    as_of: datetime | None
    symbols: tuple[str, ...] = ()
    most: int | None = None


async def present(info: Info) -> datetime:
    """Return the market's present, the same for all of an operation."""
    return await market.present(info.context)


async def instant_of(info: Info, last: date) -> datetime | None:
    """Return the instant at the end of a range: the close of its last day; None, which is now, from today on."""
    now = await present(info)
    return None if last >= trade_day(now) else session_close(last)


async def held_over(info: Info, portfolio: Portfolio, window: Window) -> HoldingsData | None:
    """Return what a portfolio holds over a window; None where the actor does not see it with its amounts."""
    valuation = await valued(portfolio, info, window.as_of, None)
    if valuation is None or valuation.is_veiled:
        return None
    asked = AskedHoldings(valuation, window.first, window.last, window.symbols)
    if window.most is not None:
        asked = AskedHoldings(valuation, window.first, window.last, window.symbols, window.most)
    return await info.context.loaders(RiskLoaders).holdings.load(asked)


def whose(info: Info, portfolio: Portfolio) -> Whose:
    """Return the portfolio that is asked about."""
    return Whose(info.context.actor.tenant_id, portfolio.key)


async def answered(info: Info, question: Question[Result]) -> Answer[Result]:
    """Return the answer to a question: the stored one, if it was asked before of the same data."""
    found: Answer[Result] = await info.context.loaders(RiskLoaders).answers.load(question)
    return found
