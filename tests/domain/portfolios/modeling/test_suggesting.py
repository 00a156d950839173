"""What a modeling session suggests: the trades that bring what was tried to the targets of its base."""

from decimal import Decimal

from domain.portfolios.plans import Wish, rebalance_plan
from domain.portfolios.targets import TargetWeight, set_targets
from domain.portfolios.types import TargetKind
from tests.factories.portfolios import NOW, TODAY, sell


async def test_a_session_aims_at_the_targets_of_its_base(small_market, owner, base, begin, attempt):
    async with small_market.unit_of_work(owner) as work:
        await set_targets(work, base.id, [TargetWeight(TargetKind.INSTRUMENT, "AAA", Decimal("0.5"))])
    session = await begin()
    await attempt(session, sell("AAA", "30", "15.5", TODAY))

    async def suggested(portfolio):
        plan = await rebalance_plan(owner, Wish(portfolio_id=portfolio.id, as_of=None), NOW)
        assert plan is not None
        return [(each.instrument.symbol, each.side, each.quantity) for each in plan.trades]

    # The base holds 30 of 15.5 and 700: of 1165 half is 37 units; the session has sold all, so it buys them.
    ((symbol, side, quantity),) = await suggested(session)
    assert (symbol, side, int(quantity)) == ("AAA", "BUY", 37)
    ((symbol, side, quantity),) = await suggested(base)
    assert (symbol, side, int(quantity)) == ("AAA", "BUY", 7)
