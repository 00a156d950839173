"""Alpaca's market data.  Source: docs.alpaca.markets, Market Data API."""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Final
from urllib.parse import quote

from domain.kernel.dates import NEW_YORK
from domain.kernel.web import Answer, Request
from domain.market.occ import parse_occ
from domain.market.providers.asked import BarLength, BarsAsked, ChainAsked, NewsAsked, QuotesAsked
from domain.market.providers.observed import ObservedAction, ObservedBar, ObservedContract, ObservedNews, ObservedQuote
from domain.market.providers.provider import Credentials, Endpoint, Parsed, Provider, Tier
from domain.market.providers.reading import (
    Record,
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
from domain.market.types import ActionKind

_LENGTHS: Final = {
    BarLength.MINUTE: "1Min",
    BarLength.FIVE_MINUTES: "5Min",
    BarLength.HOUR: "1Hour",
    BarLength.DAY: "1Day",
}


def _get(base_url: str, path: str, credentials: Credentials, **parameters: str) -> Request:
    secrets = {"APCA-API-KEY-ID": credentials.key, "APCA-API-SECRET-KEY": credentials.secret}
    return Request(url=f"{base_url}{path}", parameters=parameters, secret_headers=secrets)


def _next(found: Record, request: Request) -> Request | None:
    """Return the request for the next page: the same, with the token of this one."""
    token = found.text("next_page_token")
    if token is None:
        return None
    return Request(url=request.url, parameters={**request.parameters, "page_token": token}, headers=request.headers)


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "/v2/stocks/snapshots", credentials, symbols=",".join(asked.symbols))


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    del asked
    found = record_of(json_of(answer), "the answer")
    # What it does not know is null.
    known = {name: record_of(value, "a snapshot") for name, value in found.members.items() if value is not None}
    return Parsed(tuple(_quote(name, each) for name, each in known.items()))


def _quote(symbol: str, each: Record) -> ObservedQuote:
    # Without sizes: they are in round lots (forum.alpaca.markets/t/16000), and how many shares one has depends on the
    # price since 3 November 2025 (SEC release 34-101070).
    trade, sides, day, before = (
        record_of(each.get(name) or {}, name) for name in ("latestTrade", "latestQuote", "dailyBar", "prevDailyBar")
    )
    return ObservedQuote(
        symbol=plain_symbol(symbol),
        price=trade.needed_price("p"),
        at=trade.needed_instant("t"),
        previous_close=before.price("c"),
        open=day.price("o"),
        high=day.price("h"),
        low=day.price("l"),
        volume=day.whole("v"),
        bid=sides.price("bp"),
        ask=sides.price("ap"),
    )


