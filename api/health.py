"""Whether this process lives, and whether it can answer."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import orjson
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

# Asked every few seconds by whatever watches the process: a slow answer is a bad one.
_PATIENCE: Final = 2.0

Probe = Callable[[], Awaitable[None]]


def health_routes(*, probe_database: Probe, bus_is_connected: Callable[[], bool]) -> list[Route]:
    """Return `/healthz`, `/readyz` and `/metrics`.

    Ready is who reaches a database; without the bus queries still answer and live views wait: that is `degraded`.
    """

    async def alive(_: Request) -> Response:
        return _json({"status": "ok"})

    async def ready(_: Request) -> Response:
        try:
            async with asyncio.timeout(_PATIENCE):
                await probe_database()
        except Exception:  # noqa: BLE001 - whatever it is, it does not answer
            return _json({"status": "unavailable", "database": "down", "bus": _bus()}, 503)
        return _json({"status": "ok" if bus_is_connected() else "degraded", "database": "ok", "bus": _bus()})

    def _bus() -> str:
        return "ok" if bus_is_connected() else "down"

    async def metrics(_: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [
        Route("/healthz", alive, methods=["GET"]),
        Route("/readyz", ready, methods=["GET"]),
        Route("/metrics", metrics, methods=["GET"]),
    ]


def _json(content: dict[str, str], status: int = 200) -> Response:
    return Response(orjson.dumps(content), status_code=status, media_type="application/json")
