"""Answers that were recorded, or written from documentation, outside of the project."""

import gzip
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from domain.market.providers.asked import (
    BarLength,
    BarsAsked,
    ChainAsked,
    NewsAsked,
    QuotesAsked,
    SeriesAsked,
    StatementsAsked,
    SymbolAsked,
)
from domain.market.providers.provider import Capability, FaultKind, ProviderFault
from domain.market.publications.types import StatementKind, StatementPeriod
from tests.domain.market.providers.samples import Sample
from tests.support.source import ROOT

RECORDED = ROOT.parent / "shared" / "data" / "providers"
SPX = RECORDED.parent / "options" / "spx_chain_2025-10-01.csv.gz"
pytestmark = pytest.mark.skipif(
    not RECORDED.is_dir(), reason="recorded answers of providers lie outside of the project"
)

EVER = (date(1990, 1, 1), date(2030, 1, 1))


def _bars(symbol: str, length: BarLength = BarLength.DAY) -> BarsAsked:
    return BarsAsked(symbol, *EVER, length)


def _statements(symbol: str, kind: StatementKind, cik: int | None = None) -> StatementsAsked:
    return StatementsAsked(symbol, kind, StatementPeriod.YEAR, cik)


def _quarter(symbol: str, kind: StatementKind, cik: int | None = None) -> StatementsAsked:
    return StatementsAsked(symbol, kind, StatementPeriod.QUARTER, cik)


def _read(path: str) -> tuple[Any, int, dict[str, str]]:
    found = json.loads((RECORDED / f"{path}.json").read_text())
    if "_meta" not in found:
        return found, 200, {}
    headers = {name.lower(): value for name, value in found.get("headers", {}).items()}
    return found["body"], found.get("status", 200), headers


def _sample(path: str, capability: Capability, asked: Any) -> Sample:
    body, status, headers = _read(path)
    return Sample(Path(path).parts[0], capability, asked, body, status, headers)


@pytest.mark.parametrize(
    ("path", "capability", "asked", "expected"),
    [
        ("fmp/stable_quote", Capability.QUOTES, QuotesAsked(("AAPL",)), Decimal("256.08")),
        ("polygon/snapshot_ticker", Capability.QUOTES, QuotesAsked(("AAPL",)), Decimal("159.99")),
        ("alpaca/stock_snapshot", Capability.QUOTES, QuotesAsked(("AAPL",)), Decimal("161.1998")),
        ("alphavantage/global_quote", Capability.QUOTES, QuotesAsked(("MSFT",)), Decimal("112.13")),
        ("twelvedata/quote", Capability.QUOTES, QuotesAsked(("AAPL",)), Decimal("256.08")),
        ("yahoo/chart_v8_AAPL_split_dividend", Capability.QUOTES, QuotesAsked(("AAPL",)), Decimal("244.87")),
    ],
)
def test_quotes(path: str, capability: Capability, asked: Any, expected: Decimal):
    (quote,) = _sample(path, capability, asked).parsed().found

    assert (quote.symbol, quote.price) == (asked.symbols[0], expected)


