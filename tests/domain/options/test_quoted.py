"""What a chain's prices say: the forward by parity, volatilities, and which prices say nothing."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from domain.kernel.absence import AbsenceReason
from domain.options.chains import priced
from domain.options.quoted import ChainSource, forward_of, values_of
from domain.options.surfaces import surface_of
from tests.factories.chains import AT, chain_at


def test_parity_tells_the_forward_the_rate_and_the_yield():
    chain = chain_at(0.3, rate=0.04, dividend_yield=0.015)

    found = forward_of(chain)

    assert found.pairs == 6, "90 to 115: exp(±0.15) around the spot"
    assert found.rate == pytest.approx(0.04, abs=1e-10)
    assert found.dividend_yield == pytest.approx(0.015, abs=1e-10)
    assert found.price == pytest.approx(100 * np.exp(0.025 * chain.years))


def test_one_price_that_is_wrong_moves_the_forward_little():
    chain = chain_at(0.3, rate=0.04, strikes=tuple(range(90, 111)))
    chain.bid[20] += 3
    chain.ask[20] += 3

    found = forward_of(chain)

    assert found.pairs == 21
    assert found.rate == pytest.approx(0.04, abs=1e-9)


def test_too_few_pairs_leave_the_spot():
    found = forward_of(chain_at(0.3, rate=0.04, strikes=(80, 90, 95, 100, 110, 120)))

    assert (found.price, found.rate, found.dividend_yield, found.pairs) == (100.0, 0.0, 0.0, 0)


def test_over_a_short_time_the_rate_is_taken_for_zero_and_the_forward_is_not():
    at = AT + timedelta(days=170)
    chain = chain_at(0.3, rate=0.04, at=at)

    found = forward_of(chain)

    assert chain.years < 0.1
    assert (found.rate, found.pairs) == (0.0, 6)
    # What is left is that the discount is not taken off: a strike's distance from the spot times that.
    assert found.price == pytest.approx(100 * np.exp(0.04 * chain.years), abs=0.02)


def test_volatilities_are_those_that_prices_were_made_with():
    smile = np.linspace(0.4, 0.2, 9)
    chain = chain_at(smile, rate=0.04, dividend_yield=0.015)

    found = values_of(chain)

    np.testing.assert_allclose(found.volatility, np.repeat(smile, 2), atol=1e-8)


def test_a_chain_of_a_model_has_the_model_s_volatility_and_no_interest():
    volatility = np.full(18, 0.33)
    chain = replace(chain_at(0.3, rate=0.04), source=ChainSource.MODEL, volatility=volatility)

    found = values_of(chain)

    assert found.forward.price == 100.0
    assert found.volatility is volatility


def _numbers(chain, place):
    found = priced(chain, 250)
    rows = [each for pair in zip(found.calls, found.puts, strict=True) for each in pair]
    return rows[place]


@pytest.mark.parametrize(
    ("bid", "ask", "reason", "message"),
    [
        (np.nan, 1.0, AbsenceReason.NO_PRICE, "expected a bid, got none"),
        (1.0, np.nan, AbsenceReason.NO_PRICE, "expected an ask, got none"),
        (2.0, 1.0, AbsenceReason.UNDEFINED, "expected a bid of at most the ask, got 2 and 1"),
        (15.0, 15.2, AbsenceReason.UNDEFINED,
         "expected a price of at least the intrinsic value on the forward, 20, got 15.1"),
    ],
)  # fmt: skip
def test_a_price_that_says_nothing_says_why(bid, ask, reason, message):
    chain = chain_at(0.3)
    # The call at 80, of which the other prices make a forward of 100.
    chain.bid[0], chain.ask[0] = bid, ask

    found = _numbers(chain, 0)

    assert (found.implied_volatility, found.delta, found.vega) == (None, None, None)
    reasons = {each.field: (each.reason, each.message) for each in found.absences}
    assert reasons["implied_volatility"] == reasons["delta"] == (reason, message)
    assert ("mid" in reasons) == bool(np.isnan(bid + ask))


def test_a_quote_of_an_earlier_session_is_stale():
    chain = chain_at(0.3)
    chain.is_stale[1] = True

    found = _numbers(chain, 1)

    assert found.bid is not None
    assert {each.reason for each in found.absences} == {AbsenceReason.STALE}


def test_a_contract_that_a_split_has_left_says_nothing_of_one_unit():
    chain = chain_at(0.3, rate=0.04)
    chain.is_adjusted[10:12] = True

    found = _numbers(chain, 10)

    assert forward_of(chain).pairs == 5
    assert found.mid is not None
    assert {(each.field, each.reason) for each in found.absences} >= {("delta", AbsenceReason.NOT_APPLICABLE)}


def test_the_strikes_nearest_to_the_spot_are_answered():
    found = priced(chain_at(0.3), 3)

    assert [float(each.strike) for each in found.calls] == [95, 100, 105]
    assert [float(each.strike) for each in found.puts] == [95, 100, 105]
    assert found.calls[1].open_interest == 7
    assert found.calls[1].absences == ()


def test_two_roots_of_one_day_pair_each_with_its_own():
    plain, other = chain_at(0.3, rate=0.04), chain_at(0.5, rate=0.04)
    columns = {
        name: np.column_stack([getattr(plain, name).reshape(-1, 2), getattr(other, name).reshape(-1, 2)]).ravel()
        for name in ("is_call", "strikes", "bid", "ask", "open_interest", "is_stale", "is_adjusted")
    }
    symbols = tuple(f"{root}241115C00000000" for _ in range(9) for root in ("SPX", "SPX", "SPXW", "SPXW"))
    both = replace(plain, symbols=symbols, exact_strikes=plain.exact_strikes * 2, **columns)

    found = forward_of(both)

    assert found.pairs == 12
    assert found.rate == pytest.approx(0.04, abs=1e-10)
    assert found.price == pytest.approx(100 * np.exp(0.04 * both.years))


def test_without_a_price_of_the_underlying_nothing_is_implied():
    chain = replace(chain_at(0.3), spot=float("nan"))

    found = priced(chain, 250)

    assert len(found.calls) == 9
    assert {each.reason for row in found.calls for each in row.absences} == {AbsenceReason.NO_PRICE}
    assert [len(each.moneyness) for each in surface_of([chain]).slices] == [0]
