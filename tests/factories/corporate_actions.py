"""Corporate actions on the small market, and the job that books them."""

from datetime import date
from decimal import Decimal
from typing import Any

from domain.kernel.actor import SYSTEM
from domain.kernel.ports import Resources
from domain.market.corporate_actions import ActionRow, ActionTerms, record_action
from domain.market.types import ActionKind
from domain.portfolios import booked_actions
from domain.portfolios.booked_actions import Booked
from tests.factories.portfolios import TODAY, WEDNESDAY


async def tell(resources: Resources, kind: ActionKind = ActionKind.SPLIT, **terms: Any) -> ActionRow:
    """Record an action; by default a split of AAA, two for one, on Wednesday."""
    ratio = {"numerator": 2, "denominator": 1} if kind is ActionKind.SPLIT else {}
    told = {"symbol": "AAA", "ex_date": WEDNESDAY, "source": "made up", **ratio, **terms}
    async with resources.unit_of_work(SYSTEM) as work:
        return await record_action(work, ActionTerms(kind=kind, **told))


async def dividend(resources: Resources, cash: str = "0.25", **terms: Any) -> ActionRow:
    """Record a dividend of AAA."""
    return await tell(resources, ActionKind.DIVIDEND, cash=Decimal(cash), **terms)


async def book(resources: Resources, today: date = TODAY) -> tuple[int, int, int]:
    """Do what the job does; return how many were booked, joined and refused."""
    outcome = await follow(resources, today)
    return outcome.booked, outcome.joined, outcome.refused


async def follow(resources: Resources, today: date = TODAY) -> Booked:
    """Do what the job does; return all that it counts."""
    actions = await booked_actions.effective_actions(today)
    outcome = Booked()
    for portfolio_id in await booked_actions.portfolios_with(actions):
        if await booked_actions.has_due(portfolio_id, actions):
            async with resources.unit_of_work(SYSTEM) as work:
                outcome += await booked_actions.book_actions(work, portfolio_id, actions, today)
    return outcome