@pytest.mark.parametrize(
    ("path", "capability", "asked", "session", "close"),
    [
        ("fmp/stable_historical_price_full", Capability.DAILY_BARS, _bars("AAPL"), date(2025, 9, 18), "237.88"),
        ("polygon/aggs_range", Capability.DAILY_BARS, _bars("AAPL"), date(2005, 4, 1), "1.4604"),
        ("alpaca/stock_bars", Capability.DAILY_BARS, _bars("AAPL"), date(2022, 2, 1), "174.61"),
        ("alphavantage/time_series_daily_adjusted", Capability.DAILY_BARS, _bars("AAPL"), date(2020, 8, 28), "499.23"),
        ("tiingo/daily_prices_range", Capability.DAILY_BARS, _bars("GOOGL"), date(2015, 1, 2), "529.55"),
        (
            "tiingo/iex_intraday_30min",
            Capability.INTRADAY_BARS,
            _bars("GOOGL", BarLength.MINUTE),
            date(2018, 1, 2),
            "1061.91",
        ),
        ("tiingo/daily_price_latest", Capability.DAILY_BARS, _bars("GOOGL"), date(2018, 4, 12), "1037.29"),
        ("yahoo/chart_v8_AAPL_short", Capability.DAILY_BARS, _bars("AAPL"), date(2020, 1, 2), "75.0875"),
        ("twelvedata/time_series", Capability.DAILY_BARS, _bars("AAPL"), date(2025, 9, 18), None),
        ("yahoo/chart_v8_AAPL_split_dividend", Capability.DAILY_BARS, _bars("AAPL"), date(2020, 8, 31), "129.04"),
        (
            "alphavantage/time_series_intraday",
            Capability.INTRADAY_BARS,
            _bars("MSFT", BarLength.MINUTE),
            date(2017, 12, 18),
            "86.5",
        ),
    ],
)
def test_bars(path: str, capability: Capability, asked: BarsAsked, session: date, close: str | None):
    bars = _sample(path, capability, asked).parsed().found

    assert bars[0].session == session
    assert close is None or bars[0].close == Decimal(close)


def test_a_day_without_a_trade_has_no_bars():
    assert (
        _sample("yahoo/chart_v8_empty_1m", Capability.INTRADAY_BARS, _bars("AAPL", BarLength.MINUTE)).parsed().found
        == ()
    )


@pytest.mark.parametrize(
    ("path", "capability", "asked", "expected"),
    [
        ("yahoo/chart_v8_AAPL_split_dividend", Capability.ACTIONS, _bars("AAPL"), {(4, 1), Decimal("0.205")}),
        ("yahoo/chart_v8_NVDA_split", Capability.ACTIONS, _bars("NVDA"), None),
        ("yahoo/chart_v8_MSFT_dividends", Capability.ACTIONS, _bars("MSFT"), None),
        ("fmp/stable_splits", Capability.SPLITS, _bars("AAPL"), {(4, 1), (7, 1)}),
        ("fmp/stable_dividends", Capability.ACTIONS, _bars("AAPL"), {Decimal("0.26")}),
        ("polygon/splits", Capability.SPLITS, _bars("GOOGL"), FaultKind.WRONG_SYMBOL),
        ("polygon/dividends", Capability.ACTIONS, _bars("CSSEN"), {Decimal("0.59375")}),
        ("alphavantage/time_series_daily_adjusted", Capability.ACTIONS, _bars("AAPL"), {(4, 1)}),
        ("alpaca/corp_corporate_actions", Capability.ACTIONS, _bars("MNTS"), {(1, 50)}),
    ],
)
def test_actions(path: str, capability: Capability, asked: BarsAsked, expected: Any):
    sample = _sample(path, capability, asked)
    if isinstance(expected, FaultKind):
        with pytest.raises(ProviderFault) as fault:
            sample.parsed()
        assert fault.value.kind is expected
        return
    found = {
        each.cash if each.cash is not None else (each.numerator, each.denominator) for each in sample.parsed().found
    }

    assert found if expected is None else found == expected


@pytest.mark.parametrize(
    ("path", "asked", "name"),
    [
        ("fmp/stable_profile", "AAPL", "Apple Inc."),
        ("polygon/ticker_details", "AAPL", "Apple Inc."),
        ("alphavantage/company_overview", "IBM", "International Business Machines Corporation"),
        ("yahoo/search_v1", "AAPL", "Apple Inc."),
        ("tiingo/daily_meta", "GOOGL", 'Alphabet Inc.("Google") - Class A'),
    ],
)
def test_profiles(path: str, asked: str, name: str):
    (profile,) = _sample(path, Capability.PROFILES, SymbolAsked(asked)).parsed().found

    assert (profile.name, profile.exchange) == (name, "XNYS" if asked == "IBM" else "XNAS")


