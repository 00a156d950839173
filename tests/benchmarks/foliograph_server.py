"""Foliograph as it is served, over a database of its own with the benchmark's data.

`python -m tests.benchmarks.foliograph_server`
"""

import asyncio
import json
import platform
import socket
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path

import uvloop

from api.app import GRAPHQL_PATH, create_app
from api.serving import Server
from domain.infra.settings import Profile, Settings
from domain.infra.telemetry import configure_logging
from domain.kernel.ports import Resources
from domain.market.models import Feed
from domain.wiring import open_resources
from migrations import runner
from tests.benchmarks import ticking
from tests.benchmarks.foliograph_data import Investor, Ticker, fill_market

# A feed announces all that has moved in one step together.
LONGEST_STEP = 0.01
PACKAGES = (
    "strawberry-graphql",
    "graphql-core",
    "uvicorn",
    "starlette",
    "tortoise-orm",
    "broadcaster",
    "uvloop",
    "orjson",
)


async def main() -> None:
    """Serve until the driver is gone."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            profile=Profile.DEMO, data_dir=Path(folder), demo_data=False, graphiql=False, log_level="ERROR"
        )
        configure_logging(settings)
        await runner.upgrade(settings.database)
        await _serve(settings)


async def _serve(settings: Settings) -> None:
    opened: asyncio.Future[Resources] = asyncio.get_running_loop().create_future()

    @asynccontextmanager
    async def opening(settings: Settings) -> AsyncIterator[Resources]:
        async with open_resources(settings) as resources:
            opened.set_result(resources)
            yield resources

    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    server = Server(create_app(settings, opening), lambda: None)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    # A server that could not start opens nothing.
    serving.add_done_callback(lambda _: opened.cancel())
    resources = await opened
    quotes = await fill_market()
    investor = Investor(f"http://127.0.0.1:{port}{GRAPHQL_PATH}")
    ready = {
        "port": port,
        "path": GRAPHQL_PATH,
        "portfolioId": await investor.invest(),
        "headers": investor.headers,
        "versions": {"Python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
    }
    ticker = Ticker(resources.bus, quotes, await Feed.get())
    print(json.dumps(ready), flush=True)
    await ticking.obey_driver(ticker.tick, LONGEST_STEP)
    server.should_exit = True
    await serving


if __name__ == "__main__":
    uvloop.run(main())
