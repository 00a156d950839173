"""All risk of a portfolio in one query: few statements, and the same numbers from wherever they come."""

import pytest

from domain.calculations import answers
from domain.kernel.dates import session_close
from domain.market import history
from domain.risk import reading
from tests.benchmarks.measure_risk import QUERY
from tests.factories.portfolios import FRIDAY
from tests.factories.risk import DAYS
from tests.support.statements import counted_statements


@pytest.fixture
def asked(client, holding):
    """Ask for all risk of one portfolio; return what is told, and the statements."""
    known: dict[str, str] = {}

    async def run():
        if not known:
            known["id"] = await holding("1000", AAA="10", BBB="20", CCC="5", DDD="1")
        with counted_statements() as sent:
            found = await client.data(
                QUERY, {**known, "from": str(DAYS[1]), "to": str(FRIDAY), "at": session_close(FRIDAY).isoformat()}
            )
        return found["portfolio"], [each for each in sent if not each.startswith("INSERT")]

    return run


@pytest.fixture
def forget_data():
    """Forget what runs are computed from, and what comes of it, as another process has never known it."""

    def run(*, closes=False):
        answers._kept.clear()
        reading._remembered.clear()
        reading._returns_kept.clear()
        if closes:
            history.forget()

    return run


async def test_what_is_stored_takes_eleven_statements(asked, forget):
    first, _ = await asked()
    await forget()

    stored, sent = await asked()
    kept, again = await asked()

    # The portfolio twice: to see it in outline, and whole.  Factors, the clock, instruments by symbol: the benchmark,
    # then proxies; and by id.  Closes.  Then runs, as parts of the answer have what they ask about.  Where answers of
    # the database come together, what is asked next goes together, too: one less of instruments or of runs.
    most = {"portfolios": 2, "factors": 1, "feeds": 1, "instruments WHERE": 3, "daily_bars": 1, "calculation_runs": 3}
    counts = {table: sum(f"FROM {table}" in each.replace('"', "") for each in sent) for table in most}
    assert all(counts[table] <= most[table] for table in most), "\n".join(sent)
    assert (9 <= len(sent) <= 11, 7 <= len(again) <= 8) == (True, True), "\n".join([*sent, "", *again])
    assert stored == kept == first


async def test_another_process_answers_the_same_from_what_is_stored(asked, forget, forget_data):
    first, _ = await asked()
    await forget()
    forget_data(closes=True)

    with counted_statements() as sent:
        cold, _ = await asked()
        await forget()

    assert cold == first
    assert [each for each in sent if each.startswith("INSERT")] == [], "nothing was computed again"
    assert first["risk"]["volatility"] > 0
    assert first["risk"]["historical"]["fraction"] > 0
    assert len(first["risk"]["contributions"]) == 4
