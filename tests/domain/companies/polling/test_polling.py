"""What is new at a source is taken once, and one file that cannot be had stops none of the others."""

import os
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime

import pytest

from domain.companies.models import Company
from domain.companies.pipeline.ingesting import ingest
from domain.companies.pipeline.models import PipelineRun
from domain.companies.pipeline.types import RunState
from domain.companies.polling.models import SourceFile, SourcePoll
from domain.companies.polling.polling import day_of, poll
from domain.companies.polling.queries import last_polls
from domain.companies.polling.types import FileState
from domain.infra.feeds.folder import FolderSource
from domain.kernel.errors import NotFound, Unavailable
from domain.kernel.feeds import Found, SourceFailed, SourceRefused
from tests.factories.companies import cross_section

CONTENT = b"ticker,name\nAAPL,Apple\n"


@dataclass
class Shelf:
    """A source in memory: files by name, and those that cannot be had."""

    files_: dict[str, bytes] = field(default_factory=dict)
    faults: dict[str, Exception] = field(default_factory=dict)

    async def files(self):
        if "" in self.faults:
            raise self.faults[""]
        return [Found(name, len(content), f"v{hash(content)}") for name, content in sorted(self.files_.items())]

    async def fetch(self, found):
        if found.name in self.faults:
            raise self.faults[found.name]
        return self.files_[found.name]


@pytest.fixture
def shelf():
    return Shelf()


@pytest.fixture
def look(resources, shelf):
    async def report(fraction):
        assert 0 <= fraction < 1

    async def look():
        return await poll(replace(resources, company_sources={"shelf": shelf}), "shelf", report)

    return look


async def test_what_is_new_becomes_a_run_and_is_taken_once(look, shelf):
    shelf.files_ = {"a_2020-03-06.csv": CONTENT, "b.csv": CONTENT + b"MSFT,Microsoft\n"}

    assert await look() == {"files": 2, "taken": 2, "failed": 0, "refused": 0}
    assert await look() == {"files": 2, "taken": 0, "failed": 0, "refused": 0}

    first, second = await PipelineRun.all().order_by("id")
    assert (first.file_name, first.as_of, first.publish_when_passed) == ("a_2020-03-06.csv", date(2020, 3, 6), True)
    assert first.source == "shelf: a_2020-03-06.csv"
    assert second.file_name == "b.csv"
    rows = await SourceFile.all().order_by("id")
    assert [(row.name, row.state, row.run_id) for row in rows] == [
        ("a_2020-03-06.csv", FileState.TAKEN, first.id),
        ("b.csv", FileState.TAKEN, second.id),
    ]


async def test_a_file_that_has_changed_is_taken_again(look, shelf):
    shelf.files_ = {"a.csv": CONTENT}
    await look()
    shelf.files_ = {"a.csv": CONTENT + b"MSFT,Microsoft\n"}

    assert (await look())["taken"] == 1

    assert await PipelineRun.all().count() == 2
    assert await SourceFile.all().count() == 1


async def test_one_that_cannot_be_had_stops_no_other_and_is_asked_for_again(look, shelf):
    shelf.files_ = dict.fromkeys(("a.csv", "b.csv", "c.csv"), CONTENT)
    shelf.faults = {"a.csv": SourceFailed("expected an answer, got none"), "b.csv": SourceRefused("too large")}

    assert await look() == {"files": 3, "taken": 1, "failed": 1, "refused": 1}
    failed = await SourceFile.get(name="a.csv")
    assert (failed.state, failed.message, failed.run_id) == (FileState.FAILED, "expected an answer, got none", None)
    shelf.faults = {}

    assert await look() == {"files": 3, "taken": 1, "failed": 0, "refused": 0}, "what is refused stays so"

    assert [run.file_name for run in await PipelineRun.all().order_by("id")] == ["c.csv", "a.csv"]


async def test_a_source_that_does_not_answer_says_so_and_keeps_what_is_known(look, shelf):
    shelf.files_ = {"a.csv": CONTENT}
    await look()
    shelf.faults = {"": SourceFailed("expected a list of files, got none")}

    with pytest.raises(Unavailable):
        await look()

    told = (await last_polls(["shelf"]))["shelf"]
    assert (told.fault, told.files) == ("expected a list of files, got none", 1)
    shelf.faults = {}
    await look()
    assert (await SourcePoll.get(source="shelf")).fault is None


async def test_one_that_is_configured_wrong_is_no_error_of_the_job(look, shelf):
    shelf.faults = {"": SourceRefused("expected to be let in")}

    assert await look() == {"files": None, "fault": "expected to be let in"}


async def test_an_unknown_source_is_not_found(resources):
    with pytest.raises(NotFound):
        await poll(resources, "moon", lambda _: None)  # type: ignore[arg-type,return-value]


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("companies_2026-08-21.csv", date(2026, 8, 21)),
        ("screen-20260821.xlsx", date(2026, 8, 21)),
        ("feeds/2026.08.21/all.json", date(2026, 8, 21)),
        ("2026-02-31.csv", None),
        ("2030-01-01.csv", None),
        ("v120260821.csv", None),
        ("companies.csv", None),
    ],
)
def test_the_day_of_a_file_is_in_its_name(name, day):
    assert day_of(name, datetime(2026, 11, 27, tzinfo=UTC)) == day


async def test_a_file_put_into_a_folder_becomes_known(resources, tmp_path):
    folder = tmp_path / "watched"
    folder.mkdir()
    cells = cross_section(120, 1)
    lines = [",".join(cells), *(",".join(row) for row in zip(*cells.values(), strict=True))]
    (folder / "feed_2020-03-06.csv").write_text("\n".join(lines))
    (folder / "broken.csv").write_bytes(os.urandom(500))
    watched = replace(resources, company_sources={"folder": FolderSource(folder, ["*.csv"])})

    async def report(_):
        pass

    await poll(watched, "folder", report)
    for run in await PipelineRun.all():
        await ingest(watched, run.id, report)

    runs = {run.file_name: run for run in await PipelineRun.all()}
    assert runs["broken.csv"].state is RunState.FAILED
    assert runs["broken.csv"].fault_message
    assert runs["feed_2020-03-06.csv"].state is RunState.PUBLISHED
    assert await Company.all().count() == 120
