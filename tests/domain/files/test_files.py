"""Whose upload it is."""

import pytest

from domain.files import queries
from domain.files.commands import store_file
from domain.files.models import StoredFile
from domain.kernel.actor import NOBODY, SYSTEM, Actor
from domain.kernel.errors import Unauthenticated
from domain.kernel.ids import new_id

OWNER = Actor(user_id=new_id())


@pytest.fixture
def store(resources):
    async def run(actor=OWNER, **more):
        values = {"name": "a.csv", "content_type": "text/csv", "size": 3, "sha256": "0" * 64, **more}
        async with resources.unit_of_work(actor) as work:
            return await store_file(work, **values)

    return run


async def test_what_is_too_long_for_its_column_is_cut(store):
    await store(name="x" * 300, content_type="y" * 300)

    stored = await StoredFile.get()
    assert (stored.name, stored.content_type) == ("x" * 255, "y" * 100)


@pytest.mark.parametrize("actor", [NOBODY, SYSTEM])
async def test_nobody_has_files(store, actor):
    with pytest.raises(Unauthenticated):
        await store(actor)

    assert await StoredFile.all().count() == 0


async def test_a_file_is_seen_by_its_owner_alone(store):
    file = await store()
    elsewhere = Actor(user_id=OWNER.user_id, tenant_id=new_id())

    async def seen(actor):
        return [row is not None for row in await queries.files_by_id(actor, [file.id, new_id(), file.id])]

    assert await seen(OWNER) == await seen(SYSTEM) == [True, False, True]
    for actor in (NOBODY, Actor(user_id=new_id()), elsewhere):
        assert await seen(actor) == [False] * 3