@pytest.mark.parametrize(
    ("path", "asked", "line", "amount"),
    [
        ("fmp/stable_income_statement", _statements("AAPL", StatementKind.INCOME), "revenue", 391_035_000_000),
        ("fmp/stable_balance_sheet", _statements("AAPL", StatementKind.BALANCE_SHEET), "totalAssets", None),
        ("fmp/stable_cash_flow", _statements("AAPL", StatementKind.CASH_FLOW), "operatingCashFlow", None),
        ("alphavantage/income_statement", _statements("IBM", StatementKind.INCOME), "totalRevenue", 77_147_000_000),
        ("polygon/financials", _quarter("NXPI", StatementKind.INCOME, 1_413_447), "revenues", None),
        ("polygon/financials", _quarter("NXPI", StatementKind.BALANCE_SHEET), "assets", 21_321_000_000),
        ("polygon/financials", _quarter("NXPI", StatementKind.CASH_FLOW), "net_cash_flow", -147_000_000),
        ("tiingo/fundamentals_statements", _quarter("GOOGL", StatementKind.INCOME), "revenue", 41_159_000_000),
        ("tiingo/fundamentals_statements", _quarter("GOOGL", StatementKind.BALANCE_SHEET), "equity", 203_659_000_000),
        ("tiingo/fundamentals_statements", _quarter("GOOGL", StatementKind.CASH_FLOW), "ncfo", 11_451_000_000),
        (
            "yahoo/fundamentals_timeseries_annual",
            _statements("AAPL", StatementKind.INCOME),
            "NetIncomeContinuousOperations",
            93_736_000_000,
        ),
        (
            "sec/companyfacts_AAPL_trimmed",
            _statements("AAPL", StatementKind.INCOME, 320_193),
            "NetIncomeLoss",
            112_010_000_000,
        ),
    ],
)
def test_statements(path: str, asked: StatementsAsked, line: str, amount: int | None):
    statement = _sample(path, Capability.STATEMENTS, asked).parsed().found[0]

    assert line in statement.figures
    assert amount is None or statement.figures[line] == amount


@pytest.mark.parametrize("path", ["polygon/news", "tiingo/news", "alpaca/news_news", "yahoo/search_v1"])
def test_news(path: str):
    news = _sample(path, Capability.NEWS, NewsAsked(("AAPL",), *EVER)).parsed().found

    assert news
    assert all(each.published_at > datetime(2010, 1, 1, tzinfo=UTC) for each in news)


@pytest.mark.parametrize("path", ["polygon/options_chain_snapshot", "alpaca/option_option_chain"])
def test_option_chains(path: str):
    contracts = _sample(path, Capability.OPTION_CHAINS, ChainAsked("AAPL")).parsed().found

    assert all(contract.bid and contract.ask and contract.bid < contract.ask for contract in contracts)


@pytest.mark.skipif(not SPX.is_file(), reason="the chain of SPX lies outside of the project")
def test_a_chain_in_a_file():
    body = gzip.decompress(SPX.read_bytes()).decode()

    contracts = Sample("file", Capability.OPTION_CHAINS, ChainAsked("SP500"), body).parsed(body.encode()).found

    assert len(contracts) == 1_976
    assert len({contract.expiry for contract in contracts}) == 13
    assert {(contract.root, contract.style.value) for contract in contracts} >= {("SPX", "EUROPEAN")}
    assert all(contract.bid < contract.ask for contract in contracts)
    assert {contract.underlying_price for contract in contracts} == {Decimal("6711.2002")}
    assert contracts[1].at == datetime(2025, 10, 1, 20, 0, tzinfo=UTC)
    assert (contracts[0].implied_volatility, contracts[1].implied_volatility) == (None, 0.6674)


