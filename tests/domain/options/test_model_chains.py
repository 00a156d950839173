"""Chains that a model makes: listed contracts at a skewed smile on the underlying's volatility."""

from datetime import date

import numpy as np

from domain.kernel.dates import session_close
from domain.options.model_chains import model_chain
from domain.options.quoted import ChainSource
from domain.quant import black_scholes
from domain.quant.smile import model_smile
from domain.quant.volatility import annualized_volatility
from tests.factories.chains import AT, EXPIRY

CLOSES = 100 * np.exp(np.cumsum(np.random.default_rng(3).normal(0, 0.02, 1_400)))


def test_contracts_are_priced_on_the_smile_at_the_underlying_s_volatility():
    chain = model_chain("BRK.B", EXPIRY, 150.0, AT, CLOSES)

    assert chain is not None
    assert (chain.source, chain.expiry, chain.at, chain.spot) == (ChainSource.MODEL, EXPIRY, AT, 150.0)
    assert chain.symbols[:2] == (
        f"BRKB241115C{int(chain.strikes[0] * 1000):08}",
        f"BRKB241115P{int(chain.strikes[0] * 1000):08}",
    )
    now, late = annualized_volatility(CLOSES[-252:]), annualized_volatility(CLOSES[-1260:])
    smile = model_smile(np.log(chain.strikes / 150), chain.years, now, late)
    np.testing.assert_array_equal(chain.volatility, smile)
    exact = black_scholes.price(150.0, chain.strikes, chain.years, 0, 0, smile, chain.is_call)
    bid, ask = np.nan_to_num(chain.bid), chain.ask
    assert ((bid <= exact + 1e-8) & (exact < ask)).all()
    assert np.isnan(chain.open_interest).all()


def test_low_strikes_have_the_higher_volatility():
    chain = model_chain("AAA", EXPIRY, 150.0, AT, CLOSES)

    assert chain is not None
    assert chain.volatility is not None
    below, above = chain.volatility[chain.strikes < 150], chain.volatility[chain.strikes > 150]
    assert below.min() > above.max()


def test_options_on_the_index_have_the_root_of_their_exchange():
    chain = model_chain("SP500", EXPIRY, 4_000.0, AT, CLOSES)

    assert chain is not None
    assert {symbol[:9] for symbol in chain.symbols} == {"SPX241115"}


def test_there_is_none_without_a_past_or_after_the_expiry():
    assert model_chain("AAA", EXPIRY, 150.0, AT, CLOSES[:20]) is None
    assert model_chain("AAA", date(2024, 5, 1), 150.0, AT, CLOSES) is None
    assert model_chain("AAA", EXPIRY, 150.0, session_close(EXPIRY), CLOSES) is None
