import asyncio

import pytest

from domain.infra.bus.mailbox import FACTS, KEYS, BusClosed, Mailbox
from domain.kernel.events import Resync
from tests.infra.bus.samples import AAA, BBB, BusTicked, tick


def by_ticker(event):
    assert isinstance(event, BusTicked)
    return event.ticker


async def test_hands_over_events_in_order_and_drains_without_waiting():
    mailbox = Mailbox()
    for sequence in range(5):
        mailbox.deliver(AAA, tick(sequence))

    assert await mailbox.next() == tick(0)
    assert mailbox.drain() == [tick(1), tick(2), tick(3), tick(4)]
    assert mailbox.drain() == []


async def test_waits_for_what_has_not_come_yet():
    mailbox = Mailbox()
    waiting = asyncio.create_task(mailbox.next())
    await asyncio.sleep(0)

    mailbox.deliver(AAA, tick(1))

    assert await waiting == tick(1)


async def test_a_reader_that_was_canceled_loses_nothing():
    mailbox = Mailbox()
    waiting = asyncio.create_task(mailbox.next())
    await asyncio.sleep(0)
    mailbox.deliver(AAA, tick(1))
    waiting.cancel()
    await asyncio.wait([waiting])

    assert await mailbox.next() == tick(1)


async def test_refuses_a_second_reader():
    mailbox = Mailbox()
    waiting = asyncio.create_task(mailbox.next())
    await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="one task to read a listener at a time"):
        await mailbox.next()

    mailbox.deliver(AAA, tick(1))
    assert await waiting == tick(1)


async def test_conflation_keeps_the_latest_of_each_key_in_the_order_in_which_keys_first_came():
    mailbox = Mailbox(by_ticker)
    for event in (tick(1), tick(1, "BBB"), tick(2), tick(1, "CCC"), tick(3), tick(2, "BBB")):
        mailbox.deliver(event.own_channel, event)

    assert mailbox.drain() == [tick(3), tick(2, "BBB"), tick(1, "CCC")]

    mailbox.deliver(BBB, tick(3, "BBB"))
    mailbox.deliver(AAA, tick(4))
    assert mailbox.drain() == [tick(3, "BBB"), tick(4)]


async def test_an_overflow_is_exactly_one_resync_however_much_follows():
    mailbox = Mailbox()
    for sequence in range(3 * FACTS):
        mailbox.deliver(AAA, tick(sequence))

    assert mailbox.drain() == [Resync(AAA)]

    mailbox.deliver(AAA, tick(1))
    assert mailbox.drain() == [tick(1)]


async def test_a_full_mailbox_is_not_yet_an_overflow():
    mailbox = Mailbox()
    for sequence in range(FACTS):
        mailbox.deliver(AAA, tick(sequence))

    assert mailbox.drain() == [tick(sequence) for sequence in range(FACTS)]


async def test_an_overflow_names_every_channel_that_lost_something():
    mailbox = Mailbox(limit=3)
    mailbox.resync("other")
    mailbox.deliver(AAA, tick(1))
    mailbox.deliver(BBB, tick(1, "BBB"))
    mailbox.deliver(AAA, tick(2))

    assert mailbox.drain() == [Resync("other"), Resync(AAA), Resync(BBB)]


async def test_keys_without_end_overflow_too():
    mailbox = Mailbox(lambda event: event)
    for number in range(KEYS):
        mailbox.deliver(AAA, tick(number))
    assert len(mailbox) == KEYS

    mailbox.deliver(AAA, tick(KEYS))

    assert mailbox.drain() == [Resync(AAA)]


async def test_while_a_resync_waits_events_of_its_channel_are_passed_over_and_others_are_not():
    mailbox = Mailbox()
    mailbox.deliver(AAA, tick(1))
    mailbox.resync(AAA)
    mailbox.resync(AAA)
    mailbox.deliver(AAA, tick(2))
    mailbox.deliver(BBB, tick(1, "BBB"))

    assert [await mailbox.next() for _ in range(3)] == [tick(1), Resync(AAA), tick(1, "BBB")]

    mailbox.deliver(AAA, tick(3))
    assert mailbox.drain() == [tick(3)]


async def test_a_closed_mailbox_gives_what_waits_and_then_ends():
    mailbox = Mailbox()
    mailbox.deliver(AAA, tick(1))
    mailbox.close()

    assert [event async for event in mailbox] == [tick(1)]
    with pytest.raises(BusClosed):
        await mailbox.next()
