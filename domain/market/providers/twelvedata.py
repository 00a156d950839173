"""Twelve Data.  Source: twelvedata.com/docs.  Its numbers are texts, and its errors may come with status 200."""

from typing import Final

from domain.kernel.web import Answer, Request
from domain.market.providers.asked import BarLength, BarsAsked, QuotesAsked
from domain.market.providers.observed import ObservedBar, ObservedQuote
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import (
    Record,
    expect_symbol,
    instant_in_new_york,
    instant_of,
    json_of,
    plain_symbol,
    record_of,
)

_LENGTHS: Final = {
    BarLength.MINUTE: "1min",
    BarLength.FIVE_MINUTES: "5min",
    BarLength.HOUR: "1h",
    BarLength.DAY: "1day",
}
_FAULTS: Final = {
    400: FaultKind.NOT_FOUND,
    401: FaultKind.REFUSED,
    403: FaultKind.REFUSED,
    404: FaultKind.NOT_FOUND,
    414: FaultKind.GARBLED,
    429: FaultKind.RATE_LIMITED,
}


def _get(base_url: str, path: str, credentials: Credentials, **parameters: str) -> Request:
    return Request(url=f"{base_url}/{path}", parameters=parameters, secret_parameters={"apikey": credentials.key})


def _expect_no_error(found: Record) -> None:
    if found.get("status") != "error":
        return
    code = found.whole("code")
    raise ProviderFault(_FAULTS.get(code or 0, FaultKind.DOWN), str(found.get("message"))[:200])


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "quote", credentials, symbol=",".join(asked.symbols))


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    found = record_of(json_of(answer), "the answer")
    _expect_no_error(found)
    if len(asked.symbols) == 1:
        return Parsed((_quote(found),))
    # Of several, an object for each, and an error in place of what it does not know.
    each = [record_of(value, "a quote") for value in found.members.values()]
    quotes = tuple(_quote(one) for one in each if one.get("status") != "error")
    if not quotes:
        # An allowance that is used up is told in the place of every quote.
        for one in each:
            _expect_no_error(one)
    return Parsed(quotes)


def _quote(each: Record) -> ObservedQuote:
    return ObservedQuote(
        symbol=plain_symbol(each.needed_text("symbol")),
        price=each.needed_price("close"),
        at=each.instant("last_quote_at") or each.needed_instant("timestamp"),
        previous_close=each.price("previous_close"),
        open=each.price("open"),
        high=each.price("high"),
        low=each.price("low"),
        volume=each.whole("volume"),
        currency=each.text("currency"),
    )


def _build_bars(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(
        base_url,
        "time_series",
        credentials,
        symbol=asked.symbol,
        interval=_LENGTHS[asked.length],
        start_date=f"{asked.start} 00:00:00",
        end_date=f"{asked.end} 23:59:59",
        outputsize="5000",
        order="ASC",
        timezone="Exchange",
    )


def _parse_bars(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    found = record_of(json_of(answer), "the answer")
    _expect_no_error(found)
    about = found.record("meta")
    expect_symbol(asked.symbol, about.text("symbol"))
    is_new_york = about.text("exchange_timezone") in (None, "America/New_York")
    bars = [_bar(asked, each, is_new_york=is_new_york) for each in found.records("values")]
    return Parsed(tuple(sorted(bars, key=lambda bar: (bar.session, bar.at is not None and bar.at))))


def _bar(asked: BarsAsked, each: Record, *, is_new_york: bool) -> ObservedBar:
    at = None
    if asked.length is not BarLength.DAY:
        read = instant_in_new_york if is_new_york else instant_of
        at = read(each.needed_text("datetime"), "datetime of a bar")
    return ObservedBar(
        session=each.needed_day("datetime"),
        at=at,
        close=each.needed_price("close"),
        open=each.price("open"),
        high=each.price("high"),
        low=each.price("low"),
        volume=each.whole("volume"),
        # Its default: adjusted for splits and not for dividends.
        is_split_adjusted=True,
    )


TWELVEDATA: Final = Provider(
    name="twelvedata",
    title="Twelve Data",
    base_url="https://api.twelvedata.com",
    tier=Tier.PROFESSIONAL,
    priority=4,
    reliability=0.8,
    # Of the free plan, in credits: one for each symbol.  Source: support.twelvedata.com/en/articles/5194820.
    calls_per_minute=8,
    calls_per_day=800,
    quotes=Endpoint(_build_quotes, _parse_quotes, most=8),
    daily_bars=Endpoint(_build_bars, _parse_bars),
    intraday_bars=Endpoint(_build_bars, _parse_bars),
)