def _build_bars(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(
        base_url,
        "/v2/stocks/bars",
        credentials,
        symbols=asked.symbol,
        timeframe=_LENGTHS[asked.length],
        adjustment="raw",
        limit="10000",
        **_span(asked),
    )


def _span(asked: BarsAsked | NewsAsked) -> dict[str, str]:
    first = datetime.combine(asked.start, time.min, NEW_YORK).astimezone(UTC)
    last = datetime.combine(asked.end, time.max, NEW_YORK).astimezone(UTC)
    return {"start": f"{first:%Y-%m-%dT%H:%M:%SZ}", "end": f"{last:%Y-%m-%dT%H:%M:%SZ}"}


def _parse_bars(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    found = record_of(json_of(answer), "the answer")
    bars = record_of(found.get("bars") or {}, "bars")
    if bars.members and asked.symbol not in bars.members:
        expect_symbol(asked.symbol, next(iter(bars.members)))
    rows = records_of(bars.get(asked.symbol) or [], "bars")
    return Parsed(tuple(map(_bar, rows)), _next(found, _build_bars(asked, "", Credentials())))


def _bar(each: Record) -> ObservedBar:
    at = each.needed_instant("t")
    return ObservedBar(
        session=session_of(at),
        at=at,
        close=each.needed_price("c"),
        open=each.price("o"),
        high=each.price("h"),
        low=each.price("l"),
        volume=each.whole("v"),
        vwap=each.price("vw"),
        trades=each.whole("n"),
    )


def _build_actions(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(
        base_url,
        "/v1/corporate-actions",
        credentials,
        symbols=asked.symbol,
        types="reverse_split,forward_split,cash_dividend",
        start=asked.start.isoformat(),
        end=asked.end.isoformat(),
        limit="1000",
    )


def _parse_actions(asked: BarsAsked, answer: Answer) -> Parsed[ObservedAction]:
    found = record_of(json_of(answer), "the answer")
    kinds = found.record("corporate_actions")
    actions = [
        *(_split(each) for name in ("reverse_splits", "forward_splits") for each in _listed(kinds, name)),
        *(_dividend(each) for each in _listed(kinds, "cash_dividends")),
    ]
    own = tuple(each for each in actions if each is not None and each.symbol == asked.symbol)
    return Parsed(own, _next(found, _build_actions(asked, "", Credentials())))


def _listed(kinds: Record, name: str) -> Iterator[Record]:
    return records_of(kinds.get(name) or [], name)


def _split(each: Record) -> ObservedAction:
    new, old = each.number("new_rate"), each.number("old_rate")
    if new is None or old is None:
        raise garbled("a ratio of a split", each.members)
    numerator, denominator = whole_ratio(new, old)
    return ObservedAction(
        symbol=plain_symbol(each.needed_text("symbol")),
        kind=ActionKind.SPLIT,
        ex_date=each.needed_day("ex_date"),
        numerator=numerator,
        denominator=denominator,
        pay_date=each.day("payable_date"),
    )


def _dividend(each: Record) -> ObservedAction | None:
    cash = each.price("rate")
    if cash is None:
        return None
    return ObservedAction(
        symbol=plain_symbol(each.needed_text("symbol")),
        kind=ActionKind.DIVIDEND,
        ex_date=each.needed_day("ex_date"),
        cash=cash,
        pay_date=each.day("payable_date"),
    )


def _build_news(asked: NewsAsked, base_url: str, credentials: Credentials) -> Request:
    only = {"symbols": ",".join(asked.symbols)} if asked.symbols else {}
    return _get(base_url, "/v1beta1/news", credentials, limit="50", **only, **_span(asked))


def _parse_news(asked: NewsAsked, answer: Answer) -> Parsed[ObservedNews]:
    found = record_of(json_of(answer), "the answer")
    news = tuple(
        ObservedNews(
            key=number_text(each.get("id"), "id of news"),
            title=each.needed_text("headline"),
            published_at=each.needed_instant("created_at"),
            symbols=tuple(plain_symbol(symbol) for symbol in each.texts("symbols")),
            summary=each.text("summary"),
            url=each.text("url"),
            publisher=each.text("source"),
        )
        for each in found.records("news")
    )
    return Parsed(news, _next(found, _build_news(asked, "", Credentials())))


def _build_chain(asked: ChainAsked, base_url: str, credentials: Credentials) -> Request:
    only = {} if asked.expiry is None else {"expiration_date": asked.expiry.isoformat()}
    path = f"/v1beta1/options/snapshots/{quote(asked.underlying)}"
    return _get(base_url, path, credentials, limit="1000", **only)


def _parse_chain(asked: ChainAsked, answer: Answer) -> Parsed[ObservedContract]:
    found = record_of(json_of(answer), "the answer")
    snapshots = record_of(found.get("snapshots") or {}, "snapshots")
    contracts = tuple(
        _contract(asked, symbol, record_of(each, "a snapshot")) for symbol, each in snapshots.members.items()
    )
    return Parsed(contracts, _next(found, _build_chain(asked, "", Credentials())))


def _contract(asked: ChainAsked, symbol: str, each: Record) -> ObservedContract:
    terms = parse_occ(symbol)
    if terms is None:
        raise garbled("the OCC symbol of a contract", symbol)
    sides, trade = (record_of(each.get(name) or {}, name) for name in ("latestQuote", "latestTrade"))
    return ObservedContract(
        underlying=asked.underlying,
        right=terms.right,
        style=terms.style,
        strike=terms.strike,
        expiry=terms.expiry,
        bid=sides.price("bp"),
        ask=sides.price("ap"),
        last=trade.price("p"),
        implied_volatility=each.volatility("impliedVolatility"),
        at=sides.instant("t") or trade.instant("t"),
        root=terms.root,
    )


ALPACA: Final = Provider(
    name="alpaca",
    title="Alpaca",
    base_url="https://data.alpaca.markets",
    tier=Tier.PROFESSIONAL,
    priority=5,
    reliability=0.85,
    # Of the free plan, as its own headers say.
    calls_per_minute=200,
    needs_secret=True,
    quotes=Endpoint(_build_quotes, _parse_quotes, most=100),
    daily_bars=Endpoint(_build_bars, _parse_bars),
    intraday_bars=Endpoint(_build_bars, _parse_bars),
    actions=Endpoint(_build_actions, _parse_actions),
    news=Endpoint(_build_news, _parse_news),
    option_chains=Endpoint(_build_chain, _parse_chain),
)
