"""The job that stores what is quoted for option contracts, from a file as a provider tells it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from domain.infra.market_files import FolderWeb
from domain.kernel.errors import NotFound, Unavailable
from domain.kernel.ports import Resources
from domain.kernel.web import Access
from domain.market import chains, ingestion
from domain.market.jobs import REFRESH_OPTION_CHAIN
from tests.factories.live_market import live_market, row_of
from tests.support.resources import ManualClock
from workers.main import TASKS
from workers.registry import Run, handler_of

# Importing the tasks registers their handlers.
__all__ = ["TASKS", "live_market"]

HEAD = "contract,asof,bid,ask,last,volume,open_interest,iv\n"
JUNE, JULY = date(2024, 6, 21), date(2024, 7, 19)


async def _run(market: Resources, folder: Path, reported: list[float], **arguments: object) -> Mapping[str, Any]:
    files = FolderWeb(folder, market.clock)
    resources = replace(market, market_files=files, market_access=(Access(name="file"),), _shared={})
    found = handler_of(REFRESH_OPTION_CHAIN.kind)
    assert found is not None

    async def report(fraction: float) -> None:
        reported.append(fraction)

    return await found[1](Run(resources, arguments, report)) or {}


@pytest.fixture
def folder(tmp_path: Path, clock: ManualClock) -> Path:
    clock.advance(datetime(2024, 5, 15, 15, 0, tzinfo=UTC) - clock.now())
    (tmp_path / "files" / "chains").mkdir(parents=True)
    return tmp_path / "files"


async def test_a_chain_is_stored_in_parts_and_what_is_wrong_is_named(
    live_market: Resources, folder: Path, monkeypatch: pytest.MonkeyPatch
):
    rows = [f"AAA{day}{right}{strike:05}000,2024-05-14,1.5,1.7,1.6,7,70,0.25"
            for day in ("240621", "240719") for strike in range(8, 13) for right in "CP"]  # fmt: skip
    wrong = ["AAA240621C00020000,2024-05-14,2,1,,,,", "BBB240621C00020000,2024-05-14,1,2,,,,", "AAA,2024-05-14,1,2,,,,"]
    (folder / "chains" / "AAA.csv").write_text(HEAD + "\n".join([*rows, *wrong]))
    monkeypatch.setattr(ingestion, "BATCH", 8)
    monkeypatch.setattr(ingestion, "LARGE_BATCH", 8)
    reported: list[float] = []

    first = await _run(live_market, folder, reported, symbol="AAA")
    again = await _run(live_market, folder, [], symbol="AAA", expiry=None)

    assert first == again
    assert first == {
        "provider": "file", "stored": 20, "expiries": 2, "refused": 3,
        "reasons": [
            "AAA240621C00020000: expected a bid of at most the ask, got 2 and 1",
            "BBB240621C00020000: expected a contract on AAA, got one on BBB",
            "expected an OCC symbol as contract of row 24, got 'AAA'",
        ],
    }  # fmt: skip
    assert reported == pytest.approx([1 / 3, 2 / 3, 1])
    june, july = await chains.stored_chains((await row_of("AAA")).id)
    assert (june.expiry, july.expiry, june.strikes.tolist()) == (JUNE, JULY, [8, 8, 9, 9, 10, 10, 11, 11, 12, 12])
    assert set(june.at) == {datetime(2024, 5, 14, 20, 0, tzinfo=UTC)}


async def test_one_expiry_and_nothing(live_market: Resources, folder: Path):
    rows = [f"AAA{day}C00010000,2024-05-14,1.5,1.7,,,," for day in ("240621", "240719")]
    (folder / "chains" / "AAA.csv").write_text(HEAD + "\n".join(rows))

    one = await _run(live_market, folder, [], symbol="AAA", expiry="2024-07-19")
    none = await _run(live_market, folder, [], symbol="AAA", expiry="2024-08-16")

    assert (one["stored"], none["stored"]) == (1, 0)
    assert await chains.expiries((await row_of("AAA")).id) == (JULY,)


async def test_who_is_not_known_and_what_nobody_tells(live_market: Resources, folder: Path):
    with pytest.raises(NotFound, match="instrument that is known, got 'ZZZ'"):
        await _run(live_market, folder, [], symbol="ZZZ")
    with pytest.raises(Unavailable, match="NOT_FOUND"):
        await _run(live_market, folder, [], symbol="BBB")
