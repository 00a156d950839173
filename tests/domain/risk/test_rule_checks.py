"""The X-ray: each rule by hand, options in the name of their underlying, and what is not known."""

from decimal import Decimal

import pytest

from domain.market.queries import market_now
from domain.portfolios.queries import Asked, valuations
from domain.risk.rule_checks import RuleCode, Thresholds, Verdict, check_rules
from tests.factories.portfolios import FRIDAY, TODAY, buy, option, record, short_sale


@pytest.fixture
def check(risk_market, owner):
    async def run(portfolio_id, fees=None, **thresholds):
        now = await market_now(risk_market.clock)
        (valuation,) = await valuations(owner, [Asked(portfolio_id, None)], now)
        assert valuation is not None
        return {each.code: each for each in check_rules(valuation, fees or {}, Thresholds(**thresholds))}

    return run


async def test_a_fund_is_no_single_name(holding, check):
    found = await check(await holding("1000", SIZE="30"))

    assert (found[RuleCode.SINGLE_NAME].verdict, found[RuleCode.SINGLE_NAME].subject) == (Verdict.PASS, None)
    assert (found[RuleCode.SECTOR].verdict, found[RuleCode.SECTOR].observed) == (Verdict.PASS, 0.0)


async def test_what_is_just_at_a_threshold_holds(holding, check):
    found = await check(await holding("1000", AAA="30"), single_name=0.75, sector=0.7499)

    assert found[RuleCode.SINGLE_NAME].observed == pytest.approx(0.75)
    assert (found[RuleCode.SINGLE_NAME].verdict, found[RuleCode.SECTOR].verdict) == (Verdict.PASS, Verdict.FAIL)


async def test_an_option_counts_in_the_name_of_its_underlying(risk_market, owner, holding, check):
    portfolio_id = await holding("100000", AAA="100")
    await record(risk_market, owner, portfolio_id, option("AAA230120C00100000", "10", "5", TODAY))

    found = (await check(portfolio_id))[RuleCode.SINGLE_NAME]

    # 100 shares, and about half of 1,000 by delta.
    assert found.subject == "AAA"
    assert 0.4 < found.observed < 0.7


async def test_a_short_position_is_as_large_as_a_long_one(risk_market, owner, holding, check):
    portfolio_id = await holding("10000", AAA="1")
    await record(risk_market, owner, portfolio_id, short_sale("BBB", "50", "100", FRIDAY))

    found = (await check(portfolio_id))[RuleCode.SINGLE_NAME]

    assert (found.subject, found.observed) == ("BBB", pytest.approx(5_000 / 10_100))


async def test_fees_are_a_part_of_the_worth(holding, check):
    portfolio_id = await holding("1000", AAA="30")

    found = await check(portfolio_id, {"USD": Decimal(60)})
    unknown = await check(portfolio_id, {"XXX": Decimal(1)})

    assert (found[RuleCode.FEES].verdict, found[RuleCode.FEES].observed) == (Verdict.FAIL, pytest.approx(0.015))
    assert (unknown[RuleCode.FEES].verdict, unknown[RuleCode.FEES].observed) == (Verdict.UNKNOWN, None)
    assert "XXX" in unknown[RuleCode.FEES].message


async def test_without_a_positive_worth_nothing_is_known(risk_market, owner, holding, check):
    portfolio_id = await holding("100", AAA="1")
    await record(risk_market, owner, portfolio_id, buy("BBB", "1", "400", FRIDAY))

    found = await check(portfolio_id)

    assert {each.verdict for each in found.values()} == {Verdict.UNKNOWN}
    assert {each.observed for each in found.values()} == {None}
