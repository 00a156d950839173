"""What a portfolio holds would have made, held constant over the sessions before."""

from datetime import date

import numpy as np
import pytest

from domain.kernel.absence import AbsenceReason
from domain.kernel.dates import session_close
from domain.portfolios.option_terms import OptionTerms
from domain.portfolios.types import Side
from tests.factories.portfolios import FRIDAY, buy, option, record, short_sale
from tests.factories.risk import BETAS, DAYS, factor_moves


async def test_shares_move_with_their_closes(holding, held):
    data = await held(await holding("1000", AAA="10", BBB="20"))

    holdings = data.holdings
    assert [each.symbol for each in holdings.held] == ["AAA", "BBB"]
    assert holdings.equity == pytest.approx(4_000)
    assert holdings.weights.tolist() == pytest.approx([0.25, 0.5])
    made = factor_moves() @ np.array([BETAS["AAA"], BETAS["BBB"]]).T
    assert np.allclose(holdings.moves, made, atol=1e-12)
    assert np.allclose(holdings.gains, made * [1_000, 2_000], atol=1e-8)
    assert np.allclose(holdings.total, made @ [0.25, 0.5], atol=1e-12)
    assert len(holdings.sessions) == len(DAYS)
    assert not holdings.unqualified


async def test_what_is_short_loses_when_its_price_rises(risk_market, owner, holding, held):
    portfolio_id = await holding("100000", AAA="1")
    await record(risk_market, owner, portfolio_id, short_sale("BBB", "10", "100", FRIDAY))

    holdings = (await held(portfolio_id)).holdings

    place = [each.symbol for each in holdings.held].index("BBB")
    assert holdings.worths[place] == pytest.approx(-1_000)
    assert np.allclose(holdings.gains[:, place], -1_000 * holdings.moves[:, place])


async def test_what_is_too_young_is_left_out_and_said_so(holding, held):
    data = await held(await holding(AAA="10", YOUNG="30"))

    (left,) = data.holdings.unqualified
    assert (left.symbol, left.absence.reason) == ("YOUNG", AbsenceReason.INSUFFICIENT_HISTORY)
    assert left.weight == pytest.approx(0.75)
    assert str(DAYS[-30]) in left.absence.message
    assert [each.symbol for each in data.holdings.held] == ["AAA"]
    # Its worth counts all the same: what is left out is a part of the whole.
    assert data.holdings.equity == pytest.approx(4_000)


async def test_a_later_range_takes_it_in(holding, held):
    data = await held(await holding(AAA="10", YOUNG="30"), first=DAYS[-29])

    assert [each.symbol for each in data.holdings.held] == ["AAA", "YOUNG"]
    assert data.observations == 29


async def test_options_are_priced_anew_by_each_return(risk_market, owner, holding, held):
    portfolio_id = await holding("100000", AAA="1")
    await record(risk_market, owner, portfolio_id, option("AAA230120C00100000", "2", "5"))

    holdings = (await held(portfolio_id)).holdings

    place = [each.contract is not None for each in holdings.held].index(True)
    terms, gains, moves = holdings.held[place].option, holdings.gains[:, place], holdings.moves[:, place]
    assert np.allclose(moves, holdings.moves[:, 1 - place], atol=1e-12)
    # Bought convexity: never worse than its delta says, and never a loss of more than it is worth.
    delta = float(terms.gains([1e-6])[0]) / 1e-6
    assert np.all(gains >= delta * moves - 1e-6)
    assert float(terms.gains([-1.0])[0]) == pytest.approx(-holdings.worths[place])


async def test_a_written_option_is_a_loss_without_bound(risk_market, owner, holding, held):
    portfolio_id = await holding("100000", AAA="1")
    await record(risk_market, owner, portfolio_id, option("AAA230120C00100000", "2", "5", side=Side.SELL))

    holdings = (await held(portfolio_id)).holdings

    (terms,) = [each.option for each in holdings.held if each.option]
    assert float(terms.gains([3.0])[0]) == pytest.approx(-200 * 300 - holdings.worths.min(), rel=1e-6)


async def test_the_positions_are_those_of_the_instant(risk_market, owner, holding, held):
    portfolio_id = await holding("100000", AAA="10")
    await record(risk_market, owner, portfolio_id, buy("BBB", "5", "100", FRIDAY))

    before = await held(portfolio_id, last=DAYS[-2], as_of=session_close(DAYS[-2]))
    after = await held(portfolio_id)

    assert [each.symbol for each in before.holdings.held] == ["AAA"]
    assert [each.symbol for each in after.holdings.held] == ["AAA", "BBB"]
    assert (before.is_lasting, after.is_lasting) == (True, False)


async def test_a_digest_is_of_all_numbers(holding, held):
    portfolio_id = await holding("0", AAA="10")

    one, same = await held(portfolio_id), await held(portfolio_id)
    shorter = await held(portfolio_id, first=DAYS[2])
    other = await held(await holding("0", AAA="11"))

    assert one.digest == same.digest
    assert len({one.digest, shorter.digest, other.digest}) == 3


async def test_an_empty_portfolio_has_no_returns(holding, held):
    data = await held(await holding("0"))

    assert data.holdings.held == ()
    assert np.isnan(data.holdings.total).all()


async def test_a_window_takes_the_last_sessions(holding, held):
    data = await held(await holding(AAA="10"), window=252)

    assert data.observations == 252
    assert date.fromordinal(int(data.holdings.sessions[-1])) == FRIDAY
    assert data.compared.shape == (252, 4)


def test_terms_are_those_of_one_unit():
    terms = OptionTerms(spot=100.0, strike=100.0, years=0.5, volatility=0.2, is_call=1.0, scale=100.0)

    assert terms.gains([0.0])[0] == 0.0
    assert terms.gains([0.0], 0.01)[0] == pytest.approx(100 * 0.28, rel=0.02)
    assert terms.prices([-2.0])[0] == 0.0
