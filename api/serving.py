"""How the application is served: the one configuration of uvicorn."""

import gc
import signal
import socket
from collections.abc import Callable, Sequence
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from api.frames import FrameProtocol
from api.requests import BoundedProtocol

# Whoever restarts a server lets what is under way end; who presses Ctrl-C waits for nothing.
_GRACE_SECONDS = {signal.SIGTERM: 10, signal.SIGINT: 1}


class Server(uvicorn.Server):
    """Serves an application; `on_start` is called once it does."""

    def __init__(self, app: ASGIApp, on_start: Callable[[], None], trusted_proxies: Sequence[str] = ()) -> None:
        super().__init__(_configuration(app, trusted_proxies))
        self._on_start = on_start

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and put what is loaded by then out of the garbage collector's way."""
        await super().startup(sockets)
        if self.started:
            # A collection that walked through all of it again would stop the loop for 50 ms.
            gc.collect()
            gc.freeze()
            self._on_start()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End soon: at once for who waits, after what is under way for who does not."""
        self.config.timeout_graceful_shutdown = _GRACE_SECONDS.get(signal.Signals(sig), 1)
        super().handle_exit(sig, frame)


def _configuration(app: ASGIApp, trusted_proxies: Sequence[str]) -> uvicorn.Config:
    return uvicorn.Config(
        app,
        # By itself uvicorn believes whoever connects from this machine, and a variable of its own.
        proxy_headers=bool(trusted_proxies),
        forwarded_allow_ips=list(trusted_proxies),
        loop="uvloop",
        http=BoundedProtocol,
        ws=FrameProtocol,
        ws_max_size=65_536,
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        server_header=False,
        access_log=False,
        log_config=None,
        timeout_keep_alive=30,
        lifespan="on",
    )
