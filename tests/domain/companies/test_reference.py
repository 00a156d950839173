"""The page of the catalogue: fresh, whole, and what a table shows of it."""

from domain.companies.catalogue import FIELDS
from domain.companies.presenting import SHOWN_AT_FIRST, Format, decimals_of, format_of, is_sortable, width_of
from domain.companies.reference import reference
from tests.support.source import ROOT

BY_CODE = {field.code: field for field in FIELDS}


def test_the_page_is_fresh():
    assert (ROOT / "docs" / "company-metrics.md").read_text() == reference(), "run python -m domain.companies.reference"


def test_the_page_has_each_field_once():
    page = reference()

    assert [page.count(f"\n| `{code}` |") for code in BY_CODE] == [1] * 39
    assert "| `roe` | ROE | percent | -100 to 200 | ahead | higher | `roe` (× 100) |" in page
    assert "| `avgVolume3M` | Avg Volume (3M) | shares | at least 0 | back |  | `avg_volume_3m` |" in page


def test_a_table_writes_each_field_by_its_unit():
    assert (format_of(BY_CODE["roe"]), decimals_of(BY_CODE["roe"])) == (Format.PERCENT, 1)
    assert (format_of(BY_CODE["avgVolume3M"]), decimals_of(BY_CODE["avgVolume3M"])) == (Format.COUNT, 0)
    assert (format_of(BY_CODE["rating"]), decimals_of(BY_CODE["rating"])) == (Format.TEXT, None)
    assert all(width_of(field) >= len(field.label) for field in FIELDS)


def test_a_table_begins_with_a_few_and_orders_by_all_but_the_analyst():
    assert set(BY_CODE) >= SHOWN_AT_FIRST
    assert [field.code for field in FIELDS if not is_sortable(field)] == ["analyst"]
