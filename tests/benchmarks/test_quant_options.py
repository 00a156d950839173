"""Our sides of the contests about options."""

import numpy as np

from tests.benchmarks import quant_options


def test_our_sides_answer() -> None:
    given = quant_options.terms(50)

    assert quant_options.ours_value(given).shape == (6, 50)
    assert np.isfinite(quant_options.ours_value(given)).all()
    assert np.isfinite(quant_options.ours_american(given)).all()
    found = quant_options.ours_implied(quant_options.implied_terms(50))
    np.testing.assert_allclose(found[found > 0], given[5][found > 0], rtol=1e-3)
