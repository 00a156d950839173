"""That what measures performance measures something."""

import pytest

from tests.benchmarks.measure_performance import Times, measure, table

pytestmark = pytest.mark.usefixtures("keys_folder")


async def test_a_small_portfolio(tmp_path):
    found = await measure(tmp_path, 400, 5, 60)

    assert found.sessions == 60
    assert min(found.cold, found.ledger_known, found.warm, found.closes, found.contributions) > 0


def test_the_table():
    text = table(Times(1_000, 900, 150, 10, 400, 2_520), 100_000, 500)

    assert "| with all known | 150 ms | 500 ms |" in text
