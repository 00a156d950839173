# ruff: noqa: E501 - answers stand here as they come
"""Answers as providers write them, in their structure, with figures and symbols that are made up."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

import orjson

from domain.kernel.web import Answer
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
from domain.market.providers.provider import Capability, Parsed, Provider
from domain.market.providers.registry import PROVIDERS
from domain.market.publications.types import StatementKind, StatementPeriod

RECEIVED = datetime(2024, 5, 15, 15, 0, tzinfo=UTC)
BY_NAME = {provider.name: provider for provider in PROVIDERS}

QUOTES = QuotesAsked(("ACME",))
DAYS = BarsAsked("ACME", date(2024, 5, 1), date(2024, 5, 31))
MINUTES = BarsAsked("ACME", date(2024, 5, 1), date(2024, 5, 31), BarLength.MINUTE)
PROFILE = SymbolAsked("ACME")
NEWS = NewsAsked(("ACME",), date(2024, 5, 1), date(2024, 5, 31))
CHAIN = ChainAsked("ACME")
INCOME = StatementsAsked("ACME", StatementKind.INCOME, StatementPeriod.YEAR, cik=77)
SERIES = SeriesAsked("JOBS", date(2024, 1, 1), date(2024, 5, 31))


@dataclass(frozen=True)
class Sample:
    """What was asked of a provider, and what it answered."""

    provider: str
    capability: Capability
    asked: Any
    body: Any
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def whose(self) -> Provider:
        """The provider."""
        return BY_NAME[self.provider]

    def parsed(self, body: bytes | None = None) -> Parsed[Any]:
        """Have the provider's parser read the answer, or another body in its place."""
        endpoint = getattr(self.whose, self.capability.value)
        found: Parsed[Any] = endpoint.parse(self.asked, answer(self, body))
        return found

    def __str__(self) -> str:
        return f"{self.provider} {self.capability.value}"


def answer(sample: Sample, body: bytes | None = None) -> Answer:
    """Return the answer as it comes from the network."""
    own = sample.body.encode() if isinstance(sample.body, str) else orjson.dumps(sample.body)
    return Answer(sample.status, sample.headers, own if body is None else body, RECEIVED)


def _polygon(**more: Any) -> dict[str, Any]:
    return {"status": "OK", "request_id": "made-up", **more}


def _alphavantage_series(name: str, rows: dict[str, Any]) -> dict[str, Any]:
    return {"Meta Data": {"1. Information": "x", "2. Symbol": "ACME"}, name: rows}


def _yahoo(**more: Any) -> dict[str, Any]:
    about = {
        "currency": "USD", "symbol": "ACME", "regularMarketTime": 1715785200, "regularMarketPrice": 12.510000228881836,
        "regularMarketDayHigh": 12.75, "regularMarketDayLow": 12.25, "regularMarketVolume": 5000,
        "chartPreviousClose": 12.0, "previousClose": 12.25,
    }  # fmt: skip
    return {"chart": {"result": [{"meta": about, **more}], "error": None}}


_YAHOO_BARS = _yahoo(
    timestamp=[1715607000, 1715693400, 1715779800],
    events={
        "dividends": {"1715693400": {"amount": 0.25, "date": 1715693400}},
        "splits": {"1715779800": {"date": 1715779800, "numerator": 3, "denominator": 2, "splitRatio": "3:2"}},
    },
    indicators={
        "quote": [{
            "open": [12.0, None, 12.5], "high": [12.5, None, 12.75], "low": [11.75, None, 12.25],
            "close": [12.25, None, 12.510000228881836], "volume": [1000, None, 5000],
        }],
        "adjclose": [{"adjclose": [12.0, None, 12.5]}],
    },
)  # fmt: skip

_DAILY_ROW = {"1. open": "12.5", "2. high": "12.9", "3. low": "12.1", "4. close": "12.75"}
_BAR = {"o": 12.5, "h": 12.9, "l": 12.1, "c": 12.75, "v": 1000, "vw": 12.6, "n": 42}

_CSV = """Date,Open,High,Low,Adj Close,Volume,Close,Dividends,Stock Splits
2024-05-14,12.5,12.9,12.1,12.5,1000,12.75,0.25,1.5
2024-05-13,,,,12.0,900,12.25,0.0,0.0
"""

