import asyncio
import resource
from pathlib import Path

import pytest

from domain.infra.bus.hub import Hub
from domain.infra.bus.mailbox import FACTS, BusClosed
from domain.infra.bus.memory_backend import MemoryBackend
from domain.infra.bus.opening import open_bus
from domain.kernel.events import Resync
from tests.infra.bus.samples import AAA, BBB, tick
from tests.support.left_out import leave_out


async def heard(listener, seconds: float = 2.0):
    async with asyncio.timeout(seconds):
        return await listener.next()


def resident_bytes():
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        leave_out("no /proc: the memory of a process is read there")
    return pages * resource.getpagesize()


async def test_a_listener_hears_its_channels_in_order_and_no_others(bus):
    async with bus.listen(AAA, BBB, AAA) as listener:
        await bus.publish([tick(1), tick(1, "CCC"), tick(1, "BBB"), tick(2)])

        received = [await heard(listener) for _ in range(3)]
        assert listener.drain() == []
        # The order is each channel's own.
        assert [event for event in received if event.ticker == "AAA"] == [tick(1), tick(2)]
        assert [event for event in received if event.ticker == "BBB"] == [tick(1, "BBB")]


async def test_is_connected(bus):
    assert bus.connected


async def test_publishing_to_nobody_and_publishing_nothing_do_nothing(bus):
    await bus.publish([tick(1)])
    await bus.publish([])


async def test_a_stream_of_single_events_keeps_its_order(bus):
    async with bus.listen(AAA) as listener:
        await asyncio.gather(*(bus.publish([tick(sequence)]) for sequence in range(200)))

        assert [await heard(listener) for _ in range(200)] == [tick(sequence) for sequence in range(200)]


async def test_concurrent_first_listeners_of_one_channel_all_hear(bus):
    entered = asyncio.Barrier(6)

    async def listen():
        async with bus.listen(AAA) as listener:
            await entered.wait()
            return await heard(listener)

    listening = [asyncio.create_task(listen()) for _ in range(5)]
    await entered.wait()
    await bus.publish([tick(1)])

    assert await asyncio.gather(*listening) == [tick(1)] * 5


async def test_listeners_that_come_and_go_at_once_leave_the_others_hearing(bus):
    async def come_and_go(number):
        for _ in range(number % 3 + 1):
            async with bus.listen(AAA):
                await asyncio.sleep(0)

    for _ in range(20):
        await asyncio.gather(*(come_and_go(number) for number in range(5)))
        async with bus.listen(AAA) as listener:
            await bus.publish([tick(1)])
            assert await heard(listener) == tick(1)


async def listen_for_ever(bus):
    async with bus.listen(AAA):
        await asyncio.Event().wait()


async def test_a_listener_canceled_while_it_enters_leaves_the_others_hearing(bus):
    for turns in range(6):
        entering = asyncio.create_task(listen_for_ever(bus))
        for _ in range(turns):
            await asyncio.sleep(0)
        entering.cancel()
        async with bus.listen(AAA) as listener:
            await bus.publish([tick(1)])
            assert await heard(listener) == tick(1)
        await asyncio.wait([entering])
        assert entering.cancelled()


class SlowBackend(MemoryBackend):
    """Takes its time to subscribe and to unsubscribe, as a distant server does."""

    async def subscribe(self, group: str) -> None:
        await asyncio.sleep(0.02)
        await super().subscribe(group)

    async def unsubscribe(self, group: str) -> None:
        await super().unsubscribe(group)
        await asyncio.sleep(0.02)


@pytest.mark.parametrize("pause", [0, 0.001, 0.01, 0.03, 0.05])
async def test_entering_waits_for_the_subscription_even_while_the_last_one_leaves(pause):
    bus = Hub(SlowBackend())
    await bus.open()
    try:
        for sequence in range(3):
            async with asyncio.timeout(1), bus.listen(AAA) as listener:
                await bus.publish([tick(sequence)])
                assert await listener.next() == tick(sequence)
            entering = asyncio.create_task(listen_for_ever(bus))
            await asyncio.sleep(pause)
            entering.cancel()
            await asyncio.wait([entering])
    finally:
        await bus.close()


