"""The job `risk.compute`: what it stores is what the API answers from."""

import json
from datetime import timedelta

import pytest

from domain.calculations import answers
from domain.calculations.models import CalculationRun
from domain.jobs.models import Job
from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from domain.risk.batch import DAYS, DAYS_KEPT, prune
from domain.risk.jobs import COMPUTE_RISK
from domain.risk.scenarios import SCENARIOS
from schema.shared.node import global_id
from tests.factories.identity import make_person
from tests.factories.portfolios import FRIDAY
from tests.factories.risk import hold, risk_market
from tests.schema.risk.documents import DOCUMENTS
from tests.support.graphql import GraphQLClient
from workers import main
from workers.registry import Run
from workers.tasks import risk as tasks

__all__ = ["risk_market"]


@pytest.fixture
async def owner(risk_market):
    return (await make_person(risk_market, "owner@example.com")).actor


@pytest.fixture
def compute(risk_market):
    async def run(**arguments):
        async def report(fraction):
            assert 0 <= fraction <= 1

        found = await tasks.compute_risk(Run(risk_market, {"session": FRIDAY.isoformat(), **arguments}, report))
        answers._kept.clear()
        return found

    return run


async def test_the_api_answers_from_what_it_stored(risk_market, owner, compute):
    portfolio = await hold(risk_market, owner, "1000", AAA="10", BBB="20", YOUNG="1")

    done = await compute()

    # Measures, two values at risk, contributions, exposures, and the scenarios.
    assert done["stored"] == 5 + len(SCENARIOS)
    stored = {row.id for row in await CalculationRun.all()}
    client, key = GraphQLClient(risk_market, owner), global_id("Portfolio", portfolio.id)
    days = {"from": (FRIDAY - timedelta(days=DAYS - 1)).isoformat(), "to": FRIDAY.isoformat()}
    for name in ("Risk", "FactorExposures", "Stress", "StressAll"):
        given = {"scenario": "CHINA_2015", "asOf": "2022-11-18T21:00:00.000Z"} if name != "Risk" else days
        await client.data(DOCUMENTS[name], {"id": key, **given})
    await risk_market.runs.settle()
    new = [row.kind for row in await CalculationRun.all() if row.id not in stored]
    # Cornish and Fisher's at 99 % is no usual number.
    assert new == ["VALUE_AT_RISK"]


async def test_again_it_computes_nothing(risk_market, owner, compute):
    await hold(risk_market, owner, "1000", AAA="10")

    first, second = await compute(), await compute()

    assert (first["stored"], second["stored"]) == (5 + len(SCENARIOS), 0)


async def test_one_portfolio_alone(risk_market, owner, compute):
    one, _ = await hold(risk_market, owner, AAA="1"), await hold(risk_market, owner, AAA="2")

    done = await compute(portfolio_id=str(one.id))

    assert done["portfolios"] == 1
    assert {row.subject_id for row in await CalculationRun.all()} == {one.id}


async def test_many_are_shared_out(risk_market, owner, compute, monkeypatch):
    monkeypatch.setattr(tasks, "_SHARE", 2)
    made = sorted([(await hold(risk_market, owner, AAA=str(units))).id for units in range(1, 6)])

    done = await compute()

    jobs = await Job.filter(kind=COMPUTE_RISK.kind).order_by("id")
    assert done["jobs"] == len(jobs) == 3
    given = [json.loads(job.arguments) for job in jobs]
    shares = [(each["first_id"], each["last_id"]) for each in given]
    assert sorted(shares) == [(str(made[a]), str(made[b])) for a, b in ((0, 1), (2, 3), (4, 4))]
    counts = [(await compute(first_id=first, last_id=last))["portfolios"] for first, last in shares]
    assert sorted(counts) == [1, 2, 2]


async def test_an_empty_portfolio_does_not_keep_others_from_theirs(risk_market, owner, compute):
    await hold(risk_market, owner)
    full = await hold(risk_market, owner, AAA="1")

    await compute()

    assert full.id in {row.subject_id for row in await CalculationRun.all()}


async def test_what_is_old_goes(risk_market, owner, compute):
    await hold(risk_market, owner, AAA="1")
    await compute()
    old = await CalculationRun.all().first()
    assert old is not None
    made = risk_market.clock.now() - timedelta(days=DAYS_KEPT + 1)
    await CalculationRun.filter(id=old.id).update(computed_at=made)

    async with risk_market.unit_of_work(SYSTEM) as work:
        assert await prune(work, 10) == 1

    assert await CalculationRun.filter(id=old.id).count() == 0
    assert await CalculationRun.filter(id=new_id()).count() == 0


async def test_it_is_asked_for_once_a_close(risk_market):
    for _ in range(2):
        async with risk_market.unit_of_work(SYSTEM) as work:
            await main._close_session(work, FRIDAY.isoformat())

    assert await Job.filter(kind=COMPUTE_RISK.kind).count() == 1
