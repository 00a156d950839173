"""SIGTERM tells every client to come back, and waits for nobody who does not listen."""

import asyncio
import signal
import time

from websockets.exceptions import ConnectionClosed

from tests.api.websocket.crowd import raw_subscriber, served_process, subscriber
from tests.benchmarks import dataset

SOCKETS = 200


async def test_sockets_are_closed_with_1012_and_the_process_ends():
    symbols = dataset.symbols(dataset.LIVE_SYMBOLS)
    async with served_process() as server:
        connections = [await subscriber(server.url, symbols[:3]) for _ in range(SOCKETS)]
        stalled = [raw_subscriber(server.port, symbols) for _ in range(2)]
        publishing = asyncio.create_task(server.publish(200, 60))
        await asyncio.sleep(1.0)
        begun = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        for connection in connections:
            try:
                while True:
                    await asyncio.wait_for(connection.recv(), 5)
            except ConnectionClosed as closed:
                assert closed.rcvd is not None
                assert closed.rcvd.code == 1012
        told = time.monotonic() - begun
        publishing.cancel()
        assert server.process.stdin is not None
        server.process.stdin.close()
        assert await server.ended(5) in {0, -signal.SIGTERM}
        ended = time.monotonic() - begun
        for opened in stalled:
            opened.close()

        assert told < 2
        assert ended < 4
        assert b"Traceback" not in server.complaints
