"""That what measures companies measures something."""

import pytest

from tests.benchmarks.measure_companies import KINDS, Found, Latency, measure, table


@pytest.mark.usefixtures("keys_folder")
async def test_a_few_companies(tmp_path):
    found = await measure(f"sqlite:{tmp_path / 'few.sqlite3'}", tmp_path, 60, 0.1)

    assert set(found.kinds) == set(KINDS)
    assert min(each.p95 for each in (found.loaded, found.changed, *found.kinds.values())) > 0


def test_the_table():
    one = Latency(10, 12, 3, 4)

    text = table([Found("SQLite", 12_500, one, one, {"ranges": one})])

    assert "| SQLite | 12,500 | ranges | 10.0 ms | 12.0 ms | 3 ms | 4.0 ms |" in text
