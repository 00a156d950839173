"""What providers answer about companies and options, where each of them has ways of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import orjson
import pytest

from domain.kernel.web import Request
from domain.market.providers.alphavantage import ALPHAVANTAGE
from domain.market.providers.asked import BarLength, BarsAsked, ChainAsked, SymbolAsked
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


def _build_intraday(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    assert ALPHAVANTAGE.intraday_bars is not None
    return ALPHAVANTAGE.intraday_bars.build(asked, base_url, credentials)


def _minutes(*times: str) -> bytes:
    row = {"1. open": "1", "2. high": "1", "3. low": "1", "4. close": "1", "5. volume": "1"}
    series = dict.fromkeys(times, row)
    return orjson.dumps({"Meta Data": {"2. Symbol": "ACME"}, "Time Series (1min)": series})


def test_alpha_vantage_tells_long_spans_month_by_month():
    asked = BarsAsked("ACME", date(2024, 3, 20), date(2024, 5, 31), BarLength.MINUTE)
    sample = replace(_sample_of("alphavantage intraday_bars"), asked=asked)

    first = _build_intraday(asked, "https://example.com", Credentials("a-key"))
    march = sample.parsed(_minutes("2024-03-28 15:59:00", "2024-03-19 09:30:00", "2024-03-20 09:30:00"))
    april = sample.parsed(_minutes("2024-04-30 09:30:00"))
    # On the 15th of May, June is still to come.
    may = replace(sample, asked=replace(asked, end=date(2024, 6, 30))).parsed(_minutes("2024-05-15 09:30:00"))

    assert (first.url, first.parameters["month"]) == ("https://example.com/query", "2024-03")
    assert [bar.session for bar in march.found] == [date(2024, 3, 20), date(2024, 3, 28)]
    assert march.following is not None
    assert march.following.url == "/query"
    assert march.following.parameters == {**first.parameters, "month": "2024-04"}
    assert april.following is not None
    assert april.following.parameters["month"] == "2024-05"
    assert may.following is None
    assert sample.parsed(_minutes("2024-05-14 09:30:00")).following is None


def test_alpha_vantage_begins_with_the_year_2000():
    asked = BarsAsked("ACME", date(1999, 3, 20), date(2024, 5, 31), BarLength.MINUTE)

    first = _build_intraday(asked, "https://example.com", Credentials("a-key"))

    assert first.parameters["month"] == "2000-01"


def test_alpha_vantage_tells_short_spans_at_once():
    asked = BarsAsked("ACME", date(2024, 4, 30), date(2024, 5, 15), BarLength.MINUTE)
    sample = replace(_sample_of("alphavantage intraday_bars"), asked=asked)

    first = _build_intraday(asked, "https://example.com", Credentials("a-key"))
    parsed = sample.parsed(_minutes("2024-04-16 09:30:00", "2024-05-14 09:30:00"))

    assert "month" not in first.parameters
    assert ([bar.session for bar in parsed.found], parsed.following) == ([date(2024, 5, 14)], None)


@pytest.mark.parametrize(
    ("start", "end", "told", "kind"),
    [
        (date(2023, 5, 1), date(2023, 5, 2), "2024-04-16 09:30:00", FaultKind.NOT_FOUND),
        (date(2023, 1, 1), date(2023, 5, 2), "2024-04-16 09:30:00", FaultKind.GARBLED),
        (date(2023, 1, 1), date(2023, 5, 2), "2022-12-30 09:30:00", FaultKind.GARBLED),
        (date(2023, 1, 1), date(2023, 5, 2), None, FaultKind.NOT_FOUND),
    ],
)
def test_alpha_vantage_may_not_be_silent_of_days_that_it_does_not_tell(
    start: date, end: date, told: str | None, kind: FaultKind
):
    sample = replace(_sample_of("alphavantage intraday_bars"), asked=BarsAsked("ACME", start, end, BarLength.MINUTE))

    with pytest.raises(ProviderFault) as fault:
        sample.parsed(_minutes(*([] if told is None else [told])))

    assert fault.value.kind is kind
