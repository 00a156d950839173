"""The catalogue has 39 fields, and finds them under the names that feeds use."""

from collections import Counter

import pytest

from domain.companies.catalogue import FIELDS, METRICS, Group, Unit
from domain.companies.columns import match_columns
from domain.companies.companions import COMPANIONS
from domain.companies.tables import read_table


def test_has_33_numbers_and_6_fields_that_identify():
    assert len(FIELDS) == 39
    assert len(METRICS) == 33
    assert Counter(field.group for field in FIELDS) == {
        Group.IDENTITY: 6,
        Group.VALUATION: 8,
        Group.PROFITABILITY: 6,
        Group.HEALTH: 7,
        Group.PERFORMANCE: 8,
        Group.FUNDAMENTAL: 4,
    }


def test_no_code_means_two_things():
    codes = [field.code for field in (*FIELDS, *COMPANIONS)]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize(
    ("name", "code", "scale"),
    [
        ("PER (Oct-25)", "per", 1),
        ("PER (Jan-26)", "per", 1),
        ("Price/Cash Flow (Oct-25)", "priceToCashFlow", 1),
        ("ROE (Fwd)", "roe", 1),
        ("roe", "roe", 100),
        ("gross_margin", "grossMargin", 100),
        ("(USD mn)", "marketCapUsdMn", 1),
        ("market_cap", "marketCapUsdMn", 1e-6),
        ("Return (Y)", "return1Y", 1),
        ("change_1y", "return1Y", 100),
        ("Avg Volume (3M)", "avgVolume3M", 1),
        ("Float Short (%)", "floatShort", 1),
        ("corpName", "name", 1),
        ("\ufeffTicker", "ticker", 1),
        ("52W High", "high52W", 1),
        ("EPS (Fwd)", "eps", 1),
    ],
)
def test_finds_a_field_by_the_name_of_a_feed(name, code, scale):
    (matched,) = match_columns([name]).matched

    assert (matched.field.code, matched.scale) == (code, scale)


def test_reports_columns_that_are_no_fields_and_second_ones_for_the_same():
    matching = match_columns(["Ticker", "symbol", "Moon phase"])

    assert matching.unknown == ("Moon phase",)
    assert matching.repeated == ("symbol",)


def test_brings_numbers_to_the_units_of_their_fields():
    table = read_table(["symbol", "roe", "market_cap"], [["A", "B"], ["0.155", "7.90%"], ["1000000000", "2B"]])

    assert table.numbers["roe"].tolist() == pytest.approx([15.5, 7.9])
    assert table.numbers["marketCapUsdMn"].tolist() == pytest.approx([1000, 2000])


def test_refuses_columns_of_different_lengths():
    with pytest.raises(ValueError, match="columns of one length"):
        read_table(["symbol", "roe"], [["A"], []])


def test_prices_are_bounded_in_their_currency():
    field = next(field for field in FIELDS if field.code == "high52W")

    assert field.unit is Unit.PRICE
    assert field.bounds("USD")[1] == 100_000
    assert field.bounds("KRW")[1] > 1_000_000
