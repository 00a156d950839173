"""Yahoo Finance, its prices and news, without a cookie.  It has no documentation: read from recorded answers."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final
from urllib.parse import quote

from domain.kernel.dates import NEW_YORK
from domain.kernel.web import Answer, Request
from domain.market.providers.asked import BarLength, BarsAsked, NewsAsked, QuotesAsked
from domain.market.providers.observed import ObservedAction, ObservedBar, ObservedNews, ObservedQuote
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import (
    Record,
    dashed_symbol,
    expect_symbol,
    garbled,
    instant_since_1970,
    json_of,
    number_of,
    plain_symbol,
    record_of,
    records_of,
    session_of,
    whole_ratio,
)
from domain.market.providers.yahoo_company import (
    HEADERS,
    build_chain,
    build_profile,
    build_statements,
    parse_chain,
    parse_profile,
    parse_statements,
)
from domain.market.types import ActionKind

_LENGTHS: Final = {
    BarLength.MINUTE: "1m",
    BarLength.FIVE_MINUTES: "5m",
    BarLength.HOUR: "1h",
    BarLength.DAY: "1d",
}
# Its prices are 32-bit floats written with all the digits of 64: so many decimal places are meant.
_PLACES: Final = Decimal("0.0001")


def _chart(base_url: str, symbol: str, **parameters: str) -> Request:
    return Request(
        url=f"{base_url}/v8/finance/chart/{quote(dashed_symbol(symbol))}", parameters=parameters, headers=HEADERS
    )


def _result(asked: str, answer: Answer) -> tuple[Record, Record]:
    """Return a chart and what describes it."""
    chart = record_of(json_of(answer), "the answer").record("chart")
    if chart.get("error") is not None:
        error = chart.record("error")
        kind = FaultKind.NOT_FOUND if error.get("code") == "Not Found" else FaultKind.DOWN
        raise ProviderFault(kind, str(error.get("description"))[:200])
    results = list(chart.records("result"))
    if not results:
        raise garbled("a chart", chart.members)
    about = results[0].record("meta")
    expect_symbol(asked, about.text("symbol"))
    return results[0], about


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    del credentials
    return _chart(base_url, asked.symbols[0], range="1d", interval="1d")


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    _, about = _result(asked.symbols[0], answer)
    found = ObservedQuote(
        symbol=asked.symbols[0],
        price=_short(about.needed_price("regularMarketPrice")),
        at=about.needed_instant("regularMarketTime"),
        previous_close=_maybe(about.price("previousClose") or about.price("chartPreviousClose")),
        high=_maybe(about.price("regularMarketDayHigh")),
        low=_maybe(about.price("regularMarketDayLow")),
        volume=about.whole("regularMarketVolume"),
        currency=about.text("currency"),
    )
    return Parsed((found,))


def _build_bars(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    del credentials
    first = datetime.combine(asked.start, time.min, NEW_YORK)
    last = datetime.combine(asked.end + timedelta(days=1), time.min, NEW_YORK)
    return _chart(
        base_url,
        asked.symbol,
        interval=_LENGTHS[asked.length],
        period1=str(int(first.timestamp())),
        period2=str(int(last.timestamp())),
        events="div,split",
        includePrePost="false",
    )


def _parse_bars(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    result, _ = _result(asked.symbol, answer)
    return Parsed(tuple(_bars(asked, result)))


def _bars(asked: BarsAsked, result: Record) -> Iterator[ObservedBar]:
    """Yield the bars; a row without a close, as of a session without a trade, is none."""
    stamps = result.get("timestamp")
    if stamps is None:
        # Nothing was traded.
        return
    if not isinstance(stamps, list):
        raise garbled("a list of timestamps", stamps)
    columns = next(result.record("indicators").records("quote"), None)
    if columns is None:
        raise garbled("the columns of bars", result.get("indicators"))
    adjusted = next(records_of(result.record("indicators").get("adjclose") or [], "adjusted closes"), None)
    lists = {name: _column(columns, name, len(stamps)) for name in ("open", "high", "low", "close", "volume")}
    own = [None] * len(stamps) if adjusted is None else _column(adjusted, "adjclose", len(stamps))
    for place, stamp in enumerate(stamps):
        row = Record({name: values[place] for name, values in lists.items()}, "a bar")
        close = _maybe(row.price("close"))
        if close is None:
            continue
        number = number_of(stamp, "timestamp of a bar")
        if number is None:
            raise garbled("a timestamp", stamp)
        at = instant_since_1970(number, "timestamp of a bar")
        yield ObservedBar(
            session=session_of(at),
            at=None if asked.length is BarLength.DAY else at,
            close=close,
            open=_maybe(row.price("open")),
            high=_maybe(row.price("high")),
            low=_maybe(row.price("low")),
            adjusted_close=_maybe(Record({"adjclose": own[place]}, "a bar").price("adjclose")),
            volume=row.whole("volume"),
            is_split_adjusted=True,
        )


def _column(columns: Record, name: str, length: int) -> list[Any]:
    values = columns.get(name)
    if values is None:
        return [None] * length
    if not isinstance(values, list) or len(values) != length:
        raise garbled(f"{length} values of {name}", values)
    return values


def _parse_actions(asked: BarsAsked, answer: Answer) -> Parsed[ObservedAction]:
    result, about = _result(asked.symbol, answer)
    events = record_of(result.get("events") or {}, "events")
    found: list[ObservedAction] = []
    for each in _events(events, "dividends"):
        cash = each.price("amount")
        if cash is not None:
            found.append(
                ObservedAction(
                    symbol=asked.symbol,
                    kind=ActionKind.DIVIDEND,
                    ex_date=session_of(each.needed_instant("date")),
                    cash=cash,
                    currency=about.text("currency"),
                )
            )
    for each in _events(events, "splits"):
        numerator, denominator = each.number("numerator"), each.number("denominator")
        if not numerator or not denominator:
            raise garbled("a ratio of a split", each.members)
        over, under = whole_ratio(numerator, denominator)
        found.append(
            ObservedAction(
                symbol=asked.symbol,
                kind=ActionKind.SPLIT,
                ex_date=session_of(each.needed_instant("date")),
                numerator=over,
                denominator=under,
            )
        )
    return Parsed(tuple(sorted(found, key=lambda action: action.ex_date)))


def _events(events: Record, name: str) -> Iterator[Record]:
    value = record_of(events.get(name) or {}, name)
    return (record_of(each, name) for each in value.members.values())


def _build_news(asked: NewsAsked, base_url: str, credentials: Credentials) -> Request:
    del credentials
    text = dashed_symbol(asked.symbols[0]) if asked.symbols else "market"
    return Request(
        url=f"{base_url}/v1/finance/search",
        parameters={"q": text, "quotesCount": "0", "newsCount": "50"},
        headers=HEADERS,
    )


def _parse_news(asked: NewsAsked, answer: Answer) -> Parsed[ObservedNews]:
    found = record_of(json_of(answer), "the answer")
    news = [
        ObservedNews(
            key=each.needed_text("uuid"),
            title=each.needed_text("title"),
            published_at=each.needed_instant("providerPublishTime"),
            symbols=tuple(plain_symbol(symbol) for symbol in each.texts("relatedTickers")),
            url=each.text("link"),
            publisher=each.text("publisher"),
        )
        for each in records_of(found.get("news") or [], "news")
    ]
    return Parsed(tuple(each for each in news if asked.start <= session_of(each.published_at) <= asked.end))


def _short(price: Decimal) -> Decimal:
    # Below a cent all digits count.
    return price.quantize(_PLACES) if price >= Decimal("0.01") else price


def _maybe(price: Decimal | None) -> Decimal | None:
    return None if price is None else _short(price)


YAHOO: Final = Provider(
    name="yahoo",
    title="Yahoo Finance",
    base_url="https://query2.finance.yahoo.com",
    tier=Tier.FREE,
    priority=1,
    reliability=0.7,
    # It does not say how many it allows: our own restraint.
    calls_per_minute=60,
    needs_key=False,
    quotes=Endpoint(_build_quotes, _parse_quotes),
    daily_bars=Endpoint(_build_bars, _parse_bars),
    intraday_bars=Endpoint(_build_bars, _parse_bars),
    actions=Endpoint(_build_bars, _parse_actions),
    profiles=Endpoint(build_profile, parse_profile),
    statements=Endpoint(build_statements, parse_statements),
    news=Endpoint(_build_news, _parse_news),
    option_chains=Endpoint(build_chain, parse_chain),
)
