"""What risk is computed from, and what was computed, each once in an operation."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from strawberry.dataloader import DataLoader

from domain.calculations.answers import Answer, Question, answer
from domain.market.queries import market_now
from domain.risk.reading import Realized, realized_returns
from domain.risk.types import AskedReturns
from schema.context import Context


class RiskLoaders:
    """Data by what is asked, and answers by the question."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.realized: DataLoader[AskedReturns, Realized | None] = DataLoader(load_fn=self._realized)
        self.answers: DataLoader[Question[Any], Answer[Any]] = DataLoader(load_fn=self._answer, cache_key_fn=_name)

    async def _realized(self, asked: list[AskedReturns]) -> Sequence[Realized | None]:
        resources = self._context.resources
        now = await market_now(resources.clock)
        return await realized_returns(self._context.actor, asked, now, resources.compute, self._context.spend_sessions)

    async def _answer(self, questions: list[Question[Any]]) -> Sequence[Answer[Any]]:
        resources = self._context.resources
        return await answer(questions, resources.compute, resources.runs, resources.clock.now())


def _name(question: Question[Any]) -> UUID:
    return question.id
