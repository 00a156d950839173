"""Tiingo.  Source: api.tiingo.com/documentation."""

from collections.abc import Iterator
from typing import Final
from urllib.parse import quote

from domain.kernel.web import Answer, Request
from domain.market.providers.asked import BarLength, BarsAsked, NewsAsked, QuotesAsked, SymbolAsked
from domain.market.providers.names import market_code
from domain.market.providers.observed import ObservedAction, ObservedBar, ObservedNews, ObservedProfile, ObservedQuote
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import (
    Record,
    dashed_symbol,
    expect_symbol,
    json_of,
    number_text,
    plain_symbol,
    record_of,
    records_of,
    session_of,
    whole_ratio,
)
from domain.market.types import ActionKind

_LENGTHS: Final = {BarLength.MINUTE: "1min", BarLength.FIVE_MINUTES: "5min", BarLength.HOUR: "1hour"}


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
    news=Endpoint(_build_news, _parse_news),
)