async def test_who_listens_again_later_hears_no_resync(bus):
    for sequence in range(3):
        async with bus.listen(AAA) as listener:
            await bus.publish([tick(sequence)])
            assert await heard(listener) == tick(sequence)
        await asyncio.sleep(0.05)
        await bus.publish([tick(9)])


async def test_the_latest_per_key_is_kept_for_who_conflates(bus):
    async with (
        bus.listen(AAA, BBB, conflate_by=lambda event: event.own_channel) as listener,
        bus.listen(AAA, BBB) as witness,
    ):
        await bus.publish([tick(n, ticker) for n in range(50) for ticker in ("AAA", "BBB")])
        for _ in range(100):
            await heard(witness)

        assert sorted(listener.drain(), key=lambda event: event.ticker) == [tick(49), tick(49, "BBB")]


async def test_a_listener_whose_key_fails_is_resynced_and_others_hear(bus):
    def fail(event):
        raise LookupError(event)

    async with bus.listen(AAA, conflate_by=fail) as failing, bus.listen(AAA) as listener:
        await bus.publish([tick(1)])

        assert await heard(listener) == tick(1)
        assert await heard(failing) == Resync(AAA)


async def test_a_listener_that_does_not_read_costs_bounded_memory(bus):
    async with bus.listen(AAA) as slow, bus.listen(AAA, conflate_by=lambda _: 0) as ticking, bus.listen(BBB) as last:
        await bus.publish([tick(n) for n in range(500)])
        before = most = resident_bytes()
        for first in range(0, 200_000, 500):
            await bus.publish([tick(n) for n in range(first, first + 500)])
            most = max(most, resident_bytes())
        await bus.publish([tick(1, "BBB")])
        assert await heard(last, 30) == tick(1, "BBB")

        assert most - before < 10_000_000
        assert len(slow) <= FACTS
        assert slow.drain() == [Resync(AAA)]
        assert ticking.drain()[-1] in {tick(199_999), Resync(AAA)}
        await bus.publish([tick(5)])
        assert await heard(slow) == tick(5)


async def test_closing_ends_its_listeners_and_leaves_no_task(bus_url):
    async def listen(bus):
        async with bus.listen(AAA) as listener:
            return [event async for event in listener]

    async with open_bus(bus_url) as bus:
        listening = asyncio.create_task(listen(bus))
        await asyncio.sleep(0.05)
        await bus.publish([tick(1)])
        await asyncio.sleep(0.05)

    async with asyncio.timeout(1):
        assert await listening == [tick(1)]
    assert asyncio.all_tasks() == {asyncio.current_task()}
    with pytest.raises(BusClosed):
        await bus.publish([tick(2)])
    with pytest.raises(BusClosed):
        async with bus.listen(AAA):
            pass


async def test_refuses_an_event_that_cannot_be_carried_and_announces_none(bus):
    async with bus.listen(AAA) as listener:
        with pytest.raises(TypeError):
            await bus.publish([tick(1), tick(2, "lone surrogate \ud800")])
        await bus.publish([tick(3)])

        assert await heard(listener) == tick(3)


async def test_decodes_a_message_once_for_all_its_listeners(bus):
    async with bus.listen(AAA) as one, bus.listen(AAA) as other:
        await bus.publish([tick(1)])

        assert await heard(one) is await heard(other)


async def test_a_doubt_is_a_resync_on_its_channels_only(bus):
    async with bus.listen(AAA) as one, bus.listen(BBB) as other:
        await bus.publish([tick(1)])
        await bus.doubt([AAA])
        await bus.publish([tick(2), tick(2, "BBB")])

        assert [await one.next(), await one.next()] == [tick(1), Resync(AAA)]
        assert await other.next() == tick(2, "BBB")
