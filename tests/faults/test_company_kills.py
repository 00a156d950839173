"""The embedded server is killed while files of companies are on their way: each is known once, whole, or not at all."""

import asyncio
import contextlib
import random
import sqlite3
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest

from domain.onboarding.demonstration import ADMINISTRATOR
from schema.shared.node import stored_key
from tests.factories.companies import a_week_before, cross_section
from tests.factories.company_files import csv_of
from tests.faults.asking import signed_in
from tests.support.clients import Client
from tests.support.yardstick import slowness

pytestmark = pytest.mark.faults

KILLS, FILES, COMPANIES = 3, 4, 400
FIRST_DAY = date(2022, 10, 3)
SECONDS = 60.0
# Asked to be published where they pass, they wait before an open gate for a moment only.
UNDER_WAY = {"QUEUED", "READING", "CHECKING", "GATE_PASSED"}

INGEST = """
mutation Ingest($input: IngestCompaniesInput!) {
  ingestCompanies(input: $input) { run { id } userErrors { code message field } }
}
"""
RUNS = "query Runs($ids: [ID!]!) { nodes(ids: $ids) { ... on PipelineRun { id state fault { code message } } } }"


@dataclass
class Uploads:
    """Who brings the files, life after life of the server: what got no answer is asked again under the same key."""

    token: str
    run_ids: dict[int, str] = field(default_factory=dict)

    async def bring(self, url: str) -> None:
        async with Client(url, self.token) as client:
            for number in range(FILES):
                if number not in self.run_ids:
                    self.run_ids[number] = await self._bring(client, number)

    async def _bring(self, client: Client, number: int) -> str:
        given = {
            "fileId": await client.upload(week(number), f"week-{number}.csv"),
            "asOf": str(FIRST_DAY + timedelta(weeks=number)),
            "source": f"Week {number}",
            "publishWhenPassed": True,
            "idempotencyKey": f"week-{number}",
        }
        payload = (await client.data(INGEST, {"input": given}))["ingestCompanies"]
        assert payload["userErrors"] == []
        run_id: str = payload["run"]["id"]
        return run_id

    async def settled(self, url: str) -> list[dict[str, Any]]:
        """Return the runs, once none of them will go on."""
        async with Client(url, self.token) as client, asyncio.timeout(SECONDS * slowness()):
            while True:
                runs: list[dict[str, Any]] = (await client.data(RUNS, {"ids": list(self.run_ids.values())}))["nodes"]
                if not {run["state"] for run in runs} & UNDER_WAY:
                    return runs
                await asyncio.sleep(0.2)


def week(number: int) -> bytes:
    """Return the same companies each week, whose numbers have changed a little."""
    cells = cross_section(COMPANIES, 1)
    for earlier in range(FILES - 1, number, -1):
        cells = a_week_before(cells, earlier)
    return csv_of(cells)


@pytest.mark.timeout(300)
async def test_a_file_is_known_once_and_whole_however_often_the_server_dies(embedded, tmp_path):
    database = tmp_path / "data" / "foliograph.sqlite3"
    delays = random.Random(20_221_003)
    await embedded.start()
    async with await signed_in(embedded, ADMINISTRATOR) as client:
        assert client.token is not None
        uploads = Uploads(client.token)

    for _ in range(KILLS):
        bringing = asyncio.create_task(uploads.bring(embedded.url))
        await asyncio.sleep(delays.uniform(0.2, 1.5) * slowness())
        embedded.kill()
        with contextlib.suppress(httpx.TransportError):
            await bringing
        await asyncio.to_thread(nothing_is_half_known, database)
        await embedded.start()

    await uploads.bring(embedded.url)
    states = await uploads.settled(embedded.url)
    assert {run["state"] for run in states} == {"PUBLISHED"}, states
    await embedded.end()

    told = await asyncio.to_thread(nothing_is_half_known, database)
    assert sorted(told) == sorted(str(stored_key("PipelineRun", run_id)) for run_id in uploads.run_ids.values())
    embedded.check_log()


def nothing_is_half_known(database: Path) -> list[str]:
    """Check what stands in a file that nobody has open; return the runs that are known."""
    with contextlib.closing(sqlite3.connect(database)) as connection:
        assert [tuple(row) for row in connection.execute("PRAGMA integrity_check")] == [("ok",)]
        known = connection.execute("""
            SELECT p.run_id, r.state, r.published_companies, (
                SELECT COUNT(DISTINCT s.company_id) FROM company_snapshots s WHERE s.publication_id = p.id
            ) FROM company_publications p LEFT JOIN company_runs r ON r.id = p.run_id WHERE p.run_id IS NOT NULL
        """).fetchall()
        tables = connection.execute("SELECT COUNT(*), COUNT(DISTINCT run_id) FROM company_run_tables").fetchone()
        # Everybody's latest numbers are those of the last week that is known.
        days = connection.execute("""
            SELECT COUNT(DISTINCT s.publication_id) FROM companies c JOIN company_snapshots s ON s.id = c.snapshot_id
            JOIN company_publications p ON p.id = s.publication_id WHERE p.run_id IS NOT NULL
        """).fetchone()
    assert all(row[1:] == ("PUBLISHED", COMPANIES, COMPANIES) for row in known), known
    assert len({row[0] for row in known}) == len(known), "no run is known twice"
    assert tables[0] == tables[1]
    assert days[0] <= 1
    return [row[0] for row in known]
