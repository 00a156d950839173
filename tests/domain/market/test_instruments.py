"""Instruments that are read together: each once."""

import asyncio
from uuid import uuid4

import pytest

from domain.kernel.errors import BadUserInput
from domain.market import queries
from domain.market.instruments import Instruments
from tests.support.statements import counted_statements


async def test_each_is_read_once(small_market):
    rows = await queries.instruments_by_symbol(["AAA", "BBB"])
    aaa, bbb, nobody = rows["AAA"], rows["BBB"], uuid4()
    instruments = Instruments()

    with counted_statements() as sent:
        assert await instruments.by_id([bbb.id, nobody, bbb.id]) == [bbb, None, bbb]
        assert await instruments.by_id([nobody, bbb.id]) == [None, bbb]
        assert await instruments.by_id([aaa.id, bbb.id]) == [aaa, bbb]
        assert await instruments.by_symbol(["AAA", "???"]) == {"AAA": aaa}
        assert await instruments.by_symbol(["???", "AAA"]) == {"AAA": aaa}
        assert await instruments.known(["BBB", "AAA"]) == [bbb, aaa]

    assert len(sent) == 4
    with counted_statements() as sent, pytest.raises(BadUserInput, match="known instruments, got '\\?\\?\\?'"):
        await instruments.known(["AAA", "???"])
    assert sent == []


async def test_who_comes_meanwhile_waits_for_what_is_read(small_market):
    (row,) = (await queries.instruments_by_symbol(["AAA"])).values()
    instruments = Instruments()

    with counted_statements() as sent:
        found = await asyncio.gather(*(instruments.by_id([row.id]) for _ in range(3)))

    assert (found, len(sent)) == ([[row]] * 3, 1)
