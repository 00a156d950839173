"""How a process gets its bus."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from domain.infra.bus.hub import Hub
from domain.infra.bus.memory_backend import MemoryBackend
from domain.infra.bus.redis_backend import RedisBackend


@asynccontextmanager
async def open_bus(redis_url: str | None) -> AsyncIterator[Hub]:
    """Open the bus: over Redis (`redis://`, `rediss://`, `unix://`), or without a URL inside this process.

    A Redis that is out delays by a second and fails nothing: `connected` says so.
    Raises `ValueError` for what is no Redis URL.
    """
    hub = Hub(RedisBackend(redis_url) if redis_url else MemoryBackend())
    await hub.open()
    try:
        yield hub
    finally:
        await hub.close()
