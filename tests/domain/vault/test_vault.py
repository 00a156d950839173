import asyncio

import pytest

from domain.infra.crypto.field_cipher import AesFieldCipher
from domain.kernel.actor import SYSTEM
from domain.kernel.ids import new_id
from domain.kernel.ports import Place, SealBroken
from domain.vault import commands, queries
from domain.vault.models import DataKey
from tests.factories.identity import make_person

OLD, NEW = bytes(range(32)), bytes(range(1, 33))


@pytest.fixture
async def actor(resources):
    return (await make_person(resources)).actor


async def test_a_tenant_has_one_key_however_many_ask_at_once(resources, actor):
    async def ensure():
        async with resources.unit_of_work(actor) as work:
            return await commands.ensure_data_key(work, resources.field_cipher)

    keys = await asyncio.gather(*(ensure() for _ in range(5)))

    assert set(keys) == {await queries.data_key(actor.tenant_id)}
    assert await DataKey.all().count() == 1


async def test_keys_are_wrapped_under_a_new_secret_and_what_was_sealed_stays(resources, actor):
    place = Place("accounts", "number", new_id())
    async with resources.unit_of_work(actor) as work:
        key = await commands.ensure_data_key(work, AesFieldCipher(OLD))
    sealed = AesFieldCipher(OLD).encrypt(key, place, "12345678")

    async with resources.unit_of_work(SYSTEM) as work:
        assert await commands.rewrap_data_keys(work, AesFieldCipher(NEW, former=[OLD])) == 1
    async with resources.unit_of_work(SYSTEM) as work:
        assert await commands.rewrap_data_keys(work, AesFieldCipher(NEW, former=[OLD])) == 0

    assert await queries.opened(AesFieldCipher(NEW), actor.tenant_id, place, sealed) == "12345678"
    with pytest.raises(SealBroken):
        await queries.opened(AesFieldCipher(OLD), actor.tenant_id, place, sealed)


async def test_a_key_that_cannot_be_unwrapped_stops_it_all(resources, actor):
    async with resources.unit_of_work(actor) as work:
        key = await commands.ensure_data_key(work, AesFieldCipher(OLD))

    with pytest.raises(SealBroken):
        async with resources.unit_of_work(SYSTEM) as work:
            await commands.rewrap_data_keys(work, AesFieldCipher(NEW))

    assert await queries.data_key(actor.tenant_id) == key


async def test_without_its_key_a_value_is_gone(resources, actor):
    place = Place("accounts", "number", new_id())
    cipher = resources.field_cipher
    async with resources.unit_of_work(actor) as work:
        sealed = cipher.encrypt(await commands.ensure_data_key(work, cipher), place, "12345678")
    await DataKey.all().delete()

    with pytest.raises(SealBroken):
        await queries.opened(cipher, actor.tenant_id, place, sealed)
    assert await queries.blind_index(cipher, actor.tenant_id, "accounts:number", "12345678") is None
