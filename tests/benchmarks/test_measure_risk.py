"""That what measures risk measures something."""

import pytest

from tests.benchmarks.measure_risk import Latency, Times, measure, table

pytestmark = pytest.mark.usefixtures("keys_folder")


async def test_a_small_portfolio(tmp_path):
    found = await measure(tmp_path, 3, 60, 1, (2,))

    assert min(found.nothing.p95, found.new.p95, found.stored.p95, found.kept.p95, found.batches[2]) > 0


def test_the_table():
    one = Latency(10, 12, 3)

    text = table(Times(one, one, one, one, {50: 5.0}), 63, 1_260)

    assert "| runs stored | 10 ms | 12 ms | 20 ms | 3 ms |" in text
    assert "50 portfolios of 10: 5.0 s, 10 a second" in text
