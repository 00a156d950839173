"""`python -m tests.benchmarks.measure_market [SECONDS]`: a live feed at full speed, and reading many bars."""

import asyncio
import multiprocessing
import resource
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path

import orjson

from domain.infra.clock import SystemClock
from domain.infra.sockets import open_socket
from domain.infra.transaction import units_of_work
from domain.kernel.actor import SYSTEM
from domain.kernel.events import Event
from domain.kernel.ports import Resources
from domain.market import calendar, history, queries
from domain.market.events import QuotesTicked
from domain.market.ingestion import DailyBar, batches, put_bars
from domain.market.models import Instrument
from domain.market.providers.provider import Credentials
from domain.market.streaming.buffer import TickBuffer
from domain.market.streaming.polygon import POLYGON
from domain.market.types import InstrumentKind, QuoteSource
from migrations import runner
from tests.support.feed_stub import KEY, open_feed_stub, trade
from tests.support.resources import open_test_resources
from workers.streams import feed as stream
from workers.streams.feed import Source, run_feed

SYMBOLS, TICKS_A_SECOND, SECONDS = 1_000, 10_000, 60.0
_FRAMES_A_SECOND = 100
READ_INSTRUMENTS, READ_SESSIONS, READ_MS = 60, 2_520, 150.0
_OPEN_SOCKET = partial(open_socket, allows_private=True)


@dataclass(frozen=True, slots=True)
class FeedTimes:
    """What became of the ticks: counts, megabytes, and seconds."""

    sent: int
    lost: int
    conflated: int
    longest_queue: int
    memory_begin: float
    memory_end: float
    processor: float
    elapsed: float
    right: int
    events: int
    drained: float


def symbol_of(number: int) -> str:
    """Return the symbol of an instrument."""
    return f"M{number:04d}"


def price_of(place: int) -> float:
    """Return the price of the tick of this place: never far from the one before of its symbol."""
    return round(50.0 + (place * 7 % 401 - 200) / 100, 2)


def play(port_of: "multiprocessing.Queue[int]", seconds: float) -> None:
    """Serve the feed in a process of its own, and send ticks as fast as asked once somebody has subscribed."""
    asyncio.run(_play(port_of, seconds))


async def _play(port_of: "multiprocessing.Queue[int]", seconds: float) -> None:
    async with open_feed_stub() as stub:
        port_of.put(stub.port)
        connection = await stub.until_subscribed(1)
        per_frame = TICKS_A_SECOND // _FRAMES_A_SECOND
        begun = time.monotonic()
        for frame in range(int(seconds * _FRAMES_A_SECOND)):
            at = int(time.time() * 1000)
            places = range(frame * per_frame, (frame + 1) * per_frame)
            events = [trade(symbol_of(place % SYMBOLS), price_of(place), at, place + 1) for place in places]
            await connection.send(orjson.dumps(events), text=True)
            await asyncio.sleep(max(0.0, begun + (frame + 1) / _FRAMES_A_SECOND - time.monotonic()))
        # Until the other side has gone.
        await connection.wait_closed()


async def measure_feed(resources: Resources, seconds: float) -> FeedTimes:
    """Follow the feed while it is played, and look at what has come of it."""
    buffers: list[TickBuffer] = []
    port_of: multiprocessing.Queue[int] = multiprocessing.Queue()
    player = multiprocessing.Process(target=play, args=(port_of, seconds), daemon=True)
    player.start()
    port = await asyncio.to_thread(port_of.get)
    source = Source(dialect=POLYGON, credentials=Credentials(KEY), url=f"ws://127.0.0.1:{port}")
    original = stream._Leader.__init__

    def patched(self: stream._Leader, *arguments: object, **named: object) -> None:
        original(self, *arguments, **named)  # type: ignore[arg-type]
        buffers.append(self.buffer)

    stream._Leader.__init__ = patched  # type: ignore[method-assign]
    async with resources.bus.listen(QuotesTicked.channel()) as listener:
        following = asyncio.create_task(run_feed(resources, source, _OPEN_SOCKET))
        await asyncio.wait_for(listener.next(), 30)
        begun, used = time.monotonic(), time.process_time()
        memory, longest, events = _memory(), 0, 0
        while time.monotonic() - begun < seconds:
            await asyncio.sleep(0.5)
            longest = max(longest, len(buffers[-1]))
            events += sum(isinstance(each, Event) for each in listener.drain())
            if time.monotonic() - begun < min(10.0, seconds / 3):
                memory = _memory()
        elapsed, processor = time.monotonic() - begun, time.process_time() - used
        ended = time.monotonic()
        sent = int(seconds * _FRAMES_A_SECOND) * (TICKS_A_SECOND // _FRAMES_A_SECOND)
        right = 0
        while right < SYMBOLS and time.monotonic() - ended < 30:
            await asyncio.sleep(0.1)
            right = await _right(sent)
        drained = time.monotonic() - ended
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)
    stream._Leader.__init__ = original  # type: ignore[method-assign]
    player.terminate()
    player.join()
    buffer = buffers[-1]
    return FeedTimes(
        sent, buffer.dropped, buffer.conflated, longest, memory, _memory(), processor, elapsed, right, events, drained
    )


