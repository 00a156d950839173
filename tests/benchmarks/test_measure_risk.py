"""That what measures risk measures something."""

import pytest

from tests.benchmarks.measure_risk import Latency, Times, measure, table

pytestmark = pytest.mark.usefixtures("keys_folder")


async def test_a_small_portfolio(tmp_path):
    found = await measure(tmp_path, 3, 60, 1, (2,))

    latencies = (found.nothing, found.new, found.foreign, found.stored, found.kept)
    assert min(found.batches[2], *(each.p95 for each in latencies)) > 0


def test_the_table():
    one = Latency(10, 12, 3)

    text = table(Times(one, one, one, one, one, {50: 5.0}), 63, 1_260)

    assert "| runs stored | 10 ms | 12 ms | 20 ms | 3 ms |" in text
    assert "50 portfolios of 10: 5.0 s, 10 a second" in text
