"""Whether a process lives and can answer, as whatever watches it asks."""

import asyncio
import time

import httpx
import pytest
from starlette.applications import Starlette

from api.health import health_routes


class Watched:
    """What the routes ask, and what it answers."""

    def __init__(self):
        self.is_connected = True
        self.problem = None
        self.is_hanging = False

    async def probe(self):
        if self.is_hanging:
            await asyncio.sleep(60)
        if self.problem is not None:
            raise self.problem


@pytest.fixture
def watched():
    return Watched()


@pytest.fixture
async def http(watched):
    app = Starlette(routes=health_routes(probe_database=watched.probe, bus_is_connected=lambda: watched.is_connected))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost") as client:
        yield client


async def test_all_is_well(http):
    alive, ready = await http.get("/healthz"), await http.get("/readyz")

    assert (alive.status_code, alive.json()) == (200, {"status": "ok"})
    assert (ready.status_code, ready.json()) == (200, {"status": "ok", "database": "ok", "bus": "ok"})


async def test_without_the_bus_it_is_degraded_and_still_answers(http, watched):
    watched.is_connected = False

    ready = await http.get("/readyz")

    assert (ready.status_code, ready.json()) == (200, {"status": "degraded", "database": "ok", "bus": "down"})


@pytest.mark.parametrize("problem", [ConnectionRefusedError("10.0.0.7:5432"), RuntimeError("secret"), OSError(5, "x")])
async def test_without_the_database_it_is_not_ready_and_lives(http, watched, problem):
    watched.problem = problem

    alive, ready = await http.get("/healthz"), await http.get("/readyz")

    assert alive.status_code == 200
    assert (ready.status_code, ready.json()) == (503, {"status": "unavailable", "database": "down", "bus": "ok"})


async def test_a_database_that_says_nothing_is_not_waited_for(http, watched):
    watched.is_hanging = True
    started = time.monotonic()

    ready = await http.get("/readyz")

    assert ready.status_code == 503
    assert 1.9 < time.monotonic() - started < 3


async def test_metrics_are_what_prometheus_reads(http):
    response = await http.get("/metrics")

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert "# HELP " in response.text


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_they_are_only_read(http, path):
    assert (await http.head(path)).status_code == 200
    assert (await http.post(path)).status_code == 405


async def test_a_real_database_is_asked(resources):
    await resources.probe_database()
