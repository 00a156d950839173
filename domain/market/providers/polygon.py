"""Polygon, which is called Massive since 30 October 2025.  Source: massive.com/docs, REST.

Its old address, api.polygon.io, goes on for a while.  Source: the README of its client-python.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

from domain.kernel.dates import NEW_YORK
from domain.kernel.web import Answer, Request
from domain.market.occ import parse_occ
from domain.market.providers.asked import (
    BarLength,
    BarsAsked,
    ChainAsked,
    NewsAsked,
    QuotesAsked,
    StatementsAsked,
    SymbolAsked,
)
from domain.market.providers.observed import (
    ObservedAction,
    ObservedBar,
    ObservedContract,
    ObservedNews,
    ObservedProfile,
    ObservedQuote,
    ObservedStatement,
)
from domain.market.providers.provider import Credentials, Endpoint, FaultKind, Parsed, Provider, ProviderFault, Tier
from domain.market.providers.reading import (
    Record,
    expect_symbol,
    garbled,
    json_of,
    plain_symbol,
    record_of,
    records_of,
    session_of,
    whole_text,
)
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.types import ActionKind, InstrumentKind, OptionRight, OptionStyle

_LENGTHS: Final = {
    BarLength.MINUTE: "1/minute",
    BarLength.FIVE_MINUTES: "5/minute",
    BarLength.HOUR: "1/hour",
    BarLength.DAY: "1/day",
}
_KINDS: Final = {
    "CS": InstrumentKind.STOCK, "ADRC": InstrumentKind.STOCK, "ETF": InstrumentKind.ETF, "ETV": InstrumentKind.ETF,
    "FUND": InstrumentKind.MUTUAL_FUND,
}  # fmt: skip
_RIGHTS: Final = {"call": OptionRight.CALL, "put": OptionRight.PUT}
_STYLES: Final = {"american": OptionStyle.AMERICAN, "european": OptionStyle.EUROPEAN}
_STATEMENTS: Final = {
    StatementKind.INCOME: "income_statement",
    StatementKind.BALANCE_SHEET: "balance_sheet",
    StatementKind.CASH_FLOW: "cash_flow_statement",
}
_QUARTERS: Final = {"Q1": 1, "Q2": 2, "Q3": 3, "Q4": 4}
_TIMEFRAMES: Final = {StatementPeriod.YEAR: "annual", StatementPeriod.QUARTER: "quarterly"}
# Units of one contract, where it does not say.
_UNITS: Final = 100
# Where its pages may say that the next one is: whichever it is, it is asked where the first one was.
_HOSTS: Final = frozenset({"api.massive.com", "api.polygon.io"})


def _get(base_url: str, path: str, credentials: Credentials, **parameters: str) -> Request:
    return Request(
        url=f"{base_url}{path}",
        parameters=parameters,
        secret_headers={"Authorization": f"Bearer {credentials.key}"},
    )


def _whole(answer: Answer) -> Record:
    found = record_of(json_of(answer), "the answer")
    if found.text("status") not in ("OK", "DELAYED"):
        raise ProviderFault(FaultKind.DOWN, f"expected the status OK, got {str(found.get('error'))[:200]}")
    return found


def _results(found: Record, what: str) -> Iterator[Record]:
    # A list that is empty is left out.
    return records_of(found.get("results") or [], what)


def _following(found: Record) -> Request | None:
    url = found.text("next_url")
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        raise garbled("the address of the next page", url) from None
    is_ours = parts.netloc in _HOSTS and parts.path.startswith("/")
    return Request(url=urlunsplit(("", "", parts.path, parts.query, "")) if is_ours else url)


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    path = "/v2/snapshot/locale/us/markets/stocks/tickers"
    return _get(base_url, path, credentials, tickers=",".join(asked.symbols))


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    del asked
    found = _whole(answer)
    # One ticker that is asked for by its own path comes alone.
    value = [found.get("ticker")] if isinstance(found.get("ticker"), dict) else found.get("tickers")
    return Parsed(
        tuple(_quote(each, is_delayed=found.text("status") == "DELAYED") for each in records_of(value, "tickers"))
    )


def _quote(each: Record, *, is_delayed: bool) -> ObservedQuote:
    day, before, trade, sides = (_part(each, name) for name in ("day", "prevDay", "lastTrade", "lastQuote"))
    price = trade.price("p") or day.price("c") or before.needed_price("c")
    return ObservedQuote(
        symbol=plain_symbol(each.needed_text("ticker")),
        price=price,
        at=trade.instant("t") or each.needed_instant("updated"),
        previous_close=before.price("c"),
        open=day.price("o"),
        high=day.price("h"),
        low=day.price("l"),
        volume=day.whole("v") or None,
        bid=sides.price("p"),
        ask=sides.price("P"),
        # In shares since 3 November 2025.  Source: polygon.io/blog/change-stocks-quotes-round-lots-to-shares.
        bid_size=sides.whole("s") or None,
        ask_size=sides.whole("S") or None,
        is_delayed=is_delayed,
    )


def _part(each: Record, name: str) -> Record:
    # Before the first trade of a day some parts are missing.
    return record_of(each.get(name) or {}, name)


def _build_bars(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    path = f"/v2/aggs/ticker/{quote(asked.symbol)}/range/{_LENGTHS[asked.length]}/{asked.start}/{asked.end}"
    return _get(base_url, path, credentials, adjusted="false", sort="asc", limit="50000")


def _parse_bars(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    found = _whole(answer)
    expect_symbol(asked.symbol, found.text("ticker"))
    is_adjusted = found.get("adjusted") is True
    return Parsed(tuple(_bar(each, is_adjusted=is_adjusted) for each in _results(found, "bars")), _following(found))


def _bar(each: Record, *, is_adjusted: bool) -> ObservedBar:
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
        is_split_adjusted=is_adjusted,
    )


def _build_dividends(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    span = {"ex_dividend_date.gte": asked.start.isoformat(), "ex_dividend_date.lte": asked.end.isoformat()}
    return _get(base_url, "/v3/reference/dividends", credentials, ticker=asked.symbol, limit="1000", **span)


def _build_splits(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    span = {"execution_date.gte": asked.start.isoformat(), "execution_date.lte": asked.end.isoformat()}
    return _get(base_url, "/v3/reference/splits", credentials, ticker=asked.symbol, limit="1000", **span)


def _parse_actions(asked: BarsAsked, answer: Answer) -> Parsed[ObservedAction]:
    found = _whole(answer)
    actions = [_action(asked, each) for each in _results(found, "actions")]
    return Parsed(tuple(each for each in actions if each is not None), _following(found))


def _action(asked: BarsAsked, each: Record) -> ObservedAction | None:
    expect_symbol(asked.symbol, each.text("ticker"))
    if each.get("split_to") is not None:
        numerator, denominator = each.whole("split_to"), each.whole("split_from")
        if not numerator or not denominator:
            raise garbled("a ratio of a split in whole numbers", each.members)
        return ObservedAction(
            symbol=asked.symbol,
            kind=ActionKind.SPLIT,
            ex_date=each.needed_day("execution_date"),
            numerator=numerator,
            denominator=denominator,
        )
    cash = each.price("cash_amount")
    if cash is None:
        return None
    return ObservedAction(
        symbol=asked.symbol,
        kind=ActionKind.DIVIDEND,
        ex_date=each.needed_day("ex_dividend_date"),
        cash=cash,
        currency=each.text("currency"),
        pay_date=each.day("pay_date"),
    )


def _build_profile(asked: SymbolAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, f"/v3/reference/tickers/{quote(asked.symbol)}", credentials)


def _parse_profile(asked: SymbolAsked, answer: Answer) -> Parsed[ObservedProfile]:
    each = _whole(answer).record("results")
    expect_symbol(asked.symbol, each.text("ticker"))
    currency = each.text("currency_name")
    return Parsed(
        (
            ObservedProfile(
                symbol=asked.symbol,
                name=each.needed_text("name"),
                kind=_KINDS.get(each.text("type") or ""),
                exchange=each.text("primary_exchange"),
                currency=None if currency is None else currency.upper(),
                # Its own words are those of the SIC: no sector of ours.
                industry=each.text("sic_description"),
                country="US" if each.text("locale") == "us" else None,
                cik=whole_text(each.text("cik")),
                market_cap=each.number("market_cap") or None,
            ),
        )
    )


def _build_news(asked: NewsAsked, base_url: str, credentials: Credentials) -> Request:
    first = datetime.combine(asked.start, time.min, NEW_YORK).astimezone(UTC)
    last = datetime.combine(asked.end, time.max, NEW_YORK).astimezone(UTC)
    span = {"published_utc.gte": _stamp(first), "published_utc.lte": _stamp(last)}
    # One symbol, or all: what is of others is passed over by who asked.
    only = {"ticker": asked.symbols[0]} if len(asked.symbols) == 1 else {}
    return _get(base_url, "/v2/reference/news", credentials, limit="1000", **only, **span)


def _stamp(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def _parse_news(asked: NewsAsked, answer: Answer) -> Parsed[ObservedNews]:
    del asked
    found = _whole(answer)
    return Parsed(tuple(_news(each) for each in _results(found, "news")), _following(found))


def _news(each: Record) -> ObservedNews:
    return ObservedNews(
        key=each.needed_text("id"),
        title=each.needed_text("title"),
        published_at=each.needed_instant("published_utc"),
        symbols=tuple(plain_symbol(symbol) for symbol in each.texts("tickers")),
        summary=each.text("description"),
        url=each.text("article_url"),
        publisher=_part(each, "publisher").text("name"),
    )


def _build_chain(asked: ChainAsked, base_url: str, credentials: Credentials) -> Request:
    only = {} if asked.expiry is None else {"expiration_date": asked.expiry.isoformat()}
    return _get(base_url, f"/v3/snapshot/options/{quote(asked.underlying)}", credentials, limit="250", **only)


def _parse_chain(asked: ChainAsked, answer: Answer) -> Parsed[ObservedContract]:
    found = _whole(answer)
    return Parsed(tuple(_contract(asked, each) for each in _results(found, "contracts")), _following(found))


def _contract(asked: ChainAsked, each: Record) -> ObservedContract:
    terms, sides, trade, day = (_part(each, name) for name in ("details", "last_quote", "last_trade", "day"))
    right = _RIGHTS.get(terms.text("contract_type") or "")
    style = _STYLES.get(terms.text("exercise_style") or "")
    if right is None or style is None:
        raise garbled("a call or put, American or European", terms.members)
    symbol = parse_occ((terms.text("ticker") or "").removeprefix("O:"))
    return ObservedContract(
        underlying=asked.underlying,
        right=right,
        style=style,
        strike=terms.needed_price("strike_price"),
        expiry=terms.needed_day("expiration_date"),
        multiplier=terms.whole("shares_per_contract") or _UNITS,
        bid=sides.price("bid"),
        ask=sides.price("ask"),
        last=trade.price("price") or day.price("close"),
        volume=day.whole("volume"),
        open_interest=each.whole("open_interest"),
        implied_volatility=each.volatility("implied_volatility"),
        at=sides.instant("last_updated") or trade.instant("sip_timestamp"),
        root=None if symbol is None else symbol.root,
        underlying_price=_part(each, "underlying_asset").price("price"),
    )


def _build_statements(asked: StatementsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(
        base_url,
        "/vX/reference/financials",
        credentials,
        ticker=asked.symbol,
        timeframe=_TIMEFRAMES[asked.period],
        sort="period_of_report_date",
        order="desc",
        limit="100",
    )


def _parse_statements(asked: StatementsAsked, answer: Answer) -> Parsed[ObservedStatement]:
    found = _whole(answer)
    statements = (_statement(asked, each) for each in _results(found, "reports"))
    return Parsed(tuple(each for each in statements if each is not None), _following(found))


def _statement(asked: StatementsAsked, each: Record) -> ObservedStatement | None:
    # A report names its company by the SEC's number; by its symbols in newer answers alone.
    cik = whole_text(each.text("cik"))
    if asked.cik is not None and cik not in (None, asked.cik):
        raise ProviderFault(FaultKind.WRONG_SYMBOL, f"expected a report of the company {asked.cik}, got one of {cik}")
    period, year = each.text("fiscal_period"), whole_text(each.text("fiscal_year"))
    quarter = _QUARTERS.get(period or "")
    lines = _part(each.record("financials"), _STATEMENTS[asked.kind])
    if (quarter is None and period != "FY") or (quarter is None) != (asked.period is StatementPeriod.YEAR):
        return None
    figures = {name: record_of(line, name) for name, line in lines.members.items()}
    units = {unit for line in figures.values() if (unit := line.text("unit")) is not None and unit.isalpha()}
    if year is None or len(units) > 1:
        raise garbled("a fiscal year and one currency of a report", (each.get("fiscal_year"), sorted(units)))
    if not units:
        return None
    return ObservedStatement(
        symbol=asked.symbol,
        kind=asked.kind,
        period=asked.period,
        fiscal_year=year,
        fiscal_quarter=quarter,
        ends_on=each.needed_day("end_date"),
        currency=units.pop(),
        figures={name: line.number("value") for name, line in figures.items()},
        filed_on=each.day("filing_date"),
    )


POLYGON: Final = Provider(
    name="polygon",
    title="Polygon",
    base_url="https://api.massive.com",
    tier=Tier.PROFESSIONAL,
    priority=2,
    reliability=0.95,
    quotes=Endpoint(_build_quotes, _parse_quotes, most=100),
    daily_bars=Endpoint(_build_bars, _parse_bars),
    intraday_bars=Endpoint(_build_bars, _parse_bars),
    actions=Endpoint(_build_dividends, _parse_actions),
    splits=Endpoint(_build_splits, _parse_actions),
    profiles=Endpoint(_build_profile, _parse_profile),
    statements=Endpoint(_build_statements, _parse_statements),
    news=Endpoint(_build_news, _parse_news),
    option_chains=Endpoint(_build_chain, _parse_chain),
)
