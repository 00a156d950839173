"""All companies as a file: each number as it is known, and read again as it was."""

import json
from datetime import UTC, date, datetime

import numpy as np
import pytest

from domain.companies.board import PLACES, Boards
from domain.companies.catalogue import BY_CODE, FIELDS, METRICS
from domain.companies.columns import match_columns
from domain.companies.exchanges import mic_of
from domain.companies.exports import CompaniesFormat, legacy_name, write_companies
from domain.companies.models import Company
from domain.companies.preparing import prepare
from domain.companies.publishing import publish
from domain.companies.reading.reading import read_table as read_file
from domain.companies.tables import read_table
from domain.companies.types import Publication, Record
from domain.kernel.actor import SYSTEM

MONDAY = date(2026, 8, 17)
TEXTS = {"name": 'Ünïted "Widgets", Inc.', "industry": "Widgets", "exchange": "XKRX", "rating": "Strong Buy"}


def figures(seed):
    """A number within the bounds of every metric, with all digits that a float has."""
    chance = np.random.default_rng(seed)
    found = {}
    for metric in METRICS:
        low, high = metric.minimum or 1.0, min(metric.maximum or 1e9, 1e9)
        number = float(chance.uniform(low, high))
        found[metric.code] = float(round(number)) if metric.code == "avgVolume3M" else number
    return found


@pytest.fixture
async def board(resources):
    records = [
        Record(ticker=name, texts=TEXTS, figures=figures(seed)) for seed, name in enumerate(("AAA", "B.B", "C-C"))
    ]
    records.append(Record(ticker="DDD", texts={"name": "Nothing known"}))
    publication = Publication(source="test", as_of=MONDAY, covered=list(PLACES), records=records)
    prepared = await prepare(publication, datetime(2100, 1, 1, tzinfo=UTC), resources.compute)
    async with resources.unit_of_work(SYSTEM) as work:
        await publish(work, prepared)
    return await resources.shared(Boards).latest()


def test_a_line_is_a_company_in_the_units_of_the_catalogue(board):
    written = write_companies(board, CompaniesFormat.JSON_LINES, MONDAY)

    lines = [json.loads(line) for line in written.content.decode().splitlines()]
    assert written.name == "companies-2026-08-17.jsonl"
    assert [line["ticker"] for line in lines] == ["AAA", "B.B", "C-C", "DDD"]
    assert {code: lines[1][code] for code in PLACES} == figures(1)
    assert (lines[0]["asOf"], lines[0]["exchange"], lines[0]["quality"]) == ("2026-08-17", "XKRX", 100.0)
    assert all(lines[3][code] is None for code in PLACES)


async def test_the_file_of_old_is_read_again_to_the_same_numbers(board, resources):
    written = write_companies(board, CompaniesFormat.LEGACY_JSON, MONDAY)

    file = await read_file(written.content, sandbox=resources.sandbox, compute=resources.compute)
    table = read_table(
        file.columns,
        [["" if cell is None else str(cell) for cell in column] for column in zip(*file.rows, strict=True)],
    )
    assert table.matching.unknown == ()
    for code in PLACES:
        np.testing.assert_array_equal(table.numbers[code], board.numbers(code), err_msg=code)
    assert [mic_of(text) for text in table.texts("exchange")] == ["XKRX", "XKRX", "XKRX", None]
    assert table.texts("name")[0] == TEXTS["name"]


def test_a_field_is_called_by_the_month_of_its_values(board):
    told = json.loads(write_companies(board, CompaniesFormat.LEGACY_JSON, MONDAY).content)

    assert told[0]["PER (Aug-26)"] == figures(0)["per"]
    assert told[3] == {"Ticker": "DDD", "corpName": "Nothing known"}


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.code)
def test_every_name_of_old_is_that_of_its_field(field):
    (matched,) = match_columns([legacy_name(field.code, MONDAY)]).matched

    assert (matched.field, matched.scale) == (BY_CODE[field.code], 1.0)


async def test_one_that_has_left_the_lists_is_left_out(board, resources):
    await Company.filter(ticker="AAA").update(is_active=False, sequence=2)
    async with resources.unit_of_work(SYSTEM) as work:
        from_now = Publication(source="test", as_of=MONDAY, covered=[], records=[])
        await publish(work, await prepare(from_now, datetime(2100, 1, 1, tzinfo=UTC), resources.compute))
    present = await resources.shared(Boards).latest()

    told = json.loads(write_companies(present, CompaniesFormat.LEGACY_JSON, MONDAY).content)

    assert [each["Ticker"] for each in told] == ["B.B", "C-C", "DDD"]
