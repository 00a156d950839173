"""Financial Modeling Prep, its stable API.  Source: site.financialmodelingprep.com/developer/docs/stable."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

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
    expect_symbol,
    garbled,
    instant_in_new_york,
    json_of,
    plain_symbol,
    records_of,
    whole_text,
)
from domain.market.publications.types import StatementKind, StatementPeriod
from domain.market.types import ActionKind, InstrumentKind

# Bars of a day and parts of it are adjusted for splits and not for dividends.  Source: the pages of its API's
# non-split-adjusted prices and of its bars of five minutes.
_PATHS: Final = {
    StatementKind.INCOME: "income-statement",
    StatementKind.BALANCE_SHEET: "balance-sheet-statement",
    StatementKind.CASH_FLOW: "cash-flow-statement",
}
_LENGTHS: Final = {BarLength.MINUTE: "1min", BarLength.FIVE_MINUTES: "5min", BarLength.HOUR: "1hour"}
# What of a statement are no figures.
_DESCRIPTION: Final = frozenset({
    "date", "symbol", "reportedCurrency", "cik", "filingDate", "acceptedDate", "fiscalYear", "period", "link",
    "finalLink",
})  # fmt: skip


def _get(base_url: str, path: str, credentials: Credentials, **parameters: str) -> Request:
    return Request(url=f"{base_url}/{path}", parameters=parameters, secret_parameters={"apikey": credentials.key})


def _records(answer: Answer, what: str) -> Iterator[Record]:
    value = json_of(answer)
    if isinstance(value, dict) and "Error Message" in value:
        raise _refusal(str(value["Error Message"]))
    found = records_of(value, what)
    if not value:
        raise ProviderFault(FaultKind.NOT_FOUND, f"expected {what}, got an empty list")
    return found


def _refusal(message: str) -> ProviderFault:
    is_limit = "limit" in message.lower()
    return ProviderFault(FaultKind.RATE_LIMITED if is_limit else FaultKind.REFUSED, message[:200])


def _build_quotes(asked: QuotesAsked, base_url: str, credentials: Credentials) -> Request:
    symbols = ",".join(map(dashed_symbol, asked.symbols))
    return _get(base_url, "batch-quote", credentials, symbols=symbols)


def _parse_quotes(asked: QuotesAsked, answer: Answer) -> Parsed[ObservedQuote]:
    del asked
    return Parsed(tuple(_quote(each) for each in _records(answer, "quotes")))


def _quote(each: Record) -> ObservedQuote:
    return ObservedQuote(
        symbol=plain_symbol(each.needed_text("symbol")),
        price=each.needed_price("price"),
        at=each.needed_instant("timestamp"),
        previous_close=each.price("previousClose"),
        open=each.price("open"),
        high=each.price("dayHigh"),
        low=each.price("dayLow"),
        volume=each.whole("volume"),
    )


def _build_daily_bars(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "historical-price-eod/full", credentials, symbol=dashed_symbol(asked.symbol), **_range(asked))


def _range(asked: BarsAsked) -> dict[str, str]:
    return {"from": asked.start.isoformat(), "to": asked.end.isoformat()}


def _parse_daily_bars(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    bars = []
    for each in _records(answer, "daily bars"):
        expect_symbol(asked.symbol, each.text("symbol"))
        bars.append(
            ObservedBar(
                session=each.needed_day("date"),
                close=each.needed_price("close"),
                open=each.price("open"),
                high=each.price("high"),
                low=each.price("low"),
                volume=each.whole("volume"),
                vwap=each.price("vwap"),
                is_split_adjusted=True,
            )
        )
    return Parsed(tuple(sorted(bars, key=lambda bar: bar.session)))


def _build_intraday_bars(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    path = f"historical-chart/{_LENGTHS[asked.length]}"
    return _get(base_url, path, credentials, symbol=dashed_symbol(asked.symbol), **_range(asked))


def _parse_intraday_bars(asked: BarsAsked, answer: Answer) -> Parsed[ObservedBar]:
    del asked  # These rows do not say whose they are.
    bars = []
    for each in _records(answer, "bars"):
        at = instant_in_new_york(each.needed_text("date"), "date of a bar")
        bars.append(
            ObservedBar(
                session=each.needed_day("date"),
                at=at,
                close=each.needed_price("close"),
                open=each.price("open"),
                high=each.price("high"),
                low=each.price("low"),
                volume=each.whole("volume"),
                is_split_adjusted=True,
            )
        )
    return Parsed(tuple(sorted(bars, key=lambda bar: bar.at or at)))


def _build_dividends(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "dividends", credentials, symbol=dashed_symbol(asked.symbol))


def _build_splits(asked: BarsAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "splits", credentials, symbol=dashed_symbol(asked.symbol))


def _parse_actions(asked: BarsAsked, answer: Answer) -> Parsed[ObservedAction]:
    value = json_of(answer)
    if isinstance(value, dict) and "Error Message" in value:
        raise _refusal(str(value["Error Message"]))
    found = [_action(asked, each) for each in records_of(value, "actions")]
    kept = tuple(each for each in found if each is not None and asked.start <= each.ex_date <= asked.end)
    return Parsed(tuple(sorted(kept, key=lambda each: each.ex_date)))


def _action(asked: BarsAsked, each: Record) -> ObservedAction | None:
    expect_symbol(asked.symbol, each.text("symbol"))
    ex_date = each.needed_day("date")
    if each.get("numerator") is not None:
        numerator, denominator = each.whole("numerator"), each.whole("denominator")
        if not numerator or not denominator:
            raise garbled("a ratio of a split", each.members)
        if numerator == denominator:
            return None
        return ObservedAction(
            symbol=asked.symbol, kind=ActionKind.SPLIT, ex_date=ex_date, numerator=numerator, denominator=denominator
        )
    cash = each.price("dividend")
    if cash is None:
        return None
    return ObservedAction(
        symbol=asked.symbol, kind=ActionKind.DIVIDEND, ex_date=ex_date, cash=cash, pay_date=each.day("paymentDate")
    )


def _build_profile(asked: SymbolAsked, base_url: str, credentials: Credentials) -> Request:
    return _get(base_url, "profile", credentials, symbol=dashed_symbol(asked.symbol))


def _parse_profile(asked: SymbolAsked, answer: Answer) -> Parsed[ObservedProfile]:
    each = next(_records(answer, "profiles"))
    expect_symbol(asked.symbol, each.text("symbol"))
    return Parsed(
        (
            ObservedProfile(
                symbol=asked.symbol,
                name=each.needed_text("companyName"),
                kind=_kind(each),
                exchange=market_code(each.text("exchange")),
                currency=each.text("currency"),
                sector=sector_name(each.text("sector")),
                industry=each.text("industry"),
                country=country_code(each.text("country")),
                cusip=each.text("cusip"),
                isin=each.text("isin"),
                cik=whole_text(each.text("cik")),
                market_cap=each.number("marketCap") or None,
            ),
        )
    )


def _kind(each: Record) -> InstrumentKind:
    if each.get("isEtf") is True:
        return InstrumentKind.ETF
    return InstrumentKind.MUTUAL_FUND if each.get("isFund") is True else InstrumentKind.STOCK


def _build_statements(asked: StatementsAsked, base_url: str, credentials: Credentials) -> Request:
    period = "annual" if asked.period is StatementPeriod.YEAR else "quarter"
    path = _PATHS[asked.kind]
    return _get(base_url, path, credentials, symbol=dashed_symbol(asked.symbol), period=period, limit="40")


def _parse_statements(asked: StatementsAsked, answer: Answer) -> Parsed[ObservedStatement]:
    return Parsed(tuple(_statement(asked, each) for each in _records(answer, "statements")))


def _statement(asked: StatementsAsked, each: Record) -> ObservedStatement:
    expect_symbol(asked.symbol, each.text("symbol"))
    period = each.needed_text("period")
    year = whole_text(each.text("fiscalYear"))
    if year is None or period not in {"FY", "Q1", "Q2", "Q3", "Q4"}:
        raise garbled("a fiscal year and period of a statement", each.members.get("period"))
    figures: dict[str, Decimal | None] = {
        name: each.number(name)
        for name, value in each.members.items()
        if name not in _DESCRIPTION and _is_number(value)
    }
    return ObservedStatement(
        symbol=asked.symbol,
        kind=asked.kind,
        period=asked.period,
        fiscal_year=year,
        fiscal_quarter=None if period == "FY" else int(period[1]),
        ends_on=each.needed_day("date"),
        currency=each.needed_text("reportedCurrency"),
        figures=figures,
        filed_on=each.day("filingDate"),
    )


def _is_number(value: Any) -> bool:
    return value is None or (isinstance(value, int | Decimal) and not isinstance(value, bool))


FMP: Final = Provider(
    name="fmp",
    title="Financial Modeling Prep",
    base_url="https://financialmodelingprep.com/stable",
    tier=Tier.PROFESSIONAL,
    priority=1,
    reliability=0.9,
    # Of the smallest plan that is paid for.  Source: site.financialmodelingprep.com/pricing.
    calls_per_minute=300,
    quotes=Endpoint(_build_quotes, _parse_quotes, most=100),
    daily_bars=Endpoint(_build_daily_bars, _parse_daily_bars),
    intraday_bars=Endpoint(_build_intraday_bars, _parse_intraday_bars),
    actions=Endpoint(_build_dividends, _parse_actions),
    splits=Endpoint(_build_splits, _parse_actions),
    profiles=Endpoint(_build_profile, _parse_profile),
    statements=Endpoint(_build_statements, _parse_statements),
)
