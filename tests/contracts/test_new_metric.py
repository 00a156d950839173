"""A metric more is one entry of the catalogue: the API, screens, tables, files and documents have it by themselves."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]

# The catalogue is given another entry before anything else reads it.
PROGRAM = """
import math
from uuid import UUID
import numpy as np
from domain.companies import catalogue
from domain.companies.catalogue import Basis, Field, Group, Unit
added = Field("cashReturn", "Cash Return", Group.PROFITABILITY, unit=Unit.PERCENT, minimum=-100, maximum=200,
              basis=Basis.FORWARD, higher_is_better=True, aliases=("CROCI",), scales=(("cash_return", 100.0),))
place = 1 + max(place for place, field in enumerate(catalogue.FIELDS) if field.group is Group.PROFITABILITY)
catalogue.FIELDS = (*catalogue.FIELDS[:place], added, *catalogue.FIELDS[place:])
catalogue.METRICS = tuple(field for field in catalogue.FIELDS if field.is_number)
catalogue.BY_CODE = {field.code: field for field in catalogue.FIELDS}

from datetime import date
from schema.root import printed
sdl = printed()
assert "CASH_RETURN" in sdl, "the enum"
assert "cashReturn: Float" in sdl, "the group"

from domain.companies.columns import match_columns
from domain.companies.tables import read_table
from domain.companies.quality.checking import check_table
names = ["symbol", "name", "cash_return"]
table = read_table(names, [["A", "B"], ["a", "b"], ["0.155", "9"]])
assert table.numbers["cashReturn"].tolist() == [15.5, 900.0], "files, in their units"
assert [finding.field for finding in check_table(table) if finding.row == 1] == ["cashReturn"], "checks"

from tests.factories.boards import board_of
from domain.companies.exports import CompaniesFormat, legacy_name, write_companies
board = board_of([{"ticker": "A", "cashReturn": 15.5}, {"ticker": "B", "cashReturn": 3.0}])
assert board.numbers("cashReturn").tolist() == [15.5, 3.0], "the board"
name = legacy_name("cashReturn", date(2026, 8, 21))
assert match_columns([name]).matched[0].field is added, "what is written is read"
assert name.encode() in write_companies(board, CompaniesFormat.LEGACY_JSON, date(2026, 8, 21)).content

from domain.companies.reference import reference
assert "cashReturn" in reference(), "the page of the catalogue"
"""


def test_a_metric_more_is_one_entry() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], capture_output=True, text=True, cwd=ROOT, env=dict(os.environ), check=False
    )

    assert done.returncode == 0, done.stderr[-2_000:]
