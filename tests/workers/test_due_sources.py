"""Sources of companies' figures are looked at each hour, a folder as soon as something new lies there."""

import asyncio
from dataclasses import replace
from datetime import datetime

import pytest

from domain.companies.polling.polling import poll
from domain.infra.feeds.folder import FolderSource
from domain.jobs.models import Job
from workers.streams.schedule import due_sources, run_schedule


@pytest.fixture
def watched(resources, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    source = FolderSource(folder, ["*.csv"])
    return folder, replace(resources, company_sources={"folder": source, "s3": source})


async def test_each_hour_and_a_folder_at_once(watched, clock):
    folder, resources = watched
    asked: dict[str, datetime] = {}
    assert await due_sources(resources, asked) == ["folder", "s3"]
    assert await due_sources(resources, asked) == []
    (folder / "a.csv").write_bytes(b"ticker,name\nAAPL,Apple\n")
    clock.advance(minutes=1)

    assert await due_sources(resources, asked) == ["folder"]

    async def report(_):
        pass

    await poll(resources, "folder", report)
    assert await due_sources(resources, asked) == []
    clock.advance(minutes=59)
    assert await due_sources(resources, asked) == ["s3"]
    clock.advance(minutes=1)
    assert await due_sources(resources, asked) == ["folder"]


async def test_a_folder_that_is_not_there_holds_up_nobody(watched, clock):
    folder, resources = watched
    asked: dict[str, datetime] = {}
    await due_sources(resources, asked)
    folder.rmdir()
    clock.advance(minutes=1)

    assert await due_sources(resources, asked) == []


async def test_they_are_looked_at_where_no_market_is_asked(watched):
    _, resources = watched
    assert not resources.market_access

    schedule = asyncio.create_task(run_schedule(resources))
    try:
        async with asyncio.timeout(10):
            while len(kinds := [job.kind for job in await Job.all()]) < 2:  # noqa: ASYNC110 - the database tells nobody
                await asyncio.sleep(0.01)
    finally:
        schedule.cancel()

    assert kinds == ["companies.poll_source"] * 2
