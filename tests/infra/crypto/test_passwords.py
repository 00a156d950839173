import asyncio
import time

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.low_level import Type

from domain.infra.crypto.passwords import WAITING, Argon2Parameters, open_password_hasher
from domain.kernel.errors import Unavailable
from tests.support.resources import CHEAP

# Long enough to fill the queue meanwhile: about 30 ms.
SLOW = Argon2Parameters(memory=16 * 1024, iterations=2, lanes=1)


async def test_a_password_is_found_in_its_hash_and_another_is_not():
    async with open_password_hasher(CHEAP) as passwords:
        encoded = await passwords.hash("correct horse")

        assert await passwords.verify(encoded, "correct horse")
        assert not await passwords.verify(encoded, "correct horsf")
        assert not await passwords.verify("no hash", "correct horse")
        assert encoded != await passwords.hash("correct horse")


async def test_the_cost_is_64_mib_3_iterations_4_lanes():
    async with open_password_hasher() as passwords:
        found = extract_parameters(await passwords.hash("correct horse"))

    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (Type.ID, 65536, 3, 4)
    assert (found.salt_len, found.hash_len) == (16, 32)


async def test_who_has_no_account_is_checked_at_the_same_cost_and_never_found():
    async with open_password_hasher() as passwords:
        dummy, real = extract_parameters(passwords._nobody), extract_parameters(await passwords.hash("x"))

        assert dummy == real
    async with open_password_hasher(CHEAP) as passwords:
        assert not await passwords.verify(None, "")
        # Even if somebody found what hashes to it.
        passwords._nobody = PasswordHasher(memory_cost=8, time_cost=1, parallelism=1).hash("found")
        assert not await passwords.verify(None, "found")


async def test_20_wait_and_the_next_is_turned_away():
    async with open_password_hasher(SLOW) as passwords:
        waiting = [asyncio.ensure_future(passwords.hash("x")) for _ in range(1 + WAITING)]
        await asyncio.sleep(0)

        with pytest.raises(Unavailable, match="expected at most 20 passwords waiting"):
            await passwords.hash("x")

        assert len(set(await asyncio.gather(*waiting))) == 21
        assert await passwords.hash("x")


async def test_who_goes_away_leaves_the_queue():
    async with open_password_hasher(SLOW) as passwords:
        waiting = [asyncio.ensure_future(passwords.hash("x")) for _ in range(1 + WAITING)]
        await asyncio.sleep(0)
        for task in waiting[1:]:
            task.cancel()
        await asyncio.sleep(0)

        assert await asyncio.gather(*(passwords.hash("y") for _ in range(WAITING)))

        assert await waiting[0]
        assert all(task.cancelled() for task in waiting[1:])


async def test_the_event_loop_goes_on_meanwhile():
    async with open_password_hasher() as passwords:
        hashing = asyncio.ensure_future(passwords.hash("x"))
        longest = 0.0
        while not hashing.done():
            began = time.perf_counter()
            await asyncio.sleep(0.001)
            longest = max(longest, time.perf_counter() - began)

    # On the loop it would be the whole 0.1 s and more.
    assert longest < 0.06
