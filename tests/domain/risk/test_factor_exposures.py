"""What is estimated is what was put in: the shares of this market follow the factors exactly."""

from dataclasses import replace

import numpy as np
import pytest

from domain.kernel.absence import AbsenceReason
from domain.risk.builtin_factors import BUILT_IN
from domain.risk.correlations import CONTRIBUTIONS, CORRELATIONS, contributions, correlations
from domain.risk.factor_exposures import EXPOSURES, factor_exposures
from domain.risk.scenarios import SCENARIOS, Scenario, ScenarioKind, SectorShock, Shock
from domain.risk.stress_tests import STRESS, moved_factors, reverse_stress_test, stress_test
from tests.factories.risk import BETAS, DAYS, factor_moves

ACTIVE = [row for row in BUILT_IN if row.is_active]
KNOWN = ("MARKET", "SIZE", "VALUE", "MOMENTUM")


def scenario(*shocks, sectors=(), volatility=0.0):
    return Scenario(
        code="CUSTOM",
        name="Custom",
        kind=ScenarioKind.CUSTOM,
        description="",
        source="",
        shocks=tuple(Shock(*each) for each in shocks),
        sectors=tuple(SectorShock(*each) for each in sectors),
        volatility_change=volatility,
    )


async def test_betas_are_those_of_the_positions_weighed_by_worth(holding, held):
    data = await held(await holding("1000", AAA="10", BBB="20"))

    found = factor_exposures(data, ACTIVE)

    expected = 0.25 * np.array(BETAS["AAA"]) + 0.5 * np.array(BETAS["BBB"])
    assert found.factors == KNOWN
    assert [each.beta for each in found.exposures] == pytest.approx(expected.tolist(), abs=1e-9)
    assert [each.dollar_exposure for each in found.exposures] == pytest.approx((4_000 * expected).tolist(), abs=1e-5)
    assert found.r_squared == pytest.approx(1.0)
    shares = [each.variance_share or 0.0 for each in found.exposures]
    assert sum(shares) + (found.residual_share or 0.0) == pytest.approx(1.0)
    assert {each.symbol: each.betas for each in found.positions} == {
        symbol: pytest.approx(BETAS[symbol], abs=1e-9) for symbol in ("AAA", "BBB")
    }


async def test_factors_without_prices_are_named(holding, held):
    found = factor_exposures(await held(await holding(AAA="10")), ACTIVE)

    missing = {each.field for each in found.absences if each.reason is AbsenceReason.NOT_COVERED}
    assert missing == {"GROWTH", "QUALITY", "LOW_VOLATILITY"}
    # Factors explain the shares of this market to the last digit, or, where closes have 15 digits, nearly so.
    undefined = {each.field for each in found.absences} - missing
    assert undefined == ({"tStatistic", "pValue"} if found.exposures[0].t_statistic is None else set())


async def test_without_the_market_there_are_no_exposures(holding, held):
    found = factor_exposures(await held(await holding(AAA="10"), symbols=("SIZE",)), ACTIVE)

    assert found.exposures == ()
    assert found.absences[-1].field == "exposures"


async def test_too_few_sessions_say_so(holding, held):
    found = factor_exposures(await held(await holding(AAA="10"), first=DAYS[-20]), ACTIVE)

    assert found.exposures == ()
    assert found.absences[-1].reason is AbsenceReason.INSUFFICIENT_HISTORY


async def test_a_portfolio_of_cash_has_a_beta_of_nothing(holding, held):
    found = factor_exposures(await held(await holding("1000")), ACTIVE)

    assert [each.beta for each in found.exposures] == pytest.approx([0.0] * 4, abs=1e-12)
    assert found.positions == ()
    assert (found.r_squared, found.exposures[0].t_statistic) == (None, None)
    undefined = {each.field for each in found.absences if each.reason is AbsenceReason.UNDEFINED}
    assert undefined == {"rSquared", "adjustedRSquared", "residualShare", "tStatistic", "pValue", "varianceShare"}


async def test_a_position_that_never_moves_says_why_it_is_not_explained(holding, held):
    data = await held(await holding(AAA="10", BBB="20"))
    still = data.holdings.gains * [1.0, 0.0]

    found = factor_exposures(replace(data, holdings=replace(data.holdings, gains=still)), ACTIVE)

    assert [each.symbol for each in found.positions if each.r_squared is None] == ["BBB"]
    assert {each.field for each in found.absences} >= {"BBB"}
    assert "AAA" not in {each.field for each in found.absences}


async def test_a_scenario_that_moves_what_nobody_can_tell_has_no_total_and_says_why(holding, held):
    data = await held(await holding(AAA="10"), first=DAYS[-20])

    found = stress_test(data, ACTIVE[:1], scenario(("MARKET", -0.2)))

    assert (found.profit_and_loss, found.fraction) == (None, None)
    missing = {each.field: each.reason for each in found.absences}
    assert missing == dict.fromkeys(("AAA", "profitAndLoss", "fraction"), AbsenceReason.INSUFFICIENT_HISTORY)


