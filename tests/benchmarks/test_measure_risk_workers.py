"""That what measures workers has them compute something."""

from tortoise.backends.base.executor import EXECUTOR_CACHE

from tests.benchmarks.measure_risk_workers import Batch, measure, table
from tests.support.left_out import leave_out
from tests.support.servers import ServerMissing, fast_storage, open_folder


async def test_one_worker_computes_all():
    EXECUTOR_CACHE.clear()  # statements of another database that this process has had
    with open_folder("foliograph-workers-", parent=fast_storage()) as folder:
        try:
            (found,) = await measure(folder, 3, (1,), 60)
        except ServerMissing as missing:
            leave_out(str(missing))

    # Measures, two values at risk, contributions, exposures, and twenty scenarios.
    assert (found.workers, found.portfolios, found.runs) == (1, 3, 3 * 25)
    assert min(found.seconds, found.busy) > 0


def test_the_table():
    text = table([Batch(1, 400, 12.0, 10.0, 10_000), Batch(2, 400, 6.0, 10.4, 10_000)], 2)

    assert "2 cores, for PostgreSQL as well." in text
    assert "| 2 | 400 | 6.0 | 15.0 | 26.0 | 10000 |" in text
