"""Files of bars in a folder, as if a server answered."""

import io
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as parquet_files
import pytest

from domain.infra.market_files import FolderWeb
from domain.kernel.web import Request, Unreachable
from domain.market.providers.asked import BarsAsked, ChainAsked
from domain.market.providers.file import FILE
from domain.market.providers.observed import ObservedContract
from domain.market.providers.provider import Credentials, FaultKind, ProviderFault
from tests.support.resources import ManualClock

ASKED = BarsAsked("ACME", date(2024, 5, 1), date(2024, 5, 31))


def _request(symbol: str) -> Request:
    return Request(url=f"file:{symbol}")


async def _bars(folder: Path, clock: ManualClock):
    endpoint = FILE.daily_bars
    assert endpoint is not None
    answer = await FolderWeb(folder, clock).get(endpoint.build(ASKED, "", Credentials()), within=10)
    return endpoint.parse(ASKED, answer).found


async def test_csv_and_parquet_say_the_same(tmp_path: Path, clock: ManualClock):
    (tmp_path / "ACME.csv").write_text("\ufeffDate,Close,Volume\n2024-05-14,12.75,1000\n2024-05-13,12.25,\n")
    told = await _bars(tmp_path, clock)
    (tmp_path / "ACME.csv").unlink()
    table = pa.table({"date": [date(2024, 5, 14), date(2024, 5, 13)], "close": [12.75, 12.25], "volume": [1_000, None]})
    parquet_files.write_table(table, tmp_path / "ACME.parquet")

    assert await _bars(tmp_path, clock) == told
    assert [(bar.session, bar.close, bar.volume) for bar in told] == [
        (date(2024, 5, 13), Decimal("12.25"), None),
        (date(2024, 5, 14), Decimal("12.75"), 1_000),
    ]


@pytest.mark.parametrize("symbol", ["../ACME", "ACME/../ACME", "/etc/passwd", "acme", "", "A" * 40, "ACME\x00", "NO"])
async def test_only_files_of_the_folder_are_read(tmp_path: Path, clock: ManualClock, symbol: str):
    inside = tmp_path / "inside"
    inside.mkdir()
    (tmp_path / "ACME.csv").write_text("date,close\n2024-05-14,1\n")
    (inside / "LINK.csv").symlink_to(tmp_path / "ACME.csv")
    web = FolderWeb(inside, clock)

    assert (await web.get(_request(symbol), within=10)).status == 404
    assert (await web.get(_request("LINK"), within=10)).status == 404


async def test_chains_have_a_folder_of_their_own(tmp_path: Path, clock: ManualClock):
    endpoint = FILE.option_chains
    assert endpoint is not None
    (tmp_path / "chains").mkdir()
    (tmp_path / "chains" / "ACME.csv").write_text("contract,asof,bid\nACME240621C00012500,2024-05-14,1.5\n")
    (tmp_path / "OTHER.csv").write_text("date,close\n2024-05-14,1\n")
    web, asked = FolderWeb(tmp_path, clock), ChainAsked("ACME")

    (contract,) = endpoint.parse(asked, await web.get(endpoint.build(asked, "", Credentials()), within=10)).found

    assert isinstance(contract, ObservedContract)
    assert (str(contract.strike), contract.bid) == ("12.5", Decimal("1.5"))
    for symbol in ("chains/OTHER", "chains/../OTHER", "chains/chains/ACME", "chains/", "chains/instruments"):
        assert (await web.get(_request(symbol), within=10)).status == 404


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("date;close\n2024-05-14;1\n", "a column date"),
        ("date,open\n2024-05-14,1\n", "a column close"),
        ("date,close\n2024-05-14\n", "2 fields in row 2"),
        ("date,close\n2024-05-14,1\n14.05.2024,1\n", "a date as date of row 3"),
        ("date,close\n2024-05-14,=1+1\n", "a number as close of row 2"),
        ("date,close\n2024-05-14,-1\n", "a price as close of row 2"),
        ("", "a column date"),
    ],
)
async def test_what_is_wrong_is_named_with_its_row(tmp_path: Path, clock: ManualClock, content: str, words: str):
    (tmp_path / "ACME.csv").write_text(content)

    with pytest.raises(ProviderFault) as fault:
        await _bars(tmp_path, clock)

    assert fault.value.kind is FaultKind.GARBLED
    assert words in fault.value.message


async def test_what_is_no_file_of_bars_is_none(tmp_path: Path, clock: ManualClock):
    web = FolderWeb(tmp_path, clock)
    (tmp_path / "ACME.parquet").write_bytes(b"PAR1 nonsense")
    with pytest.raises(Unreachable):
        await web.get(_request("ACME"), within=10)
    written = io.BytesIO()
    parquet_files.write_table(pa.table({"date": ["2024-05-14"] * 100_001}), written)
    (tmp_path / "BIG.parquet").write_bytes(written.getvalue())
    with pytest.raises(Unreachable):
        await web.get(_request("BIG"), within=10)
    (tmp_path / "LATIN.csv").write_bytes(b"date,close\n\xff,1\n")
    endpoint = FILE.daily_bars
    assert endpoint is not None
    with pytest.raises(ProviderFault, match="UTF-8"):
        endpoint.parse(ASKED, await web.get(_request("LATIN"), within=10))


async def test_columns_that_are_no_bars_do_no_harm(tmp_path: Path, clock: ManualClock):
    columns = {"date": [date(2024, 5, 14)], "close": [12.75], "levels": [[1, 2]], "venue": [{"mic": "XNAS"}]}
    parquet_files.write_table(pa.table(columns), tmp_path / "ACME.parquet")

    (bar,) = await _bars(tmp_path, clock)

    assert bar.close == Decimal("12.75")


async def test_a_small_file_that_unpacks_to_much_is_refused_before_it_is_unpacked(tmp_path: Path, clock: ManualClock):
    # 11 kB that would be 80 MB: one text, kept once.
    columns = {"date": ["2024-05-14"] * 80_000, "close": [1.0] * 80_000, "text": ["x" * 1_000] * 80_000}
    parquet_files.write_table(pa.table(columns), tmp_path / "ACME.parquet")
    assert (tmp_path / "ACME.parquet").stat().st_size < 100_000
    before = pa.default_memory_pool().max_memory()

    with pytest.raises(Unreachable, match="ValueError"):
        await FolderWeb(tmp_path, clock).get(_request("ACME"), within=10)

    assert pa.default_memory_pool().max_memory() <= max(before, 48 * 2**20)


async def test_without_the_extra_a_parquet_file_says_what_is_missing(
    tmp_path: Path, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
):
    (tmp_path / "ACME.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow.csv", None)

    with pytest.raises(Unreachable, match="the extra `parquet`"):
        await FolderWeb(tmp_path, clock).get(_request("ACME"), within=10)
