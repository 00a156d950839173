"""Our sides of the contests about options."""

import numpy as np

from tests.benchmarks import quant_options


def test_our_sides_answer() -> None:
    given = quant_options.terms(50)

    priced = quant_options.rows(quant_options.ours_value(given))
    assert priced.shape == (6, 50)
    assert np.isfinite(priced).all()
    np.testing.assert_array_equal(quant_options.rows([*zip(*priced, strict=True)]), priced)
    assert np.isfinite(quant_options.ours_american(given)).all()
    found = quant_options.ours_implied(quant_options.implied_terms(50))
    np.testing.assert_allclose(found[found > 0], given[5][found > 0], rtol=1e-3)
