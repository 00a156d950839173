"""Tiingo.  Source: api.tiingo.com/documentation."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from domain.kernel.web import Answer, Request
from domain.market.providers.asked import BarLength, BarsAsked, NewsAsked, QuotesAsked, StatementsAsked, SymbolAsked
from domain.market.providers.names import market_code
from domain.market.providers.observed import (
    ObservedAction,
    ObservedBar,
    ObservedNews,
    ObservedProfile,
    ObservedQuote,
    ObservedStatement,
)
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import (
    Record,
    dashed_symbol,
    expect_symbol,
    garbled,
    json_of,
    number_text,
    plain_symbol,
    record_of,
    records_of,
    session_of,
    whole_ratio,
)
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.types import ActionKind

_LENGTHS: Final = {BarLength.MINUTE: "1min", BarLength.FIVE_MINUTES: "5min", BarLength.HOUR: "1hour"}

_STATEMENTS: Final = {
    StatementKind.INCOME: "incomeStatement",
    StatementKind.BALANCE_SHEET: "balanceSheet",
    StatementKind.CASH_FLOW: "cashFlow",
}
# Its statements begin later than this.
_EVER: Final = "1990-01-01"


def _get(base_url: str, path: str, credentials: Credentials, **parameters: str) -> Request:
    return Request(
        url=f"{base_url}{path}", parameters=parameters, secret_headers={"Authorization": f"Token {credentials.key}"}
    )


def _records(answer: Answer, what: str) -> Iterator[Record]:
    return records_of(json_of(answer), what)


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "/iex/", credentials, tickers=",".join(map(dashed_symbol, asked.symbols)).lower())


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    found = tuple(_quote(each) for each in _records(answer, "quotes"))
    if not found:
        raise ProviderFault(FaultKind.NOT_FOUND, f"expected quotes of {', '.join(asked.symbols)[:100]}, got none")
    return Parsed(found)


def _quote(each: Record) -> ObservedQuote:
    return ObservedQuote(
        symbol=plain_symbol(each.needed_text("ticker")),
        price=each.price("tngoLast") or each.needed_price("last"),
        at=each.needed_instant("timestamp"),
        previous_close=each.price("prevClose"),
        open=each.price("open"),
        high=each.price("high"),
        low=each.price("low"),
        volume=each.whole("volume"),
        bid=each.price("bidPrice"),
        ask=each.price("askPrice"),
        bid_size=each.whole("bidSize"),
        ask_size=each.whole("askSize"),
    )


def _build_daily(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    path = f"/tiingo/daily/{quote(dashed_symbol(asked.symbol).lower())}/prices"
    span = {"startDate": asked.start.isoformat(), "endDate": asked.end.isoformat()}
    return _get(base_url, path, credentials, format="json", resampleFreq="daily", **span)


def _parse_daily(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    del asked  # Its rows do not say whose they are: the path does.
    return Parsed(
        tuple(
            ObservedBar(
                session=each.needed_day("date"),
                close=each.needed_price("close"),
                open=each.price("open"),
                high=each.price("high"),
                low=each.price("low"),
                adjusted_close=each.price("adjClose"),
                volume=each.whole("volume"),
            )
            for each in _records(answer, "daily bars")
        )
    )


def _parse_actions(asked: BarsAsked, answer: Answer) -> Parsed[ObservedAction]:
    found: list[ObservedAction] = []
    for each in _records(answer, "daily bars"):
        day = each.needed_day("date")
        if (cash := each.price("divCash")) is not None:
            found.append(ObservedAction(symbol=asked.symbol, kind=ActionKind.DIVIDEND, ex_date=day, cash=cash))
        ratio = each.number("splitFactor")
        if ratio is not None and ratio > 0 and ratio != 1:
            numerator, denominator = whole_ratio(ratio)
            split = ObservedAction(
                symbol=asked.symbol, kind=ActionKind.SPLIT, ex_date=day, numerator=numerator, denominator=denominator
            )
            found.append(split)
    return Parsed(tuple(found))


def _build_intraday(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    path = f"/iex/{quote(dashed_symbol(asked.symbol).lower())}/prices"
    span = {"startDate": asked.start.isoformat(), "endDate": asked.end.isoformat()}
    columns = "open,high,low,close,volume"
    return _get(
        base_url, path, credentials, format="json", resampleFreq=_LENGTHS[asked.length], columns=columns, **span
    )


def _parse_intraday(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    del asked  # Its rows do not say whose they are: the path does.
    bars = []
    for each in _records(answer, "bars"):
        at = each.needed_instant("date")
        bars.append(
            ObservedBar(
                session=session_of(at),
                at=at,
                close=each.needed_price("close"),
                open=each.price("open"),
                high=each.price("high"),
                low=each.price("low"),
                volume=each.whole("volume"),
            )
        )
    return Parsed(tuple(bars))


def _build_profile(asked: SymbolAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, f"/tiingo/daily/{quote(dashed_symbol(asked.symbol).lower())}", credentials)


def _parse_profile(asked: SymbolAsked, answer: Answer) -> Parsed[ObservedProfile]:
    each = record_of(json_of(answer), "the answer")
    if each.text("detail") is not None and each.text("ticker") is None:
        raise ProviderFault(FaultKind.NOT_FOUND, str(each.text("detail"))[:200])
    expect_symbol(asked.symbol, each.text("ticker"))
    profile = ObservedProfile(
        symbol=asked.symbol, name=each.needed_text("name"), exchange=market_code(each.text("exchangeCode"))
    )
    return Parsed((profile,))


def _build_news(asked: NewsAsked, base_url: str, credentials: Credentials) -> Request:
    span = {"startDate": asked.start.isoformat(), "endDate": asked.end.isoformat()}
    only = {"tickers": ",".join(map(dashed_symbol, asked.symbols)).lower()} if asked.symbols else {}
    return _get(base_url, "/tiingo/news", credentials, limit="1000", sortBy="publishedDate", **only, **span)


def _parse_news(asked: NewsAsked, answer: Answer) -> Parsed[ObservedNews]:
    del asked
    return Parsed(
        tuple(
            ObservedNews(
                key=number_text(each.get("id"), "id of news"),
                title=each.needed_text("title"),
                published_at=each.needed_instant("publishedDate"),
                symbols=tuple(plain_symbol(symbol) for symbol in each.texts("tickers")),
                summary=each.text("description"),
                url=each.text("url"),
                publisher=each.text("source"),
            )
            for each in _records(answer, "news")
        )
    )


def _build_statements(asked: StatementsAsked, base_url: str, credentials: Credentials) -> Request:
    path = f"/tiingo/fundamentals/{quote(dashed_symbol(asked.symbol).lower())}/statements"
    # As they are known now: as they were reported, dates are those of the filings.
    return _get(base_url, path, credentials, format="json", asReported="false", startDate=_EVER)


def _parse_statements(asked: StatementsAsked, answer: Answer) -> Parsed[ObservedStatement]:
    # Its rows do not say whose they are: the path does.  A year's has the quarter 0.
    is_year = asked.period is StatementPeriod.YEAR
    rows = [(each, each.whole("quarter")) for each in _records(answer, "statements")]
    if any(quarter is None or quarter > 4 for _, quarter in rows):
        raise garbled("a quarter from 0 to 4 of each statement", [quarter for _, quarter in rows])
    found = (_statement(asked, each, quarter) for each, quarter in rows if (quarter == 0) == is_year)
    return Parsed(tuple(each for each in found if each is not None))


def _statement(asked: StatementsAsked, each: Record, quarter: int | None) -> ObservedStatement | None:
    year = each.whole("year")
    if year is None or not 1900 <= year <= 2100:
        raise garbled("a year of a statement", each.get("year"))
    # Of some periods a statement is missing.
    lines = records_of(each.record("statementData").get(_STATEMENTS[asked.kind]) or [], "lines")
    figures = {line.needed_text("dataCode"): line.number("value") for line in lines}
    if not figures:
        return None
    return ObservedStatement(
        symbol=asked.symbol,
        kind=asked.kind,
        period=asked.period,
        fiscal_year=year,
        fiscal_quarter=quarter or None,
        ends_on=each.needed_day("date"),
        # The unit of amounts in its definitions is the dollar.
        currency="USD",
        figures=figures,
    )


TIINGO: Final = Provider(
    name="tiingo",
    title="Tiingo",
    base_url="https://api.tiingo.com",
    tier=Tier.PROFESSIONAL,
    priority=3,
    reliability=0.9,
    quotes=Endpoint(_build_quotes, _parse_quotes, most=100),
    daily_bars=Endpoint(_build_daily, _parse_daily),
    intraday_bars=Endpoint(_build_intraday, _parse_intraday),
    actions=Endpoint(_build_daily, _parse_actions),
    profiles=Endpoint(_build_profile, _parse_profile),
    statements=Endpoint(_build_statements, _parse_statements),
    news=Endpoint(_build_news, _parse_news),
)
