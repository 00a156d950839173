"""Alpha Vantage.  Source: alphavantage.co/documentation.  Its errors come with status 200."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from domain.kernel.dates import session_close
from domain.kernel.web import Answer, Request
from domain.market.providers.asked import BarLength, BarsAsked, QuotesAsked, StatementsAsked, SymbolAsked
from domain.market.providers.names import country_code, market_code, sector_name
from domain.market.providers.observed import (
    ObservedAction,
    ObservedBar,
    ObservedProfile,
    ObservedQuote,
    ObservedStatement,
)
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import (
    Record,
    dashed_symbol,
    day_of,
    expect_symbol,
    garbled,
    instant_in_new_york,
    json_of,
    record_of,
    records_of,
    session_of,
    whole_ratio,
)
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.types import ActionKind, InstrumentKind

_FUNCTIONS: Final = {
    StatementKind.INCOME: "INCOME_STATEMENT",
    StatementKind.BALANCE_SHEET: "BALANCE_SHEET",
    StatementKind.CASH_FLOW: "CASH_FLOW",
}
_LENGTHS: Final = {BarLength.MINUTE: "1min", BarLength.FIVE_MINUTES: "5min", BarLength.HOUR: "60min"}
# Bars of parts of days: what it tells without a month, and the first day of all.  Source: its documentation of the
# parameters `outputsize` and `month`.
_LATEST: Final = timedelta(days=30)
_FIRST_DAY: Final = date(2000, 1, 1)
_KINDS: Final = {
    "Common Stock": InstrumentKind.STOCK,
    "ETF": InstrumentKind.ETF,
    "Mutual Fund": InstrumentKind.MUTUAL_FUND,
}
_DESCRIPTION: Final = frozenset({"fiscalDateEnding", "reportedCurrency"})


def _get(base_url: str, function: str, credentials: Credentials, **parameters: str) -> Request:
    return Request(
        url=f"{base_url}/query",
        parameters={"function": function, **parameters},
        secret_parameters={"apikey": credentials.key},
    )


def _whole(answer: Answer) -> Record:
    found = record_of(json_of(answer), "the answer")
    for name in ("Note", "Information"):
        # Both say that the allowance is used up; the second one also that a plan lacks something, or the key is wrong.
        if (message := found.get(name)) is not None:
            is_plan = any(word in str(message).lower() for word in ("premium endpoint", "apikey is invalid"))
            raise ProviderFault(FaultKind.REFUSED if is_plan else FaultKind.RATE_LIMITED, str(message)[:200])
    if (message := found.get("Error Message")) is not None:
        kind = FaultKind.REFUSED if "apikey" in str(message).lower() else FaultKind.NOT_FOUND
        raise ProviderFault(kind, str(message)[:200])
    if not found.members:
        raise ProviderFault(FaultKind.NOT_FOUND, "expected something, got an empty object")
    return found


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "GLOBAL_QUOTE", credentials, symbol=dashed_symbol(asked.symbols[0]))


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    each = _whole(answer).record("Global Quote")
    if not each.members:
        raise ProviderFault(FaultKind.NOT_FOUND, f"expected a quote of {asked.symbols[0]}, got an empty one")
    expect_symbol(asked.symbols[0], each.text("01. symbol"))
    day = each.needed_day("07. latest trading day")
    quote = ObservedQuote(
        symbol=asked.symbols[0],
        price=each.needed_price("05. price"),
        # It tells the day alone: a price of today is of now, one of another day of its close.
        at=min(session_close(day), answer.received_at),
        previous_close=each.price("08. previous close"),
        open=each.price("02. open"),
        high=each.price("03. high"),
        low=each.price("04. low"),
        volume=each.whole("06. volume"),
        is_delayed=True,
    )
    return Parsed((quote,))


def _build_daily(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    # The short form holds the latest 100 days: of a span that is longer ago it would be silent.
    symbol = dashed_symbol(asked.symbol)
    return _get(base_url, "TIME_SERIES_DAILY_ADJUSTED", credentials, symbol=symbol, outputsize="full")


def _series(asked: BarsAsked, answer: Answer, name: str) -> Iterator[tuple[str, Record]]:
    found = _whole(answer)
    expect_symbol(asked.symbol, found.record("Meta Data").text("2. Symbol"))
    rows: dict[str, Any] = dict(found.record(name).members)
    for key in sorted(rows):
        if asked.start <= day_of(key, "a key of the series") <= asked.end:
            yield key, record_of(rows[key], "a bar")


def _parse_daily(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    return Parsed(
        tuple(
            ObservedBar(
                session=day_of(key, "a day of the series"),
                close=each.needed_price("4. close"),
                open=each.price("1. open"),
                high=each.price("2. high"),
                low=each.price("3. low"),
                adjusted_close=each.price("5. adjusted close"),
                volume=each.whole("6. volume"),
            )
            for key, each in _series(asked, answer, "Time Series (Daily)")
        )
    )


def _parse_actions(asked: BarsAsked, answer: Answer) -> Parsed[ObservedAction]:
    found: list[ObservedAction] = []
    for key, each in _series(asked, answer, "Time Series (Daily)"):
        day = day_of(key, "a day of the series")
        if (cash := each.price("7. dividend amount")) is not None:
            found.append(ObservedAction(symbol=asked.symbol, kind=ActionKind.DIVIDEND, ex_date=day, cash=cash))
        ratio = each.number("8. split coefficient")
        if ratio is not None and ratio > 0 and ratio != 1:
            numerator, denominator = whole_ratio(ratio)
            split = ObservedAction(
                symbol=asked.symbol, kind=ActionKind.SPLIT, ex_date=day, numerator=numerator, denominator=denominator
            )
            found.append(split)
    return Parsed(tuple(found))


def _build_intraday(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    month = _month(max(asked.start, _FIRST_DAY)) if _is_by_month(asked) else None
    return _get(base_url, "TIME_SERIES_INTRADAY", credentials, **_intraday(asked, month))


def _intraday(asked: BarsAsked, month: str | None) -> dict[str, str]:
    return {
        "symbol": dashed_symbol(asked.symbol),
        "interval": _LENGTHS[asked.length],
        # Else it is adjusted for splits and dividends.
        "adjusted": "false",
        "outputsize": "full",
        **({} if month is None else {"month": month}),
    }


def _is_by_month(asked: BarsAsked) -> bool:
    return asked.end - asked.start >= _LATEST


def _month(day: date) -> str:
    return f"{day:%Y-%m}"


def _parse_intraday(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    name = f"Time Series ({_LENGTHS[asked.length]})"
    days = [day_of(key, "a time of the series") for key in _whole(answer).record(name).members]
    if not days or (not _is_by_month(asked) and asked.end < min(days)):
        # Without a month it tells the latest days alone.
        raise ProviderFault(FaultKind.NOT_FOUND, f"expected bars from {asked.start} to {asked.end}, got none of then")
    bars = [
        ObservedBar(
            session=day_of(key, "a time of the series"),
            at=instant_in_new_york(key, "a time of the series"),
            close=each.needed_price("4. close"),
            open=each.price("1. open"),
            high=each.price("2. high"),
            low=each.price("3. low"),
            volume=each.whole("5. volume"),
        )
        for key, each in _series(asked, answer, name)
    ]
    return Parsed(tuple(bars), _next_month(asked, max(days), answer) if _is_by_month(asked) else None)


def _next_month(asked: BarsAsked, latest: date, answer: Answer) -> Request | None:
    """Return the request for the month after the one of this day, None where it is not asked for or still to come."""
    if not _month(asked.start) <= _month(latest) <= _month(asked.end):
        raise garbled(f"bars of a month from {_month(asked.start)} to {_month(asked.end)}", _month(latest))
    first = (latest.replace(day=1) + timedelta(days=31)).replace(day=1)
    if first > min(asked.end, session_of(answer.received_at)):
        return None
    return Request(url="/query", parameters={"function": "TIME_SERIES_INTRADAY", **_intraday(asked, _month(first))})


def _build_profile(asked: SymbolAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "OVERVIEW", credentials, symbol=dashed_symbol(asked.symbol))


def _parse_profile(asked: SymbolAsked, answer: Answer) -> Parsed[ObservedProfile]:
    each = _whole(answer)
    expect_symbol(asked.symbol, each.text("Symbol"))
    profile = ObservedProfile(
        symbol=asked.symbol,
        name=each.needed_text("Name"),
        kind=_KINDS.get(each.text("AssetType") or ""),
        exchange=market_code(each.text("Exchange")),
        currency=each.text("Currency"),
        sector=sector_name(_titled(each.text("Sector"))),
        industry=_titled(each.text("Industry")),
        country=country_code(each.text("Country")),
        market_cap=each.number("MarketCapitalization") or None,
    )
    return Parsed((profile,))


def _titled(text: str | None) -> str | None:
    # Newer answers have them in capitals.
    return None if text is None else text.title() if text.isupper() else text


def _build_statements(asked: StatementsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, _FUNCTIONS[asked.kind], credentials, symbol=dashed_symbol(asked.symbol))


def _parse_statements(asked: StatementsAsked, answer: Answer) -> Parsed[ObservedStatement]:
    found = _whole(answer)
    expect_symbol(asked.symbol, found.text("symbol"))
    name = "annualReports" if asked.period is StatementPeriod.YEAR else "quarterlyReports"
    return Parsed(tuple(_statement(asked, each) for each in records_of(found.get(name), name)))


def _statement(asked: StatementsAsked, each: Record) -> ObservedStatement:
    ends_on = each.needed_day("fiscalDateEnding")
    if each.text("reportedCurrency") is None:
        raise garbled("a currency of a statement", each.get("reportedCurrency"))
    is_year = asked.period is StatementPeriod.YEAR
    return ObservedStatement(
        symbol=asked.symbol,
        kind=asked.kind,
        period=asked.period,
        # It does not tell the fiscal year: that of the calendar in which it ends.
        fiscal_year=ends_on.year,
        fiscal_quarter=None if is_year else (ends_on.month + 2) // 3,
        ends_on=ends_on,
        currency=each.needed_text("reportedCurrency"),
        figures={line: each.number(line) for line in each.members if line not in _DESCRIPTION},
    )


ALPHAVANTAGE: Final = Provider(
    name="alphavantage",
    title="Alpha Vantage",
    base_url="https://www.alphavantage.co",
    tier=Tier.FREE,
    priority=2,
    reliability=0.7,
    # Of the free plan, as its own errors say.
    calls_per_minute=5,
    calls_per_day=25,
    quotes=Endpoint(_build_quotes, _parse_quotes),
    daily_bars=Endpoint(_build_daily, _parse_daily),
    intraday_bars=Endpoint(_build_intraday, _parse_intraday),
    actions=Endpoint(_build_daily, _parse_actions),
    profiles=Endpoint(_build_profile, _parse_profile),
    statements=Endpoint(_build_statements, _parse_statements),
)