def test_options_of_yahoo():
    parsed = _sample("yahoo/options_v7_AAPL", Capability.OPTION_CHAINS, ChainAsked("AAPL")).parsed()

    first = parsed.found[0]
    assert (str(first.strike), first.expiry, first.bid, first.ask) == (
        "110", date(2025, 2, 28), Decimal("135.9"), Decimal("136.65")
    )  # fmt: skip
    assert first.underlying_price == Decimal("245.55")
    # Zeros, and what it writes for no volatility.
    assert (parsed.found[1].bid, parsed.found[1].ask, parsed.found[1].implied_volatility) == (None, None, None)
    assert parsed.following is not None
    assert dict(parsed.following.parameters) == {"date": "1741305600"}


def test_series():
    (series,) = _sample("fred/series_observations", Capability.SERIES, SeriesAsked("UNRATE", *EVER)).parsed().found
    (described,) = _sample("fred/series", Capability.SERIES, SeriesAsked("UNRATE", *EVER)).parsed().found

    assert dict(series.points)[date(2025, 8, 1)] == Decimal("4.3")
    assert dict(series.points)[date(2025, 10, 1)] is None
    assert (described.title, described.units, described.frequency) == ("Unemployment Rate", "Percent", "Monthly")


@pytest.mark.parametrize(
    ("path", "capability", "kind"),
    [
        ("fmp/error_limit", Capability.QUOTES, FaultKind.RATE_LIMITED),
        ("fmp/error_premium", Capability.QUOTES, FaultKind.REFUSED),
        ("fmp/error_invalid_key", Capability.QUOTES, FaultKind.REFUSED),
        ("fmp/empty", Capability.QUOTES, FaultKind.NOT_FOUND),
        ("alphavantage/error_invalid", Capability.QUOTES, FaultKind.NOT_FOUND),
        ("alphavantage/error_rate_limit_information", Capability.QUOTES, FaultKind.RATE_LIMITED),
        ("alphavantage/error_rate_limit_note", Capability.QUOTES, FaultKind.RATE_LIMITED),
        ("alphavantage/empty", Capability.QUOTES, FaultKind.NOT_FOUND),
        ("twelvedata/error_key", Capability.QUOTES, FaultKind.REFUSED),
        ("twelvedata/error_limit", Capability.QUOTES, FaultKind.RATE_LIMITED),
        ("twelvedata/error_symbol", Capability.QUOTES, FaultKind.NOT_FOUND),
        ("tiingo/error_auth", Capability.QUOTES, FaultKind.REFUSED),
        ("tiingo/error_not_found", Capability.QUOTES, FaultKind.NOT_FOUND),
        ("yahoo/error_rate", Capability.QUOTES, FaultKind.RATE_LIMITED),
        ("yahoo/error_not_found", Capability.QUOTES, FaultKind.NOT_FOUND),
        ("yahoo/error_crumb", Capability.QUOTES, FaultKind.REFUSED),
        ("polygon/error_rate_limit", Capability.QUOTES, FaultKind.RATE_LIMITED),
        ("polygon/error_unauthorized", Capability.QUOTES, FaultKind.REFUSED),
        ("alpaca/error_forbidden", Capability.QUOTES, FaultKind.REFUSED),
        ("alpaca/error_rate_limit", Capability.QUOTES, FaultKind.RATE_LIMITED),
        ("alpaca/error_subscription", Capability.QUOTES, FaultKind.REFUSED),
        ("fred/error_bad_key", Capability.SERIES, FaultKind.REFUSED),
        ("fred/error_bad_series", Capability.SERIES, FaultKind.NOT_FOUND),
        ("fred/error_rate", Capability.SERIES, FaultKind.RATE_LIMITED),
    ],
)
def test_errors(path: str, capability: Capability, kind: FaultKind):
    asked: Any = QuotesAsked(("AAPL",)) if capability is Capability.QUOTES else SeriesAsked("UNRATE", *EVER)

    with pytest.raises(ProviderFault) as fault:
        _sample(path, capability, asked).parsed()

    assert fault.value.kind is kind
