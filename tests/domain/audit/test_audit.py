"""The audit trail: written with what it tells of, or not at all."""

import pytest

from domain.audit.models import AuditEntry
from domain.kernel.actor import SYSTEM, Actor
from domain.kernel.ids import new_id
from domain.kernel.work import Subject

ACTOR = Actor(user_id=new_id())
SUBJECT = Subject("Thing", new_id())


async def test_a_change_is_told_with_who_and_when(resources, clock):
    async with resources.unit_of_work(ACTOR) as work:
        await work.record("thing.change", SUBJECT, {"b": 1, "a": "ä"}, {"when": clock.now().date(), "id": SUBJECT.id})

    entry = await AuditEntry.get()
    assert (entry.action, entry.subject_kind, entry.subject_id) == ("thing.change", "Thing", SUBJECT.id)
    assert (entry.actor_id, entry.tenant_id, entry.recorded_at) == (ACTOR.user_id, ACTOR.tenant_id, clock.now())
    # One spelling for equal values: names sorted, nothing between.
    assert entry.before == '{"a":"\\u00e4","b":1}'
    assert entry.after == f'{{"id":"{SUBJECT.id}","when":"{clock.now().date()}"}}'


async def test_what_has_no_before_and_no_after_says_so(resources):
    async with resources.unit_of_work(SYSTEM) as work:
        await work.record("thing.make", SUBJECT, None, {})

    entry = await AuditEntry.get()
    assert [entry.actor_id, entry.before, entry.after] == [None, None, "{}"]


async def test_a_change_that_was_taken_back_is_not_told(resources):
    async def change_and_fail():
        async with resources.unit_of_work(ACTOR) as work:
            await work.record("thing.change", SUBJECT, None, None)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await change_and_fail()

    assert await AuditEntry.all().count() == 0