async def _right(sent: int) -> int:
    """Return how many symbols have the price of their last tick."""
    last = {symbol_of(place % SYMBOLS): price_of(place) for place in range(sent - SYMBOLS, sent)}
    return sum(float(quote.price) == last.get(quote.symbol) for quote in await queries.all_quotes())


def _memory() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 1e6


async def _fill() -> None:
    rows = [
        Instrument(
            number=number + 1,
            symbol=symbol_of(number),
            name=f"Measured {number}",
            kind=InstrumentKind.STOCK,
            exchange="XNYS",
            currency="USD",
            first_session=date(2012, 1, 2),
            source="made up",
        )
        for number in range(SYMBOLS)
    ]
    await Instrument.bulk_create(rows)


async def measure_reading(resources: Resources) -> float:
    """Return the milliseconds that it takes to read ten years of 60 instruments, of which nothing is kept."""
    first = date(2012, 1, 2)
    days = [first + timedelta(days=day) for day in range(READ_SESSIONS)]
    bars = [
        DailyBar(number, day, None, None, None, 10.0 + place % 7, 10.0, None, None, None, QuoteSource.HISTORY)
        for number in range(1, READ_INSTRUMENTS + 1)
        for place, day in enumerate(days)
    ]
    for part in batches(bars):
        async with resources.unit_of_work(SYSTEM) as work:
            await put_bars(work, part, [])
    rows = list((await queries.instruments_by_symbol([symbol_of(n) for n in range(READ_INSTRUMENTS)])).values())
    best = float("inf")
    for _ in range(3):
        history.forget()
        begun = time.perf_counter()
        await history.closes(rows, days[-1], datetime.now(UTC))
        best = min(best, (time.perf_counter() - begun) * 1e3)
    return best


async def measure(seconds: float) -> tuple[FeedTimes, float]:
    """Measure on a database of its own."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:{folder}/market.sqlite3"
        await runner.upgrade(url)
        async with open_test_resources(url, Path(folder), Path(folder), None) as opened:
            await _fill()
            reading = await measure_reading(opened)
            # The calendar, and pandas with it, is 85 MB that come once: no growth of the feed.
            await calendar.is_open(datetime.now(UTC))
            return await measure_feed(_with_real_time(opened), seconds), reading


def _with_real_time(resources: Resources) -> Resources:
    clock = SystemClock()
    return replace(resources, clock=clock, unit_of_work=units_of_work(clock, resources.bus, resources.job_doorbell))


def report(seconds: float = SECONDS) -> str:
    """Measure, and return the figures in Markdown."""
    feed, reading = asyncio.run(measure(seconds))
    grown = feed.memory_end - feed.memory_begin
    rows = [
        ("ticks sent", f"{feed.sent:,}", ""),
        ("lost", f"{feed.lost:,}", "0"),
        ("given way to a newer one of their symbol", f"{feed.conflated:,}", "0"),
        ("longest queue", f"{feed.longest_queue:,}", "50,000"),
        ("symbols with the last price in the database", f"{feed.right:,} of {SYMBOLS:,}", "all"),
        ("all there after the last tick", f"{feed.drained:.1f} s", ""),
        ("memory grown after the first ten seconds", f"{grown:.1f} MB", "flat"),
        ("processor", f"{100 * feed.processor / feed.elapsed:.0f} % of one", ""),
        (f"ten years of {READ_INSTRUMENTS} instruments as arrays", f"{reading:.0f} ms", f"{READ_MS:.0f} ms"),
    ]
    lines = [
        f"## A live feed of {TICKS_A_SECOND:,} ticks a second over {SYMBOLS:,} symbols for {seconds:.0f} s, on SQLite",
        "",
        "| | measured | aim |",
        "| --- | ---: | ---: |",
        *(f"| {title} | {value} | {aim} |" for title, value, aim in rows),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(report(float(sys.argv[1]) if len(sys.argv) > 1 else SECONDS))