async def test_contributions_sum_to_the_volatility(holding, held):
    data = await held(await holding("1000", AAA="10", BBB="20", CCC="5"))

    found = contributions(data.holdings)

    assert sum(each.contribution or 0.0 for each in found.parts) == pytest.approx(found.volatility, rel=1e-12)
    assert found.volatility == pytest.approx(np.std(data.holdings.total, ddof=1) * np.sqrt(252), rel=1e-12)
    assert [each.weight for each in found.parts] == pytest.approx([1_000 / 4_500, 2_000 / 4_500, 500 / 4_500])
    for each in found.parts:
        assert (each.marginal or 0.0) * (each.weight or 0.0) == pytest.approx(each.contribution)


async def test_correlations_are_numpy_s(holding, held):
    data = await held(await holding(AAA="10", BBB="20", CCC="5", DDD="1"))

    found = correlations(data.holdings)

    made = factor_moves() @ np.array([BETAS[symbol] for symbol in ("AAA", "BBB", "CCC", "DDD")]).T
    assert found.symbols == ("AAA", "BBB", "CCC", "DDD")
    assert np.allclose(np.array(found.matrix, dtype=float), np.corrcoef(made.T), atol=1e-9)
    assert (found.repaired, found.observations) == (False, 299)


async def test_a_shock_of_the_market_comes_by_the_beta(holding, held):
    data = await held(await holding("1000", AAA="10", BBB="20"))
    own = scenario(("MARKET", -0.2), ("SIZE", 0.1), ("VALUE", 0.05), ("MOMENTUM", -0.1))

    found = stress_test(data, moved_factors(own, ACTIVE), own)

    betas = np.array([BETAS["AAA"], BETAS["BBB"]])
    moved = betas @ np.array([-0.2, 0.1, 0.05, -0.1])
    assert [each.shock for each in found.positions] == pytest.approx(moved.tolist(), abs=1e-9)
    assert [each.profit_and_loss for each in found.positions] == pytest.approx([1_000 * moved[0], 2_000 * moved[1]])
    assert found.profit_and_loss == pytest.approx(1_000 * moved[0] + 2_000 * moved[1])
    assert found.fraction == pytest.approx((1_000 * moved[0] + 2_000 * moved[1]) / 4_000)


async def test_a_position_whose_sector_is_known_moves_as_it_does(holding, held):
    data = await held(await holding(AAA="10", BBB="20"))
    own = scenario(("MARKET", -0.2), sectors=[("Financials", -0.5)])

    found = stress_test(data, moved_factors(own, ACTIVE), own)

    shocks = {each.symbol: each.shock for each in found.positions}
    assert shocks["BBB"] == -0.5
    # On the market alone, the beta is what the regression without styles says.
    assert shocks["AAA"] == pytest.approx(-0.2 * 1.2, abs=0.02)


async def test_nothing_held_loses_more_than_it_is_worth(holding, held):
    data = await held(await holding("100", AAA="10", CCC="20"))
    own = scenario(("MARKET", -0.95))

    found = stress_test(data, moved_factors(own, ACTIVE), own)

    assert [each.shock for each in found.positions] == [-1.0, -1.0]
    assert found.profit_and_loss == pytest.approx(-3_000)
    assert found.fraction == pytest.approx(-3_000 / 3_100)


async def test_a_factor_that_is_not_there_is_left_out_and_said_so(holding, held):
    data = await held(await holding(AAA="10"))
    own = scenario(("MARKET", -0.1), ("GROWTH", -0.1), ("CARRY", -0.1))

    found = stress_test(data, moved_factors(own, ACTIVE), own)

    assert {each.field for each in found.absences} == {"GROWTH", "CARRY"}
    assert found.profit_and_loss is not None


async def test_every_scenario_answers(holding, held):
    data = await held(await holding(AAA="10", BBB="10", CCC="10"))

    for own in SCENARIOS.values():
        found = stress_test(data, moved_factors(own, ACTIVE), own)
        assert found.fraction is not None
        assert -1 <= found.fraction <= 1
        assert STRESS.load(STRESS.dump(found)) == found


async def test_a_reverse_stress_comes_back_by_the_stress(holding, held):
    data = await held(await holding("1000", AAA="10", BBB="20"))

    found = reverse_stress_test(data, ACTIVE, 0.15)

    changes = {each.factor: each.change for each in found.shocks}
    market = changes["MARKET"]
    assert market is not None
    assert market < 0
    for name in KNOWN:
        if changes[name] is not None:
            own = scenario((name, changes[name]))
            again = stress_test(data, moved_factors(own, ACTIVE), own)
            assert again.fraction == pytest.approx(-0.15, abs=1e-9)


async def test_results_come_back_as_they_were_stored(holding, held):
    data = await held(await holding(AAA="10", BBB="20"))

    exposures, moved, added = (
        factor_exposures(data, ACTIVE),
        correlations(data.holdings),
        contributions(data.holdings),
    )

    assert EXPOSURES.load(EXPOSURES.dump(exposures)) == exposures
    assert CORRELATIONS.load(CORRELATIONS.dump(moved)) == moved
    assert CONTRIBUTIONS.load(CONTRIBUTIONS.dump(added)) == added
