"""Another process on the bus: answers each tick of AAA with a tick of BBB, until its standard input is closed."""

import asyncio
import sys

from domain.infra.bus.opening import open_bus
from tests.infra.bus.samples import AAA, BusTicked, tick


async def _main(url: str) -> None:
    async with open_bus(url) as bus, bus.listen(AAA) as heard:
        answering = asyncio.create_task(_answer(bus, heard))
        print("ready", flush=True)
        await asyncio.to_thread(sys.stdin.read)
        answering.cancel()


async def _answer(bus, heard) -> None:
    async for event in heard:
        if isinstance(event, BusTicked):
            await bus.publish([tick(event.sequence + 1_000, "BBB")])


if __name__ == "__main__":
    asyncio.run(_main(sys.argv[1]))
