"""What administrators are told while they watch: a run's way, and alerts without a gap."""

import asyncio

import pytest

from domain.companies.pipeline.alerts import raise_alert
from domain.companies.pipeline.ingesting import ingest
from domain.companies.pipeline.releasing import roll_back_run
from domain.companies.pipeline.types import AlertRule, AlertSeverity
from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from schema.context import Context
from schema.root import build_schema
from schema.shared.event_ids import event_id
from schema.shared.node import global_id, stored_key
from tests.factories.company_files import csv_of, no_report, start
from tests.factories.identity import make_person
from tests.schema.companies.quality.conftest import DOCUMENTS
from tests.support.graphql import GraphQLClient, codes

PATIENCE = 10.0


@pytest.fixture
def follow(resources, admin):
    """Follow a subscription; return an iterator over its events."""

    async def run(document, **variables):
        events = await build_schema().subscribe(
            DOCUMENTS[document],
            variable_values=variables,
            context_value=Context(actor=admin, resources=resources, request_id="test"),
        )
        async for result in events:
            assert result.errors is None, result.errors
            assert result.data is not None
            yield next(iter(result.data.values()))

    return run


async def told(stream):
    async with asyncio.timeout(PATIENCE):
        return await anext(stream)


async def alert(resources, run_id, message="late"):
    async with resources.unit_of_work(SYSTEM) as work:
        await raise_alert(work, AlertRule.SLOW_RUN, AlertSeverity.HIGH, message, run_id)


async def test_a_run_is_followed_on_its_way_and_to_its_end(resources, admin, follow, cells):
    run = await start(resources, csv_of(cells), actor=admin, publish_when_passed=True)
    run_id = global_id("PipelineRun", run.id)
    stream = follow("RunProgress", id=run_id)
    seen = [await told(stream)]
    await ingest(resources, run.id, no_report)
    async with resources.unit_of_work(admin) as work:
        await roll_back_run(work, run.id)

    async with asyncio.timeout(PATIENCE):
        seen += [event async for event in stream]

    assert (seen[0]["kind"], seen[0]["run"]["state"]) == ("SNAPSHOT", "QUEUED")
    # Events that came together are told as the state that they have led to.
    assert (seen[-1]["kind"], seen[-1]["run"]) == ("CHANGE", {"id": run_id, "state": "ROLLED_BACK"})
    resumed = follow("RunProgress", id=run_id, since=seen[-1]["eventId"])
    assert (await told(resumed))["run"]["state"] == "ROLLED_BACK"
    foreign = follow("RunProgress", id=run_id, since=event_id("another", 1))
    assert [(await told(foreign))["kind"] for _ in range(2)] == ["GAP", "SNAPSHOT"]


async def test_each_step_of_a_run_is_a_change(resources, admin, follow, cells):
    run = await start(resources, csv_of(cells), actor=admin)
    stream = follow("RunProgress", id=global_id("PipelineRun", run.id))
    states = [(await told(stream))["run"]["state"]]

    async def report(fraction):
        # Each step is heard before the next.
        states.append((await told(stream))["run"]["state"])

    await ingest(resources, run.id, report)

    assert states[:2] == ["QUEUED", "READING"]
    assert states[-1] in {"CHECKING", "GATE_PASSED"}


async def test_there_is_no_run_to_follow(resources, admin):
    client = GraphQLClient(resources, admin)
    for given in (global_id("PipelineRun", new_id()), "nonsense"):
        assert codes(await client.subscribe(DOCUMENTS["RunProgress"], {"id": given})) == ["NOT_FOUND"]


async def test_alerts_are_told_from_the_latest_on_and_none_is_passed_over(follow, resources, brought):
    stream = follow("DataQualityAlerts")
    first = await told(stream)
    assert (first["kind"], first["severity"], first["run"]) == ("SNAPSHOT", None, None)

    run_id = await brought(b"%PDF-1.7")
    second = await told(stream)
    key = stored_key("PipelineRun", run_id)
    for number in range(3):
        await alert(resources, key, f"late {number}")
    rest = [await told(stream) for _ in range(3)]

    assert (second["kind"], second["severity"], second["rule"]) == ("CHANGE", "CRITICAL", "RUN_FAILED")
    assert second["run"] == {"id": run_id, "state": "FAILED"}
    assert [each["message"] for each in rest] == ["late 0", "late 1", "late 2"]
    resumed = follow("DataQualityAlerts", since=second["eventId"])
    assert [await told(resumed) for _ in range(3)] == rest
    fresh = await told(follow("DataQualityAlerts"))
    assert (fresh["kind"], fresh["message"], fresh["eventId"]) == ("SNAPSHOT", "late 2", rest[-1]["eventId"])


async def test_who_was_away_too_long_is_told_of_a_gap(follow, resources, brought):
    run_id = await brought(b"%PDF-1.7")
    since = (await told(follow("DataQualityAlerts")))["eventId"]
    for number in range(101):
        await alert(resources, stored_key("PipelineRun", run_id), f"late {number}")

    for given in (since, event_id("another", 1), "nonsense"):
        stream = follow("DataQualityAlerts", since=given)
        gap, snapshot = await told(stream), await told(stream)
        assert (gap["kind"], gap["message"]) == ("GAP", None)
        assert (snapshot["kind"], snapshot["message"]) == ("SNAPSHOT", "late 100")


async def test_only_administrators_watch(resources):
    user = (await make_person(resources, "user@example.com")).actor
    client = GraphQLClient(resources, user)

    assert codes(await client.subscribe(DOCUMENTS["DataQualityAlerts"])) == ["FORBIDDEN"]
