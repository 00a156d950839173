"""What providers answer about companies and options, where each of them has ways of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest

from domain.market.providers.asked import ChainAsked, SymbolAsked
from domain.market.providers.observed import ObservedContract, Unread
from domain.market.providers.provider import Credentials, FaultKind, ProviderFault
from domain.market.providers.yahoo_company import build_chain
from domain.market.publications.types import StatementKind, StatementPeriod
from tests.domain.market.providers.samples import RECEIVED, SAMPLES, Sample


def _sample_of(name: str) -> Sample:
    (sample,) = [each for each in SAMPLES if str(each) == name]
    return sample


def test_rows_of_a_chain_that_cannot_be_read_hinder_no_other():
    sample = _sample_of("file option_chains")
    head = "Contract,As Of,Type,Expiry,Strike,Bid,Ask,IV"
    rows = [
        "ACME240621C00012500,2024-05-14,call,2024-06-21,12.50,1.0,1.2,0.3",
        "ACME240621C00013000,2024-05-14,P,2024-06-21,13,1.0,1.2,0.3",
        "ACME240621C00013000,2024-05-14,C,2024-06-22,13,1.0,1.2,0.3",
        "ACME240621C00013000,2024-05-14,C,2024-06-21,13.5,1.0,1.2,0.3",
        "ACME,2024-05-14,,,,1.0,1.2,0.3",
        "ACME240621C00013000,,,,,1.0,1.2,0.3",
        "ACME240621C00013000,2024-05-14,,,,much,1.2,0.3",
        "ACME240621C00013000,2024-05-14,,,,-1,1.2,0.3",
        "ACME240621C00013000,2024-05-14,,,,1,1.2,-0.3",
        "ACME240621C00013000,2024-05-14",
        "",
        "acme240621c00013000,2024-05-15,,,,,0,0.0",
        "ACME240621C00014000,2024-05-15T14:59:00Z,,,,1,1.2,0.3",
    ]

    found = sample.parsed("\n".join([head, *rows]).encode()).found

    assert [(str(each.strike), each.at) for each in found if isinstance(each, ObservedContract)] == [
        ("12.5", datetime(2024, 5, 14, 20, 0, tzinfo=UTC)),
        ("13", RECEIVED),
        ("14", datetime(2024, 5, 15, 14, 59, tzinfo=UTC)),
    ], "of a day alone at its close, or now where that is still to come"
    assert [each.reason for each in found if isinstance(each, Unread)] == [
        "expected CALL as type of row 3, got 'P'",
        "expected 2024-06-21 as expiry of row 4, got '2024-06-22'",
        "expected 13 as strike of row 5, got '13.5'",
        "expected an OCC symbol as contract of row 6, got 'ACME'",
        "expected a date as asof of row 7, got ''",
        "expected a number as bid of row 8, got 'much'",
        "expected a price as bid of row 9, got Decimal('-1')",
        "expected a volatility as volatility of row 10, got Decimal('-0.3')",
        "expected 8 fields in row 11, got 2",
    ]
    assert len(found) == 3 + 9


def test_one_expiry_of_a_chain_in_a_file():
    sample = _sample_of("file option_chains")

    asked = [replace(sample, asked=ChainAsked("ACME", day)) for day in (date(2024, 6, 21), date(2024, 7, 19))]

    assert [len(each.parsed().found) for each in asked] == [1, 0]


@pytest.mark.parametrize(
    ("name", "quarter"), [("tiingo statements", 4), ("polygon statements", None), ("yahoo statements", None)]
)
def test_a_quarter_is_no_year(name: str, quarter: int | None):
    sample = _sample_of(name)

    found = replace(sample, asked=replace(sample.asked, period=StatementPeriod.QUARTER)).parsed().found

    assert [each.fiscal_quarter for each in found] == ([] if quarter is None else [quarter])


@pytest.mark.parametrize("name", ["tiingo statements", "polygon statements", "yahoo statements"])
def test_a_statement_that_a_report_lacks_is_none(name: str):
    sample = _sample_of(name)

    assert not replace(sample, asked=replace(sample.asked, kind=StatementKind.CASH_FLOW)).parsed().found


def test_a_report_of_another_company_is_refused():
    sample = _sample_of("polygon statements")

    with pytest.raises(ProviderFault, match="company 78, got one of 77"):
        replace(sample, asked=replace(sample.asked, cik=78)).parsed()


def test_a_profile_of_another_symbol_is_none():
    with pytest.raises(ProviderFault) as fault:
        replace(_sample_of("yahoo profiles"), asked=SymbolAsked("ACM")).parsed()

    assert fault.value.kind is FaultKind.NOT_FOUND


def test_yahoo_is_not_asked_for_what_it_would_refuse():
    sample = _sample_of("yahoo option_chains")

    for credentials in (Credentials(), Credentials(key="a-crumb"), Credentials(secret="a-cookie")):
        with pytest.raises(ProviderFault) as fault:
            build_chain(sample.asked, "https://example.com", credentials)
        assert fault.value.kind is FaultKind.REFUSED


def test_all_expiries_of_yahoo_follow_one_another():
    sample = replace(_sample_of("yahoo option_chains"), asked=ChainAsked("ACME"))

    parsed = sample.parsed()

    assert parsed.following is not None
    assert (parsed.following.url, parsed.following.parameters) == (
        "/v7/finance/options/ACME", {"date": "1721347200"}
    )  # fmt: skip
    (contract,) = parsed.found
    assert (contract.at, contract.underlying_price, contract.root) == (RECEIVED, Decimal("12.6"), "ACME")
    chain = orjson.loads(orjson.dumps(sample.body))
    chain["optionChain"]["result"][0]["options"][0]["expirationDate"] = 1721347200
    chain["optionChain"]["result"][0]["options"][0]["calls"][0]["impliedVolatility"] = 0.00001
    last = sample.parsed(orjson.dumps(chain))
    assert last.following is None
    assert last.found[0].implied_volatility is None, "what it writes where it does not know"


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("https://api.polygon.io/v2/more?cursor=a%2Fb", "/v2/more?cursor=a%2Fb"),
        ("https://api.massive.com/v2/more?cursor=abc", "/v2/more?cursor=abc"),
        # Of another server than the first page's, which whoever asks refuses.
        ("https://api.example.com/v2/more?cursor=abc", "https://api.example.com/v2/more?cursor=abc"),
        ("https://api.polygon.io", "https://api.polygon.io"),
    ],
)
def test_the_next_page_of_polygon_is_where_the_first_one_was(told: str, expected: str):
    sample = _sample_of("polygon daily_bars")

    following = sample.parsed(orjson.dumps({**sample.body, "next_url": told})).following

    assert following is not None
    assert following.url == expected