SAMPLES = [
    Sample("file", Capability.QUOTES, QUOTES, "date,open,high,low,close,volume\n"
           "2024-05-15,12.30,12.75,12.25,12.51,5000\n2024-05-14,,,,12.25,\n"),
    Sample("file", Capability.DAILY_BARS, DAYS, _CSV),
    Sample("file", Capability.ACTIONS, DAYS, _CSV),
    Sample("file", Capability.PROFILES, PROFILE, "symbol,name,kind,exchange,currency,sector,industry,country\n"
           "OTHER,Other Inc.,ETF,,,,,\nACME,Acme Inc.,STOCK,XNAS,USD,Information Technology,Anvils,US\n"),
    Sample("file", Capability.OPTION_CHAINS, CHAIN, "underlying,asof,underlying_last,contract,type,expiry,strike,bid,ask,last,volume,"
           "open_interest,iv\nACME,2024-05-14,12.6,ACME240621C00012500,C,2024-06-21,12.5,1.0,1.2,1.15,30,500,0.357\n"),
    Sample("fmp", Capability.QUOTES, QUOTES, [{
        "symbol": "ACME", "name": "Acme", "price": 12.51, "volume": 5000, "dayLow": 12.25, "dayHigh": 12.75, "open": 12.3,
        "previousClose": 12.25, "timestamp": 1715785200,
    }]),
    Sample("fmp", Capability.DAILY_BARS, DAYS, [
        {"symbol": "ACME", "date": "2024-05-14", "open": 12.5, "high": 12.9, "low": 12.1, "close": 12.75, "volume": 1000,
         "vwap": 12.6},
        {"symbol": "ACME", "date": "2024-05-13", "open": 0, "high": 0, "low": 0, "close": 12.25, "volume": 900, "vwap": 0},
    ]),
    Sample("fmp", Capability.INTRADAY_BARS, MINUTES, [
        {"date": "2024-05-14 09:31:00", "open": 12.5, "low": 12.1, "high": 12.9, "close": 12.75, "volume": 1000},
    ]),
    Sample("fmp", Capability.ACTIONS, DAYS, [
        {"symbol": "ACME", "date": "2024-05-14", "paymentDate": "2024-05-20", "dividend": 0.25, "adjDividend": 0.25},
        {"symbol": "ACME", "date": "2023-05-14", "paymentDate": "", "dividend": 0.24, "adjDividend": 0.24},
    ]),
    Sample("fmp", Capability.SPLITS, DAYS, [{"symbol": "ACME", "date": "2024-05-14", "numerator": 3, "denominator": 2}]),
    Sample("fmp", Capability.PROFILES, PROFILE, [{
        "symbol": "ACME", "marketCap": 1000000, "companyName": "Acme Inc.", "currency": "USD", "cik": "0000000077",
        "isin": "US0000000001", "cusip": "000000000", "exchange": "NASDAQ", "industry": "Anvils", "sector": "Technology",
        "country": "US", "isEtf": False, "isFund": False,
    }]),
    Sample("fmp", Capability.STATEMENTS, INCOME, [{
        "date": "2023-12-31", "symbol": "ACME", "reportedCurrency": "USD", "cik": "0000000077", "filingDate": "2024-02-01",
        "acceptedDate": "2024-02-01 06:00:00", "fiscalYear": "2023", "period": "FY", "revenue": 1000, "netIncome": -5,
    }]),
    Sample("polygon", Capability.QUOTES, QUOTES, _polygon(tickers=[{
        "ticker": "ACME", "updated": 1715785200000000000,
        "day": {"o": 12.3, "h": 12.75, "l": 12.25, "c": 12.5, "v": 5000, "vw": 12.4},
        "lastQuote": {"P": 12.52, "S": 500, "p": 12.5, "s": 300, "t": 1715785200000000000},
        "lastTrade": {"c": None, "i": "1", "p": 12.51, "s": 200, "t": 1715785200123456789, "x": 12},
        "prevDay": {"o": 12, "h": 12.5, "l": 12, "c": 12.25, "v": 4000},
    }])),
    Sample("polygon", Capability.DAILY_BARS, DAYS, _polygon(
        ticker="ACME", adjusted=False, results=[{**_BAR, "t": 1715659200000}],
        next_url="https://api.polygon.io/v2/aggs/ticker/ACME/range/1/day/2024-05-15/2024-05-31?cursor=abc",
    )),
    Sample("polygon", Capability.INTRADAY_BARS, MINUTES, _polygon(
        ticker="ACME", adjusted=True, results=[{**_BAR, "t": 1715693460000}]
    )),
    Sample("polygon", Capability.ACTIONS, DAYS, _polygon(results=[
        {"cash_amount": 0.25, "ex_dividend_date": "2024-05-14", "pay_date": "2024-05-20", "ticker": "ACME"},
    ])),
    Sample("polygon", Capability.SPLITS, DAYS, _polygon(results=[
        {"execution_date": "2024-05-14", "split_from": 2, "split_to": 3, "ticker": "ACME"},
    ])),
    Sample("polygon", Capability.PROFILES, PROFILE, _polygon(results={
        "ticker": "ACME", "name": "Acme Inc.", "locale": "us", "primary_exchange": "XNAS", "type": "CS",
        "currency_name": "usd", "cik": "0000000077", "market_cap": 1000000, "sic_description": "ANVILS",
    })),
    Sample("polygon", Capability.NEWS, NEWS, _polygon(results=[{
        "id": "n1", "publisher": {"name": "The Anvil"}, "title": "Acme falls", "published_utc": "2024-05-14T17:08:00Z",
        "article_url": "https://example.com/1", "tickers": ["ACME", "BRK/B"], "description": "From a cliff.",
    }])),
    Sample("polygon", Capability.OPTION_CHAINS, CHAIN, _polygon(results=[{
        "day": {"close": 1.1, "volume": 8}, "implied_volatility": 0.357, "open_interest": 81,
        "details": {"contract_type": "call", "exercise_style": "american", "expiration_date": "2024-06-21",
                    "shares_per_contract": 100, "strike_price": 12.5, "ticker": "O:ACME240621C00012500"},
        "last_quote": {"ask": 1.2, "bid": 1.0, "last_updated": 1715785200000000000}, "last_trade": {"price": 1.15},
    }])),
    Sample("polygon", Capability.STATEMENTS, INCOME, _polygon(results=[{
        "start_date": "2023-01-01", "end_date": "2023-12-31", "filing_date": "2024-02-01", "cik": "0000000077",
        "company_name": "Acme", "fiscal_period": "FY", "fiscal_year": "2023",
        "financials": {"income_statement": {
            "revenues": {"label": "Revenues", "value": 1000, "unit": "USD", "order": 100},
            "net_income_loss": {"label": "Net Income/Loss", "value": -5, "unit": "USD", "order": 200},
            "basic_earnings_per_share": {"label": "Basic", "value": -0.5, "unit": "USD / shares", "order": 300},
        }},
    }])),
    Sample("tiingo", Capability.STATEMENTS, INCOME, [
        {"date": "2023-12-31", "year": 2023, "quarter": 0, "statementData": {
            "incomeStatement": [{"dataCode": "revenue", "value": 1000.0}, {"dataCode": "netinc", "value": -5.0}],
            "balanceSheet": [{"dataCode": "assets", "value": 7.0}],
        }},
        {"date": "2023-12-31", "year": 2023, "quarter": 4, "statementData": {
            "incomeStatement": [{"dataCode": "revenue", "value": 300.0}],
        }},
    ]),
    Sample("tiingo", Capability.QUOTES, QUOTES, [{
        "ticker": "ACME", "timestamp": "2024-05-15T11:00:00.123456789-04:00", "last": 12.51, "tngoLast": 12.51,
        "prevClose": 12.25, "open": 12.3, "high": 12.75, "low": 12.25, "volume": 5000, "bidPrice": 12.5,
        "askPrice": 12.52, "bidSize": 300, "askSize": 500,
    }]),
    Sample("tiingo", Capability.DAILY_BARS, DAYS, [{
        "date": "2024-05-14T00:00:00.000Z", "close": 12.75, "high": 12.9, "low": 12.1, "open": 12.5, "volume": 1000,
        "adjClose": 12.5, "divCash": 0.25, "splitFactor": 1.5,
    }]),
    Sample("tiingo", Capability.ACTIONS, DAYS, [{
        "date": "2024-05-14T00:00:00.000Z", "close": 12.75, "divCash": 0.25, "splitFactor": 1.5,
    }]),
    Sample("tiingo", Capability.INTRADAY_BARS, MINUTES, [{
        "date": "2024-05-14T13:31:00.000Z", "open": 12.5, "high": 12.9, "low": 12.1, "close": 12.75, "volume": 1000.0,
    }]),
    Sample("tiingo", Capability.PROFILES, PROFILE, {
        "ticker": "ACME", "name": "Acme Inc.", "exchangeCode": "NASDAQ", "startDate": "2004-08-19", "endDate": "2024-05-14",
    }),
    Sample("tiingo", Capability.NEWS, NEWS, [{
        "id": 7, "title": "Acme falls", "publishedDate": "2024-05-14T17:08:00Z", "url": "https://example.com/1",
        "description": "From a cliff.", "source": "example.com", "tickers": ["acme"],
    }]),
    Sample("twelvedata", Capability.QUOTES, QUOTES, {
        "symbol": "ACME", "currency": "USD", "datetime": "2024-05-15", "timestamp": 1715779800,
        "last_quote_at": 1715785200, "open": "12.30000", "high": "12.75000", "low": "12.25000", "close": "12.51000",
        "volume": "5000", "previous_close": "12.25000",
    }),
    Sample("twelvedata", Capability.DAILY_BARS, DAYS, {
        "meta": {"symbol": "ACME", "interval": "1day", "exchange_timezone": "America/New_York"}, "status": "ok",
        "values": [{"datetime": "2024-05-14", "open": "12.5", "high": "12.9", "low": "12.1", "close": "12.75",
                    "volume": "1000"}],
    }),
    Sample("twelvedata", Capability.INTRADAY_BARS, MINUTES, {
        "meta": {"symbol": "ACME", "interval": "1min", "exchange_timezone": "America/New_York"}, "status": "ok",
        "values": [{"datetime": "2024-05-14 09:31:00", "open": "12.5", "high": "12.9", "low": "12.1", "close": "12.75",
                    "volume": "1000"}],
    }),
    Sample("alpaca", Capability.QUOTES, QUOTES, {"ACME": {
        "latestTrade": {"t": "2024-05-15T15:00:00.123456789Z", "p": 12.51, "s": 200},
        "latestQuote": {"t": "2024-05-15T15:00:00Z", "ap": 12.52, "as": 5, "bp": 12.5, "bs": 3},
        "dailyBar": {"t": "2024-05-15T04:00:00Z", "o": 12.3, "h": 12.75, "l": 12.25, "c": 12.5, "v": 5000},
        "prevDailyBar": {"t": "2024-05-14T04:00:00Z", "c": 12.25},
    }}),
    Sample("alpaca", Capability.DAILY_BARS, DAYS, {
        "bars": {"ACME": [{**_BAR, "t": "2024-05-14T04:00:00Z"}]}, "next_page_token": "abc",
    }),
    Sample("alpaca", Capability.INTRADAY_BARS, MINUTES, {
        "bars": {"ACME": [{**_BAR, "t": "2024-05-14T13:31:00Z"}]}, "next_page_token": None,
    }),
    Sample("alpaca", Capability.ACTIONS, DAYS, {"corporate_actions": {
        "forward_splits": [{"ex_date": "2024-05-14", "new_rate": 1.5, "old_rate": 1, "symbol": "ACME"}],
        "reverse_splits": [{"ex_date": "2024-05-14", "new_rate": 1, "old_rate": 50, "symbol": "OTHER"}],
        "cash_dividends": [{"ex_date": "2024-05-14", "payable_date": "2024-05-20", "rate": 0.25, "symbol": "ACME"}],
    }, "next_page_token": None}),
    Sample("alpaca", Capability.NEWS, NEWS, {"news": [{
        "id": 7, "headline": "Acme falls", "created_at": "2024-05-14T17:08:00Z", "url": "https://example.com/1",
        "summary": "From a cliff.", "source": "example", "symbols": ["ACME"],
    }], "next_page_token": None}),
    Sample("alpaca", Capability.OPTION_CHAINS, CHAIN, {"next_page_token": None, "snapshots": {"ACME240621C00012500": {
        "impliedVolatility": 0.357, "latestQuote": {"ap": 1.2, "bp": 1.0, "t": "2024-05-15T15:00:00Z"},
        "latestTrade": {"p": 1.15, "t": "2024-05-15T14:00:00Z"},
    }}}),
    Sample("alphavantage", Capability.QUOTES, QUOTES, {"Global Quote": {
        "01. symbol": "ACME", "02. open": "12.30", "03. high": "12.75", "04. low": "12.25", "05. price": "12.5100",
        "06. volume": "5000", "07. latest trading day": "2024-05-15", "08. previous close": "12.25",
    }}),
    Sample("alphavantage", Capability.DAILY_BARS, DAYS, _alphavantage_series("Time Series (Daily)", {
        "2024-05-14": {**_DAILY_ROW, "5. adjusted close": "12.5", "6. volume": "1000", "7. dividend amount": "0.2500",
                       "8. split coefficient": "1.5"},
        "2024-04-30": {**_DAILY_ROW, "5. adjusted close": "12.5", "6. volume": "1", "7. dividend amount": "0.0",
                       "8. split coefficient": "1.0"},
    })),
    Sample("alphavantage", Capability.ACTIONS, DAYS, _alphavantage_series("Time Series (Daily)", {
        "2024-05-14": {**_DAILY_ROW, "7. dividend amount": "0.2500", "8. split coefficient": "1.5"},
    })),
    Sample("alphavantage", Capability.INTRADAY_BARS, MINUTES, _alphavantage_series("Time Series (1min)", {
        "2024-05-14 09:31:00": {**_DAILY_ROW, "5. volume": "1000"},
    })),
    Sample("alphavantage", Capability.PROFILES, PROFILE, {
        "Symbol": "ACME", "AssetType": "Common Stock", "Name": "Acme Inc.", "Exchange": "NASDAQ", "Currency": "USD",
        "Country": "USA", "Sector": "TECHNOLOGY", "Industry": "ANVILS", "MarketCapitalization": "1000000",
    }),
    Sample("alphavantage", Capability.STATEMENTS, INCOME, {"symbol": "ACME", "quarterlyReports": [], "annualReports": [{
        "fiscalDateEnding": "2023-12-31", "reportedCurrency": "USD", "totalRevenue": "1000", "netIncome": "-5",
        "effectOfAccountingCharges": "None",
    }]}),
    Sample("yahoo", Capability.QUOTES, QUOTES, _yahoo()),
    Sample("yahoo", Capability.DAILY_BARS, DAYS, _YAHOO_BARS),
    Sample("yahoo", Capability.INTRADAY_BARS, MINUTES, _YAHOO_BARS),
    Sample("yahoo", Capability.ACTIONS, DAYS, _YAHOO_BARS),
    Sample("yahoo", Capability.NEWS, NEWS, {"news": [{
        "uuid": "n1", "title": "Acme falls", "publisher": "The Anvil", "link": "https://example.com/1",
        "providerPublishTime": 1715706480, "relatedTickers": ["ACME"],
    }]}),
    Sample("yahoo", Capability.PROFILES, PROFILE, {"quotes": [
        {"exchange": "NYQ", "longname": "Acme Holdings", "quoteType": "EQUITY", "symbol": "ACMH"},
        {"exchange": "NMS", "shortname": "Acme", "longname": "Acme Inc.", "quoteType": "EQUITY", "symbol": "ACME",
         "sector": "Technology", "industry": "Anvils"},
    ], "news": []}),
    Sample("yahoo", Capability.STATEMENTS, INCOME, {"timeseries": {"error": None, "result": [
        {"meta": {"symbol": ["ACME"], "type": [f"annual{name}"]}, "timestamp": [1703980800, 1672444800],
         f"annual{name}": [None, {"asOfDate": "2023-12-31", "periodType": "12M", "currencyCode": "USD",
                                  "reportedValue": {"raw": value, "fmt": "x"}}]}
        for name, value in (("TotalRevenue", 1000), ("NetIncome", -5))
    ]}}),
    Sample("yahoo", Capability.OPTION_CHAINS, ChainAsked("ACME", date(2024, 6, 21)), {"optionChain": {"error": None, "result": [{
        "underlyingSymbol": "ACME", "expirationDates": [1718928000, 1721347200], "quote": {"regularMarketPrice": 12.6},
        "options": [{"expirationDate": 1718928000, "puts": [], "calls": [{
            "contractSymbol": "ACME240621C00012500", "strike": 12.5, "lastPrice": 1.15, "volume": 30, "openInterest": 500,
            "bid": 1.0, "ask": 1.2, "contractSize": "REGULAR", "expiration": 1718928000, "lastTradeDate": 1715785200,
            "impliedVolatility": 0.357,
        }]}],
    }]}}),
    Sample("fred", Capability.SERIES, SERIES, {"observations": [
        {"date": "2024-01-01", "value": "4.2"}, {"date": "2024-02-01", "value": "."},
    ]}),
    Sample("sec", Capability.STATEMENTS, INCOME, {"cik": 77, "entityName": "Acme", "facts": {"us-gaap": {
        "NetIncomeLoss": {"units": {"USD": [
            {"start": "2023-01-01", "end": "2023-12-31", "val": -4, "fy": 2023, "fp": "FY", "form": "10-K",
             "accn": "a-24", "filed": "2024-02-01"},
            {"start": "2023-01-01", "end": "2023-12-31", "val": -5, "fy": 2024, "fp": "FY", "form": "10-K",
             "accn": "a-25", "filed": "2025-02-01"},
            {"start": "2023-10-01", "end": "2023-12-31", "val": 9, "fy": 2023, "fp": "FY", "form": "10-K",
             "accn": "a-24", "filed": "2024-02-01"},
        ]}},
        "Revenues": {"units": {"USD": [
            {"start": "2023-01-01", "end": "2023-12-31", "val": 1000, "fy": 2023, "fp": "FY", "form": "10-K",
             "accn": "a-24", "filed": "2024-02-01"},
        ]}},
    }}}),
]  # fmt: skip
