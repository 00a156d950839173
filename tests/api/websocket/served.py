"""The small schema as a server of its own: publishes what the lines on its standard input say.

`python -m tests.api.websocket.served`
"""

import asyncio
import itertools
import json
import socket
import sys
from importlib.metadata import version

import structlog
import uvicorn

from api.frames import FrameProtocol
from api.sockets import SocketLimits
from domain.infra.bus.opening import open_bus
from tests.api.websocket.prices_app import Site
from tests.benchmarks import dataset, ticking

LIMITS = SocketLimits(sockets_per_address=10_000, sockets_per_user=10_000)


async def main() -> None:
    """Serve until the driver is gone."""
    # Standard output belongs to the driver.
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    listening = socket.create_server(("127.0.0.1", 0), backlog=2_048)
    async with open_bus(None) as bus:
        site = Site(bus, limits=LIMITS)
        symbols = dataset.symbols(dataset.LIVE_SYMBOLS)
        for symbol in symbols:
            site.market.set(symbol, "100.25")
        config = uvicorn.Config(
            site.app,
            ws=FrameProtocol,
            ws_per_message_deflate=False,
            ws_max_size=LIMITS.message_bytes,
            log_level="warning",
            log_config=None,
            lifespan="off",
        )
        server = uvicorn.Server(config)
        serving = asyncio.create_task(server.serve(sockets=[listening]))
        due = itertools.cycle(symbols)
        ready = {"port": listening.getsockname()[1], "versions": {"uvicorn": version("uvicorn")}}
        print(json.dumps(ready), flush=True)

        async def tick(number: int) -> None:
            stamped = str(ticking.stamp())
            await bus.publish([site.market.set(next(due), "123.45", stamped) for _ in range(number)])

        await ticking.obey_driver(tick)
        server.should_exit = True
        await serving


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvicorn.Config(main).get_loop_factory()) as runner:
        runner.run(main())
